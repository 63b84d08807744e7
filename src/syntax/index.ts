/** Text → sentences with tags, lemmas and trees. `createParser(loadModel(bytes)).parse(text, { lang })`. */
export { loadModel, type SyntaxModel } from "./model.ts";
export {
  createParser,
  type Network,
  type SyntaxOptions,
  type SyntaxParser,
  type WordAnalysis,
} from "./parser.ts";
export type { WordVectors } from "./vectors.ts";
