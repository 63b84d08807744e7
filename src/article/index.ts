/** Article extraction: what other folders may use. */
export { type ExtractOptions, extractArticle, type KnownOutlet } from "./extract.ts";
export { type PlainOptions, readPlainText } from "./plaintext.ts";
export { type ArticleWeights, readArticleWeights } from "./weights.ts";
