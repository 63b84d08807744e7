/** Article extraction: what other folders may use. */
export { type ExtractOptions, extractArticle, type KnownOutlet } from "./extract.ts";
export { type ArticleWeights, readArticleWeights } from "./weights.ts";
