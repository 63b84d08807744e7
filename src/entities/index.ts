/** Who and where: what other folders may use. */
export { bindCoreference } from "./bind.ts";
export type { CorefModel } from "./coref.ts";
export { createGazetteer, type Gazetteer, type GazetteerTables } from "./gazetteer.ts";
export { writtenIn } from "./home.ts";
export { type EntityTools, type ReadEntities, readEntities } from "./read.ts";
export { loadTagger, type NameTagger } from "./tagger.ts";
export { loadWordClasses } from "./word-classes.ts";
