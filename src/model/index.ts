/**
 * The domain model. Words used everywhere, once and for all:
 *
 * - **outlet** publishes; **byline** signs; **speaker** says; **original** is republished by **copy**.
 * - **article**: one text as one outlet published it. **version**: one state of its body.
 * - **document**: an article's text after reading: sentences, tokens, entities, times.
 * - **mention** (model `Event`): one clause that tells of an event. **report**: what one article says of one event.
 *   **incident**: one event in the world, built from reports by reversible merges.
 * - **quantity**: a number with hedge, unit, measure, speaker and span. **ledger**: every value of a number through time,
 *   one series per issuer and scope.
 * - **newsroom**: an independent original after copies, wire and owner are collapsed. **informant**: a first-hand speaker,
 *   document or witness at the end of the citation chain.
 * - **assertion**: reported, claimed, denied, opinion, hypothetical. **voice**: outlet, author, speaker. **via**: a newsroom relayed.
 * - Four times are never mixed: when it *happened*, when it was *said*, when it was *published*, when we *first saw* it.
 * - Every derived value carries a span into the stored text, the rule or model that made it, and the pipeline version.
 *
 * This folder imports nothing but zod. Each field's `describe` text is the documentation.
 */
export * from "./article.ts";
export * from "./copy.ts";
export * from "./document.ts";
export * from "./edition.ts";
export * from "./facts.ts";
export * from "./feed.ts";
export * from "./language.ts";
export * from "./outlet.ts";
export * from "./page.ts";
export * from "./reading.ts";
export * from "./source.ts";
export * from "./span.ts";
export * from "./story.ts";
export * from "./time.ts";
