/**
 * When an event happened, and how that is known. First the time of its own clause; then a time of a clause it hangs on or
 * that hangs on it; then the day another sentence of the article gives the same event; last the day of the report, since news
 * in the past tense tells of that day or the one before. Which of them it was is kept as `basis`, so that doubt stays visible.
 * The day a statement was made is not the day of what it tells: "had been killed, the ministry said on Sunday" is only near.
 */
import type { Article, Document, Event, TimeSpan } from "../model/index.ts";
import type { Status } from "./circumstances.ts";
import { headOf, lower, rel, type Tree } from "./tree.ts";

export type Happened = NonNullable<Event["happened"]>;
export type When = {
  readonly happened?: Happened;
  readonly background: boolean;
  /** Its own time lies ahead of the report, whatever the verb looks like: "talks open on Friday". */
  readonly planned?: true;
};

const DAY = 86_400_000;
/** An episode that ended so long before the report is background. */
const BACKGROUND_DAYS = 92;
const PAST_CONTEXT =
  /\b(?:years ago|decades ago|last year|in the past|previously|historically|since then|formerly|at the time|a generation ago)\b/i;
const SAYS =
  /^(?:say|says|said|saying|tell|tells|told|announc|report|add|stat|declar|confirm|not|wr[io]te|claim|acknowledg|disclos|reveal|accord|quot|counted|gave|give)/;

const opensClause = (tree: Tree, i: number): boolean =>
  /^(?:root|ccomp|advcl|acl|parataxis|csubj|xcomp)/.test(rel(tree, i)) ||
  /^(?:VERB|AUX)$/.test(tree.tokens[i]?.upos ?? "");

/** The clause a word stands in: itself or the nearest word above it that heads one. */
function clauseOf(tree: Tree, i: number): number {
  let at = i;
  for (let depth = 0; depth < 20 && at >= 0 && !opensClause(tree, at); depth++) at = headOf(tree, at);
  return at;
}

/** Words from `from` up to but without `to`; undefined when `to` does not stand above. */
function pathUp(tree: Tree, from: number, to: number): number[] | undefined {
  const path: number[] = [];
  for (let at = from; at >= 0 && path.length < 20; at = headOf(tree, at)) {
    if (at === to) return path;
    path.push(at);
  }
  return undefined;
}

const marked = (tree: Tree, clause: number, words: RegExp): boolean =>
  (tree.children[clause] ?? []).some(
    (c) => /^(?:mark|case|advmod)$/.test(rel(tree, c)) && words.test(lower(tree, c)),
  );

/** The time of another event. It is taken only where it lies long before the report: who tells of old days goes on with them. */
const FAR = 0.3;
const OLD_DAYS = 30;
/** The time is that of the statement. */
const SAID = 1.2;
/** How surely a time is the event's: 3 and more its own, 1 to 2 near, 0 not its. */
function closeness(tree: Tree, event: number, time: number): number {
  const above = headOf(tree, time);
  if (time === event || pathUp(tree, time, event)?.every((k) => !opensClause(tree, k) || k === time))
    return 4;
  const own = clauseOf(tree, event);
  const its = clauseOf(tree, above < 0 ? time : above);
  if (own < 0 || its < 0) return FAR;
  // "resigned on Wednesday after protests": what came before has another day.
  const before =
    event !== own &&
    pathUp(tree, event, own)?.some((k) =>
      marked(tree, k, /^(?:after|since|before|following|despite|until)$/),
    );
  if (own === its) return before ? 1 : 3;
  const up = pathUp(tree, own, its);
  if (up !== undefined) {
    const kinds = up.map((k) => rel(tree, k));
    if (kinds.every((k) => /^(?:xcomp|conj)/.test(k) || k === "obj")) return before ? 1 : 2.5;
    if (kinds.some((k) => k.startsWith("ccomp"))) return SAYS.test(lower(tree, its)) ? SAID : 2;
    if (kinds.some((k) => k.startsWith("parataxis"))) return 0.5;
    return up.some((k) => marked(tree, k, /^(?:when|as|while|where)$/)) ? 2 : 1;
  }
  const down = pathUp(tree, its, own);
  if (down !== undefined) {
    const kinds = down.map((k) => rel(tree, k));
    if (kinds.every((k) => /^xcomp/.test(k))) return 3;
    // "the hall was set on fire and the airport seized on Wednesday": a day at the end is that of both.
    if (kinds.every((k) => /^(?:conj|xcomp)/.test(k)) && time > event) return 2.2;
    if (kinds.some((k) => k.startsWith("parataxis"))) return SAID;
    if (down.some((k) => marked(tree, k, /^(?:after|before|since|until|despite|following)$/))) return FAR;
    if (kinds.some((k) => k.startsWith("acl"))) return FAR;
    if (down.some((k) => marked(tree, k, /^(?:when|as|while)$/))) return 2;
    return 1;
  }
  return 0.6;
}

/** The time expression of the sentence that is the event's, with how surely. */
function timeOf(
  tree: Tree,
  i: number,
  doc: Document,
  dated: boolean,
): { readonly time: TimeSpan; readonly sure: number } | undefined {
  const { start, end } = tree.sentence;
  const at = tree.tokens[i]?.start ?? 0;
  let best: { readonly time: TimeSpan; readonly sure: number; readonly far: number } | undefined;
  for (const time of doc.times) {
    if ((time.kind !== "date" && time.kind !== "time") || time.start === undefined) continue;
    if (!dated && !/\d{4}/.test(time.words)) continue;
    if (time.span.start < start || time.span.end > end) continue;
    const inside = (k: number): boolean => {
      const t = tree.tokens[k];
      return t !== undefined && t.start >= time.span.start && t.end <= time.span.end;
    };
    const head = tree.tokens.findIndex((_, k) => inside(k) && !inside(headOf(tree, k)));
    const sure = head < 0 ? 0.6 : closeness(tree, i, head);
    const far = Math.abs(time.span.start - at);
    if (sure > 0 && (best === undefined || sure > best.sure || (sure === best.sure && far < best.far)))
      best = { time, sure, far };
  }
  return best;
}

const dayOf = (d: string): string => d.slice(0, 10);

export function whenOf(tree: Tree, i: number, doc: Document, article: Article, status: Status): When {
  const published = article.published?.value;
  const found = timeOf(tree, i, doc, published !== undefined);
  const real = status === "happened" || status === "ongoing" || status === "attempted";
  const daysBefore = (d: string): number =>
    published === undefined
      ? 0
      : (Date.parse(dayOf(published)) - Date.parse(d.padEnd(10, "-12-28").slice(0, 10))) / DAY;
  // What has happened did not happen after it was told of.
  const ahead = real && published !== undefined && (found?.time.start ?? "") > `${dayOf(published)}~`;
  const belongs = found !== undefined && (found.sure > FAR || daysBefore(found.time.start ?? "") > OLD_DAYS);
  const planned = ahead && found?.time.direction === "future" && found.sure >= 2;
  if (found?.time.start !== undefined && belongs && (!ahead || planned)) {
    const { time, sure } = found;
    const start = dayOf(time.start ?? "");
    const end = time.end === undefined ? undefined : dayOf(time.end);
    const vague = time.approximate && end !== undefined && end !== start;
    return {
      happened: {
        start,
        ...(end === undefined ? {} : { end }),
        precision: time.precision,
        basis: sure === SAID ? "publication" : sure >= 2 && !vague ? "words" : "nearby",
      },
      background: daysBefore(end ?? start) > BACKGROUND_DAYS,
      ...(planned ? { planned } : {}),
    };
  }
  if (published === undefined || !real) return { background: false };
  // "has not been seen since the unrest began": reckoned from what lies before the report by nobody knows how much.
  if (marked(tree, clauseOf(tree, i), /^since$/)) return { background: false };
  if (PAST_CONTEXT.test(doc.text.slice(tree.sentence.start, tree.sentence.end))) return { background: true };
  const day = dayOf(published);
  return {
    happened: {
      start: day,
      end: day,
      precision: day.length === 10 ? "day" : day.length === 7 ? "month" : "year",
      basis: "publication",
    },
    background: false,
  };
}

const keys = (e: Event): Set<string> =>
  new Set(
    [...e.actor, ...e.recipient].flatMap((p) => [
      ...(p.entity === undefined ? [] : [p.entity]),
      ...(p.words.toLowerCase().match(/[\p{L}\p{N}]{4,}/gu) ?? []),
    ]),
  );
const mostly = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean => {
  const shared = [...a].filter((k) => b.has(k)).length;
  return shared > 0 && shared * 2 >= Math.min(a.size, b.size);
};

/** Whether two mentions of one article tell of one event, as far as a day may pass between them. */
function sameEvent(a: Event, b: Event): boolean {
  if (a.eventType !== b.eventType || a.background || b.background) return false;
  if (a.mode !== undefined && b.mode !== undefined && a.mode !== b.mode) return false;
  const nameless = a.actor.length + a.recipient.length === 0 || b.actor.length + b.recipient.length === 0;
  return nameless ? a.mode === b.mode && a.rule === b.rule : mostly(keys(a), keys(b));
}

/** "Cabinet resigns" above, "resigned on Wednesday" below: what has no day of its own takes that of the same event. */
export function shareDays(events: readonly Event[]): Event[] {
  const dated = events.filter(
    (e) => e.happened?.basis === "words" && e.happened.precision === "day" && !e.background,
  );
  return events.map((e) => {
    if (e.happened?.basis !== "publication") return e;
    const published = e.happened.start ?? "";
    const twin = dated
      .filter((d) => sameEvent(d, e) && (d.happened?.start ?? "9") <= published)
      .sort((x, y) => Math.abs(x.span.start - e.span.start) - Math.abs(y.span.start - e.span.start))[0];
    return twin?.happened === undefined ? e : { ...e, happened: { ...twin.happened, basis: "nearby" } };
  });
}
