/**
 * What the entity tagger learns from: UNER English EWT, WikiGold, re3d and GUM → sentences of forms and BIO tags, PER, ORG
 * and LOC; other types become O. GUM marks whole noun phrases; its names are the proper nouns among the words it gives as
 * the least span of a phrase, without titles, as UNER has them.
 */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { type ConlluSentence, type ConlluWord, parseConllu } from "../src/eval/conllu.ts";
import { readIob } from "../src/eval/iob.ts";
import type { Random } from "./random.ts";

/** The sets in the order of their trait bits; UNER, whose ways are ours, has none. */
export const SETS = ["uner", "wikigold", "gum", "re3d"] as const;
export type NameSet = (typeof SETS)[number];

export type Example = {
  readonly set: NameSet;
  readonly forms: readonly string[];
  readonly tags: readonly string[];
};
type Tagged = Omit<Example, "set">;

const RE3D: Readonly<Record<string, string>> = {
  Person: "PER",
  Organisation: "ORG",
  Location: "LOC",
  MilitaryPlatform: "O",
};

/** Plain BIO from the files' own labels; anything else becomes O. */
function normalise(labels: readonly string[], kinds: Readonly<Record<string, string>>): string[] {
  let last = "O";
  return labels.map((label) => {
    const type = kinds[label.replace(/^[BI]-/, "")] ?? "O";
    if (type === "O") {
      last = "O";
      return "O";
    }
    const tag = label.startsWith("B-") || last !== type ? `B-${type}` : `I-${type}`;
    last = type;
    return tag;
  });
}

function readColumns(file: string, kinds: Readonly<Record<string, string>>, separator: RegExp): Tagged[] {
  return readFileSync(file, "utf8")
    .split(/\n\s*\n/)
    .map((block) =>
      block
        .split("\n")
        .filter((l) => l.trim() !== "")
        .map((l) => l.trimEnd().split(separator)),
    )
    .filter((rows) => rows.length > 0)
    .map((rows) => ({
      forms: rows.map((r) => r[0] ?? ""),
      tags: normalise(
        rows.map((r) => r.at(-1) ?? "O"),
        kinds,
      ),
    }));
}

/** Splits hyphenated forms as Universal Dependencies does, so that all material has one tokenisation. */
function splitHyphens(example: Tagged): Tagged {
  const forms: string[] = [];
  const tags: string[] = [];
  example.forms.forEach((form, i) => {
    const tag = example.tags[i] ?? "O";
    const parts = /^[\p{L}]+(-[\p{L}]+)+$/u.test(form) ? form.split(/(-)/) : [form];
    parts.forEach((part, k) => {
      forms.push(part);
      tags.push(k > 0 && tag.startsWith("B-") ? `I-${tag.slice(2)}` : tag);
    });
  });
  return { forms, tags };
}

const KINDS: Readonly<Record<string, string>> = { person: "PER", organization: "ORG", place: "LOC" };
const TITLES = new Set(
  "president mr mrs ms dr sir lord lady senator representative governor general colonel captain judge justice professor prof minister prime secretary king queen prince princess pope chancellor mayor ambassador director chairman emperor sen rep gen lt sgt".split(
    " ",
  ),
);
/** Words that stand between the proper nouns of one name. */
const INNER = /^(?:of|the|for|de|du|des|da|la|le|al|on|in|&|-|['’]s?|\.|and)$/;
const isTitle = (form: string): boolean => TITLES.has(form.toLowerCase().replace(/\.$/, ""));

type Span = { readonly start: number; readonly end: number; readonly type: string };

/** The name in a phrase of GUM, if it has one; `least` counts the words of its least span from 1. */
function nameIn(words: readonly ConlluWord[], start: number, type: string, least: readonly number[]): Span[] {
  const word = (i: number): ConlluWord | undefined => words[i];
  const proper = (i: number): boolean => word(i)?.upos === "PROPN";
  const capital = (i: number): boolean => /^[\p{Lu}\p{N}]/u.test(word(i)?.form ?? "");
  let own = least.map((k) => start + k - 1);
  const last = own.at(-1) ?? -1;
  if (!proper(last) && !(word(last)?.upos === "NUM" && own.length > 1)) return [];
  let from = own.length - 1;
  while (from > 0 && (proper(own[from - 1] ?? -1) || (type !== "PER" && capital(own[from - 1] ?? -1))))
    from--;
  own = own.slice(from);
  for (let k = 1; k < own.length; k++) {
    const between = words.slice((own[k - 1] ?? 0) + 1, own[k]).map((w) => w.form);
    const list = between.includes("and") && (type === "PER" || word(own[k] ?? -1)?.deprel === "conj");
    if (!list && between.every((form) => INNER.test(form))) continue;
    if (type === "PER") return [];
    own = own.slice(0, k);
  }
  if (type === "PER") {
    while (own.length > 1 && isTitle(word(own[0] ?? -1)?.form ?? "")) own = own.slice(1);
    // "Afghans" are people, not one person.
    if (own.length === 1 && /Number=Plur/.test(word(own[0] ?? -1)?.feats ?? "")) return [];
  }
  const first = own[0] ?? 0;
  if (!own.some(capital) || (own.length === 1 && isTitle(word(first)?.form ?? ""))) return [];
  return [{ start: first, end: (own.at(-1) ?? first) + 1, type }];
}

export function gumNames({ words }: ConlluSentence): Tagged {
  const open: { id: string; start: number; type: string; least: number[] }[] = [];
  const spans: Span[] = [];
  words.forEach((word, i) => {
    const value = /(?:^|\|)Entity=([^|]*)/.exec(word.misc)?.[1] ?? "";
    for (const part of value.match(/\([^()]*\)?|[^()]+\)/g) ?? []) {
      const [id = "", kind = "", , , , least = "1"] = part.replace(/[()]/g, "").split("-");
      if (part.startsWith("("))
        open.push({ id, start: i, type: KINDS[kind] ?? "", least: least.split(",").map(Number) });
      if (!part.endsWith(")")) continue;
      const at = open.findLastIndex((o) => o.id === id);
      const [closed] = at < 0 ? [] : open.splice(at, 1);
      if (closed && closed.type !== "") spans.push(...nameIn(words, closed.start, closed.type, closed.least));
    }
  });
  const tags = words.map(() => "O");
  for (const { start, end, type } of spans.sort((a, b) => b.end - b.start - (a.end - a.start)))
    if (tags.slice(start, end).every((t) => t === "O"))
      for (let i = start; i < end; i++) tags[i] = `${i === start ? "B" : "I"}-${type}`;
  return { forms: words.map((w) => w.form), tags };
}

/** All sentences of the sets asked for; `data` holds entities/ and syntax/. */
export function readExamples(data: string, sets: readonly NameSet[]): Example[] {
  const UNER = { PER: "PER", ORG: "ORG", LOC: "LOC" };
  const names = join(data, "entities");
  const re3d = join(names, "re3d/CONLL-format/data-by-source/conll");
  const read: Readonly<Record<NameSet, () => Tagged[]>> = {
    uner: () =>
      readIob(readFileSync(join(names, "uner_en_ewt-train.iob2"), "utf8")).map((s) => ({
        forms: s.tokens.map((t) => t.form),
        tags: normalise(
          s.tokens.map((t) => t.tag),
          UNER,
        ),
      })),
    wikigold: () =>
      readColumns(join(names, "wikigold/CONLL-format/data/wikigold.conll.txt"), UNER, /\s+/).map(
        splitHyphens,
      ),
    gum: () =>
      parseConllu(readFileSync(join(data, "syntax/gum12-train-permissive.conllu"), "utf8")).map(gumNames),
    re3d: () =>
      readdirSync(re3d)
        .sort()
        .filter((folder) => statSync(join(re3d, folder)).isDirectory())
        .flatMap((folder) =>
          readdirSync(join(re3d, folder))
            .sort()
            .flatMap((file) => readColumns(join(re3d, folder, file), RE3D, /\t/).map(splitHyphens)),
        ),
  };
  return sets.flatMap((set) => read[set]().map((e) => ({ set, ...e })));
}

const letterCase = (form: string): "lower" | "upper" | "other" =>
  form === form.toLowerCase() ? "lower" : form.length > 3 && form === form.toUpperCase() ? "upper" : "other";

/**
 * Copies of some sentences with other names of the same type in the place of their own (Dai & Adel 2020): the parser knows
 * the names of its treebank by heart, and those of the world it does not.
 */
export function swapNames(examples: readonly Example[], share: number, random: Random): Example[] {
  const pools = new Map<string, string[][]>();
  const seen = new Set<string>();
  const spansOf = ({ tags }: Example): Span[] => {
    const spans: Span[] = [];
    tags.forEach((tag, i) => {
      const last = spans.at(-1);
      if (tag.startsWith("I-") && last?.end === i) spans[spans.length - 1] = { ...last, end: i + 1 };
      else if (tag !== "O") spans.push({ start: i, end: i + 1, type: tag.slice(2) });
    });
    return spans;
  };
  /** Names of one word stand where names of one word stood. */
  const poolOf = (type: string, length: number): string => (length === 1 ? `${type} 1` : type);
  for (const e of examples)
    for (const { start, end, type } of spansOf(e)) {
      const words = e.forms.slice(start, end);
      const key = `${type} ${words.join(" ")}`;
      if (seen.has(key) || !/^\p{Lu}/u.test(words[0] ?? "")) continue;
      seen.add(key);
      const pool = poolOf(type, words.length);
      pools.set(pool, [...(pools.get(pool) ?? []), words]);
    }
  const draw = (pool: string): string[] => {
    const all = pools.get(pool) ?? [];
    return all[Math.floor(random() * all.length)] ?? [];
  };
  return examples.flatMap((e): Example[] => {
    const spans = spansOf(e);
    if (spans.length === 0 || random() >= share) return [];
    const forms: string[] = [];
    const tags: string[] = [];
    let at = 0;
    for (const { start, end, type } of spans) {
      forms.push(...e.forms.slice(at, start));
      tags.push(...e.tags.slice(at, start));
      const own = e.forms.slice(start, end);
      const pool = poolOf(type, own.length);
      let name = draw(pool);
      // "Ada Byron" and "Kofi Annan" make "Ada Annan".
      if (type === "PER" && name.length === 2) name = [name[0] ?? "", draw(pool).at(-1) ?? ""];
      if (name.length === 0) name = own;
      const style = letterCase(own.join(""));
      for (const [k, form] of name.entries()) {
        forms.push(style === "lower" ? form.toLowerCase() : style === "upper" ? form.toUpperCase() : form);
        tags.push(`${k === 0 ? "B" : "I"}-${type}`);
      }
      at = end;
    }
    forms.push(...e.forms.slice(at));
    tags.push(...e.tags.slice(at));
    return [{ ...e, forms, tags }];
  });
}

/** Copies of the sentences that have "Paris , Texas", without the comma: in mail and on forms many leave it out. */
export function dropCommas(examples: readonly Example[]): Example[] {
  return examples.flatMap((e): Example[] => {
    const comma = (i: number): boolean =>
      e.forms[i] === "," && (e.tags[i - 1] ?? "").endsWith("-LOC") && e.tags[i + 1] === "B-LOC";
    const gone = (i: number): boolean => {
      let end = i + 2;
      while (e.tags[end] === "I-LOC") end++;
      // "Iraq, Syria and …" is a list.
      const list = e.forms[end] === "and" || (e.forms[end] === "," && e.forms[end + 1] === "and");
      return comma(i) && !comma(end) && !list;
    };
    if (!e.forms.some((_, i) => gone(i))) return [];
    return [{ ...e, forms: e.forms.filter((_, i) => !gone(i)), tags: e.tags.filter((_, i) => !gone(i)) }];
  });
}

/** Copies of some sentences in headline, shouted and lower case, so that capitals are not all the tagger knows. */
export function augment(examples: readonly Example[], lower: number, random: Random): Example[] {
  const out = [...examples];
  for (const e of examples) {
    const r = random();
    const written = (form: (f: string) => string) => out.push({ ...e, forms: e.forms.map(form) });
    if (r < 0.04) written((f) => (f.length > 3 ? f.charAt(0).toUpperCase() + f.slice(1) : f));
    else if (r < 0.06) written((f) => f.toUpperCase());
    else if (r > 1 - lower && e.tags.some((t) => t !== "O")) written((f) => f.toLowerCase());
  }
  return out;
}
