/**
 * What a search finds an article by is what stands: facts that a person rejected are taken out of the columns and words that
 * searches read, and put back when the decision is undone. The facts themselves stay, marked, with the article.
 */
import type { Article, Decision, Event, Quantity, Quote } from "../../model/index.ts";
import { articleOfFact, factDecisions } from "../../stories/hand.ts";
import { quantityValue } from "../store-rows.ts";
import { type Db, factsOf, parse, unpack } from "./database.ts";
import { type Filed, indexWords } from "./reindex.ts";

/** A measure no query asks for. */
const REJECTED = "rejected";

/** After a decision about a fact of an article, or after the article was filed anew. */
export const settleFacts = (db: Db, articleId: string): void => {
  // A fact's id is the article's with a dot and more.
  const decisions = db
    .all<{ json: string }>("SELECT json FROM decisions WHERE target > ? AND target < ? ORDER BY seq", [
      `${articleId}.`,
      `${articleId}/`,
    ])
    .map((r) => parse<Decision>(r.json));
  if (decisions.length === 0) return;
  const filed = db.one<Filed & { n: number; article: Uint8Array }>(
    `SELECT a.n, a.outlet, a.language, a.genre, a.countries, a.event_types, b.article
     FROM articles a JOIN bodies b ON b.n = a.n WHERE a.id = ?`,
    [articleId],
  );
  if (filed === undefined) return;
  const reading = {
    article: unpack<Article>(filed.article),
    quantities: factsOf<Quantity>(db, "quantities", filed.n),
    quotes: factsOf<Quote>(db, "quotes", filed.n),
    events: factsOf<Event>(db, "events", filed.n),
  };
  const judged = factDecisions(reading, decisions);
  const stands = (id: string): boolean => judged.get(id)?.action !== "reject";
  reading.quantities.forEach((q, seq) => {
    db.run("UPDATE quantities SET measure = ?, value = ? WHERE n = ? AND seq = ?", [
      stands(q.id) ? q.measure : REJECTED,
      stands(q.id) ? (quantityValue(q) ?? null) : null,
      filed.n,
      seq,
    ]);
  });
  const types = [...new Set(reading.events.filter((e) => stands(e.id)).map((e) => e.eventType))].join(" ");
  if (types === filed.event_types) return;
  db.run("UPDATE articles SET event_types = ? WHERE n = ?", [types, filed.n]);
  db.run("DELETE FROM words WHERE rowid = ?", [filed.n]);
  indexWords(db, "words", filed.n, reading.article, { ...filed, event_types: types });
};

/** The same for the article a decision is about; nothing when it is about something else. */
export const settleDecision = (db: Db, { target }: Decision): void => {
  const articleId = articleOfFact(target);
  if (articleId !== undefined) settleFacts(db, articleId);
};
