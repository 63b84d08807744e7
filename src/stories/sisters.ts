/**
 * Readings in several languages → which report of another language tells of the same event. Words do not cross languages;
 * countries, places, numbers, days and the consonants of names do. Two reports are sisters when they came within days, share
 * enough of such keys, weighed by how rare each is among the reports at hand, and nothing else comes near: precision first.
 * A sister follows the story of the other as a copy does, and does not count towards what that story is about.
 */
import type { Reading } from "../model/index.ts";
import { asciiDigits } from "../text/plain-numbers.ts";
import { termId } from "./terms.ts";

const MAX_KEYS = 40;
const DAY = 86_400_000;
/** Days between two reports of one event in two languages. */
const WITHIN_DAYS = 3;
/** Reports that are compared: those whose keys came in last. */
const WINDOW = 6000;
/** Enough to be sisters: alike, and more in common than the people who are in the news together anyway. */
const enough = (s: { likeness: number; names: number; firm: number }): boolean =>
  (s.likeness >= 0.45 && s.names + s.firm >= (s.firm > 0 ? 3 : 4)) ||
  (s.likeness >= 0.6 && s.names + s.firm >= 2 && s.firm > 0);
/** Kinds of keys, in their last two bits. */
const NAME_KEY = 0;
const LOOSE = 1;
const FIRM = 2;
const kindOf = (key: string): number =>
  /^(?:country|day) /.test(key) ? LOOSE : key.startsWith("name ") ? NAME_KEY : FIRM;

const CYRILLIC: Readonly<Record<string, string>> = {
  б: "b",
  в: "v",
  г: "g",
  ґ: "g",
  д: "d",
  ж: "zh",
  з: "z",
  к: "k",
  л: "l",
  м: "m",
  н: "n",
  п: "p",
  р: "r",
  с: "s",
  т: "t",
  ф: "f",
  х: "h",
  ц: "ts",
  ч: "ch",
  ш: "sh",
  щ: "sh",
  қ: "k",
  ғ: "g",
  ң: "n",
  ј: "",
};
const ARABIC: Readonly<Record<string, string>> = {
  ب: "b",
  ت: "t",
  ث: "t",
  ج: "j",
  ح: "h",
  خ: "h",
  د: "d",
  ذ: "d",
  ر: "r",
  ز: "z",
  س: "s",
  ش: "sh",
  ص: "s",
  ض: "d",
  ط: "t",
  ظ: "z",
  ع: "",
  غ: "g",
  ف: "f",
  ق: "k",
  ك: "k",
  ک: "k",
  ل: "l",
  م: "m",
  ن: "n",
  ه: "h",
  ة: "",
  پ: "b",
  چ: "ch",
  ڤ: "f",
};

/** The consonants of a name as most scripts agree on them: "Orlov", "Орлов" and "أورلوف" are one. */
export const skeletonOf = (name: string): string => {
  const plain = name.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
  let out = "";
  for (const letter of plain) {
    const mapped = CYRILLIC[letter] ?? ARABIC[letter];
    out += mapped ?? (/[a-z]/.test(letter) ? letter : "");
  }
  return out
    .replace(/kh|gh/g, "h")
    .replace(/ph/g, "f")
    .replace(/[ckq]+(?!h)/g, "k")
    .replace(/x/g, "ks")
    .replace(/dzh|zh|j|g/g, "g")
    .replace(/[sz]+h?/g, "s")
    .replace(/[vw]/g, "f")
    .replace(/b/g, "p")
    .replace(/[aeiouy]/g, "")
    .replace(/(.)\1+/g, "$1");
};

const DIGITS = /\p{Nd}+(?:[.,\u00a0\u202f ٬]\p{Nd}{3})*(?![\p{Nd}.,]*\p{Nd})/gu;
const MONTH_NEXT =
  /^[.]?\s+(?:de |of )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|ene|abr|ago|dic|янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек|يناير|فبراير|مارس|أبريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر)/iu;

/** Numbers that are no dates and no years, plain or in groups of three. */
const numbersOf = (reading: Reading): string[] => {
  const { text } = reading.article;
  const found: string[] = [];
  for (const m of text.matchAll(DIGITS)) {
    const end = m.index + m[0].length;
    if (reading.times.some((t) => t.span.start <= m.index && end <= t.span.end)) continue;
    if (MONTH_NEXT.test(text.slice(end, end + 16))) continue;
    const plain = asciiDigits(m[0]).replace(/\D/g, "");
    if (plain.length < 2 || plain.startsWith("0") || (/^(?:19|20)\d\d$/.test(plain) && plain === m[0]))
      continue;
    found.push(plain);
  }
  for (const q of reading.quantities) {
    const core = q.exact ?? q.low ?? q.high;
    if (core !== undefined && core >= 10 && Number.isInteger(core)) found.push(String(core));
  }
  return found;
};

const NAME = /(?<=[\p{Ll}\p{N},;)»”"] (?:[«“"(])?)\p{Lu}[\p{L}’'-]{3,}/gu;
const ARABIC_WORD = /[\u0620-\u064a]{5,}/gu;

const namesOf = (text: string): string[] => [
  ...[...text.matchAll(NAME)]
    .flatMap((m) => m[0].split("-"))
    .flatMap((w) => {
      const s = skeletonOf(w);
      return s.length >= 3 ? [s] : [];
    }),
  ...[...text.matchAll(ARABIC_WORD)].flatMap((m) => {
    const s = skeletonOf(m[0].replace(/^[وفبلك]?ال|^[وفبلك](?=[\u0620-\u064a]{5})/u, ""));
    return s.length >= 4 ? [s] : [];
  }),
];

/** What of a report crosses languages. Countries come first: they are marked, since they alone say little. */
export const sisterKeys = (reading: Reading): Uint32Array => {
  const text = reading.article.text.slice(0, 6000);
  const keys = [
    ...reading.countries
      .filter((c) => c.weight >= 0.1)
      .slice(0, 6)
      .map((c) => `country ${c.code}`),
    ...reading.entities.flatMap((e) =>
      e.wikidata !== undefined
        ? [`item ${e.wikidata}`]
        : e.place?.geonames !== undefined
          ? [`place ${e.place.geonames}`]
          : [],
    ),
    ...numbersOf(reading).map((n) => `number ${n}`),
    ...reading.times.flatMap((t) =>
      t.kind === "date" && t.start?.length === 10 && t.start === (t.end ?? t.start) ? [`day ${t.start}`] : [],
    ),
    ...namesOf(text).map((s) => `name ${s}`),
  ];
  return Uint32Array.from([...new Set(keys)].slice(0, MAX_KEYS), (k) => ((termId(k) & ~3) | kindOf(k)) >>> 0);
};

type Card = {
  readonly id: string;
  readonly language: string;
  readonly time: number;
  readonly keys: Uint32Array;
};

export const createSisters = () => {
  const cards: Card[] = [];
  const postings = new Map<number, Set<Card>>();

  const forget = (): void => {
    while (cards.length > WINDOW) {
      const old = cards.shift();
      for (const k of old?.keys ?? []) {
        const list = postings.get(k);
        if (old) list?.delete(old);
        if (list?.size === 0) postings.delete(k);
      }
    }
  };
  const weight = (key: number): number =>
    Math.log((cards.length + 1) / ((postings.get(key)?.size ?? 0) + 0.5)) ** 2;
  /** What no other language has ever said cannot be shared and does not count. */
  const crosses = (key: number, language: string): boolean => {
    for (const c of postings.get(key) ?? []) if (c.language !== language) return true;
    return false;
  };
  const norm = (c: Card): number =>
    Math.sqrt(c.keys.reduce((sum, k) => sum + (crosses(k, c.language) ? weight(k) : 0), 0)) || 1;

  return {
    add: (card: Card): void => {
      if (card.keys.length === 0 || !Number.isFinite(card.time)) return;
      cards.push(card);
      for (const k of card.keys) {
        const list = postings.get(k) ?? new Set();
        list.add(card);
        postings.set(k, list);
      }
      forget();
    },
    /** The report of another language that tells of the same, the likeliest first. */
    nearest: (card: Card): { readonly id: string; readonly likeness: number }[] => {
      if (card.keys.length < 3 || !Number.isFinite(card.time)) return [];
      const shared = new Map<Card, { sum: number; names: number; firm: number; country: boolean }>();
      for (const k of card.keys) {
        const list = postings.get(k);
        if (list === undefined || list.size > 400) continue;
        const w = weight(k);
        for (const other of list) {
          if (other.language === card.language) continue;
          if (Math.abs(other.time - card.time) > WITHIN_DAYS * DAY) continue;
          const s = shared.get(other) ?? { sum: 0, names: 0, firm: 0, country: false };
          s.sum += w;
          if ((k & 3) === LOOSE) s.country = true;
          else if ((k & 3) === FIRM) s.firm++;
          else s.names++;
          shared.set(other, s);
        }
      }
      const own = norm(card);
      return [...shared]
        .filter(([, s]) => s.country)
        .map(([c, s]) => ({ id: c.id, likeness: s.sum / (own * norm(c)), names: s.names, firm: s.firm }))
        .filter(enough)
        .sort((a, b) => b.likeness - a.likeness || (a.id < b.id ? -1 : 1));
    },
  };
};
