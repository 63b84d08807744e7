/**
 * Event mentions that rest on a number which did not stand: taken back, disowned, corrected or disputed in the ledger of
 * the story, or said to be so in the very sentence that tells of the event.
 */
import type { Doubt, Event, LedgerSeries, Reading } from "../model/index.ts";
import { coreOf, isLedgered, type scopeOf } from "./scope.ts";
import { namesFigure, statusOf } from "./status-words.ts";

const FALLEN: ReadonlySet<string> = new Set<Doubt["status"]>([
  "withdrawn",
  "disowned",
  "corrected",
  "disputed",
]);
/** Whether a number with this status did not stand. */
export const isFallen = (status: string): status is Doubt["status"] => FALLEN.has(status);

type Carried = { readonly fallen: Doubt | undefined };

/** What became of the numbers that an event's parties are counted by; undefined when one of them stands, or none is told. */
export type DoubtOf = (event: Event, reading: Reading) => Doubt | undefined;

/**
 * @param scope key of a quantity's scope, as the ledger was built with
 */
export const doubtsIn = (
  series: readonly LedgerSeries[],
  readings: readonly Reading[],
  scope: (q: Parameters<typeof scopeOf>[0]) => string,
): DoubtOf => {
  const byId = new Map(readings.map((r) => [r.article.id as string, r]));
  /** A newsroom that denies the number in its own voice refutes it; anybody else disputes it. */
  const refutes = ({ articleId, span }: NonNullable<Doubt["evidence"]>): boolean =>
    byId
      .get(articleId)
      ?.quantities.some(
        (q) =>
          q.assertion === "denied" &&
          q.voice === "outlet" &&
          q.sentence.start === span.start &&
          q.sentence.end === span.end,
      ) === true;
  const carried = new Map<string, Carried[]>();
  for (const s of series)
    for (const { status, statusBy, statusEvidence, carriers, quantity } of s.entries) {
      const evidence = statusEvidence && {
        articleId: statusEvidence.articleId,
        span: statusEvidence.span,
        words: statusEvidence.words,
      };
      const fallen: Doubt | undefined = !isFallen(status)
        ? undefined
        : {
            status: status === "disputed" && evidence && refutes(evidence) ? "denied" : status,
            ...(statusBy === undefined ? {} : { by: statusBy }),
            ...(evidence === undefined ? {} : { evidence }),
          };
      for (const id of carriers) {
        const key = `${id} ${coreOf(quantity)} ${s.key.slice(0, s.key.lastIndexOf("|"))}`;
        carried.set(key, [...(carried.get(key) ?? []), { fallen }]);
      }
    }
  return (event, reading) => {
    const { article, quantities } = reading;
    const counts = quantities.filter(
      (q) =>
        isLedgered(q) &&
        q.sentence.start === event.sentence.start &&
        [...event.recipient, ...event.actor].some(
          ({ span }) => span !== undefined && span.start < q.span.end && q.span.start < span.end,
        ),
    );
    if (counts.length === 0) return undefined;
    const told = statusOf(article.text, event.sentence);
    const doubts = counts.map((q): Doubt | undefined => {
      if (
        told !== undefined &&
        isFallen(told.status) &&
        told.numbers.includes(coreOf(q)) &&
        namesFigure(told.words)
      )
        return {
          status: told.status,
          evidence: { articleId: article.id, span: told.span, words: told.words },
        };
      const all = carried.get(`${article.id} ${coreOf(q)} ${scope(q)}`) ?? [];
      return all.every((c) => c.fallen !== undefined) ? all[0]?.fallen : undefined;
    });
    return doubts.every((d) => d !== undefined) ? doubts[0] : undefined;
  };
};
