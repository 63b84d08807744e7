/**
 * Quantity → its scope: what is counted, of whom, where, total or part, per what. Values are comparable only when their
 * scopes are equal. A toll without a word on its kind is taken for a total, and one without a place for the place of the
 * story; both choices stand in the methodology.
 */
import type { LedgerSeries, Measure, Quantity } from "../model/index.ts";

const PEOPLE =
  /^(people|persons?|individuals?|humans?|lives|deaths?|dead|fatalit(?:y|ies)|casualt(?:y|ies)|victims?|bodies|body|men and women|citizens?|killed|injured|wounded|arrests?|detentions?|detainees?|injuries|wounds|ones|others|человека?|людей|погибши[хйе]|убитых|раненых|задержанных|тела?|personas|muert[oa]s|fallecid[oa]s|cadáveres|víctimas|herid[oa]s|detenid[oa]s|el|los|las|شخصا?|أشخاص|قتيلا?|قتلى|جثة|جريحا?|جرحى|من)$/iu;
const TOLLS: ReadonlySet<Measure> = new Set([
  "killed",
  "injured",
  "missing",
  "arrested",
  "displaced",
  "hostages",
]);
const MINOR: ReadonlySet<Measure> = new Set(["distance", "duration", "other"]);

const plain = (s: string): string =>
  s
    .toLowerCase()
    .normalize("NFKD")
    .replace(/\p{M}|['’]s?\b/gu, "")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
const singular = (s: string): string => s.replace(/(?<=[^s])s$/, "");

/** Who is counted, as a key: "security forces", "members of the security forces" and "security officers" differ only when the words do. */
const whomKey = (s: string): string =>
  plain(s)
    .replace(/^(the|its|their|of|members of|among|including) /g, "")
    .replace(/^(members of )?(the )?/, "")
    .split(" ")
    .map(singular)
    .join(" ");

export type Scope = LedgerSeries["scope"] & { readonly measure: Measure; readonly key: string };

/** The number itself: what is compared between two values. */
export const coreOf = (q: Quantity): number => q.exact ?? q.low ?? q.high ?? Number.NaN;

/** Whether a number belongs in a ledger at all. */
export const isLedgered = (q: Quantity): boolean =>
  q.assertion !== "hypothetical" && !MINOR.has(q.measure) && Number.isFinite(coreOf(q));

export const scopeOf = (
  q: Quantity,
  home: { readonly country?: string; readonly names: ReadonlySet<string> },
): Scope => {
  const toll = TOLLS.has(q.measure);
  const people = PEOPLE.test(q.unit.trim());
  const whom = q.ofWhom ?? (toll && !people ? q.unit : undefined);
  const place = q.place !== undefined && !home.names.has(plain(q.place)) ? q.place : undefined;
  const kind = q.kind ?? (toll ? "total" : undefined);
  const unit = toll || people ? "people" : q.unit;
  const key = [
    q.measure,
    whom === undefined ? "" : whomKey(whom),
    place === undefined ? "" : plain(place),
    kind ?? "",
    q.per ?? "",
    singular(plain(unit)),
  ].join("|");
  return {
    measure: q.measure,
    key,
    ...(whom === undefined ? {} : { ofWhom: whom }),
    ...(place === undefined ? {} : { place }),
    ...(kind === undefined ? {} : { kind }),
    ...(q.per === undefined ? {} : { per: q.per }),
    unit,
  };
};

/** Names by which the story's own country goes in texts. */
export const homeOf = (countryNames: Iterable<string>): ReadonlySet<string> =>
  new Set([...countryNames].map(plain));
