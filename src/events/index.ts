/** Article and document → facts: quantities, quotations, genre, events. */
export { codeEvents, PUBLISHING_LEVEL } from "./code.ts";
export { classifyGenre, type GenreResult, genreOf } from "./genre.ts";
export type { FactInput } from "./input.ts";
export { type EventPatterns, readPatterns } from "./patterns.ts";
export { readQuantities } from "./quantities.ts";
export type { Relay } from "./quote-scene.ts";
export { readQuotes, readSpeech } from "./quotes.ts";
