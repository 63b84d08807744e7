/** Article and document → facts: quantities, quotations, genre, events. */
export { classifyGenre, type GenreResult, genreOf } from "./genre.ts";
export type { FactInput } from "./input.ts";
export { readQuantities } from "./quantities.ts";
export { type Relay, readQuotes, readSpeech } from "./quotes.ts";
