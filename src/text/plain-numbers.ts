/**
 * Text of a language with short word lists → counted numbers: digits in that language's grouping ("8.000", "8 тыс.",
 * "٢٢٥"), number words, hedges, and the noun or verb beside them that says what is counted. For languages whose grammar of
 * numbers is not written out (lang/en has it all). Left out: ages, dates, years, ordinals, shares, and what nobody names.
 */
export type PlainMeasure =
  | "killed"
  | "injured"
  | "missing"
  | "arrested"
  | "displaced"
  | "hostages"
  | "participants"
  | "forces";
export type PlainNumberTable = {
  /** Word → value, in lower case; and words that multiply: "mil", "тыс". */
  readonly words: Readonly<Record<string, number>>;
  readonly scales: readonly (readonly [pattern: RegExp, factor: number])[];
  /** Separators of thousands inside digits; the other of "." and "," begins the fraction. */
  readonly thousands: string;
  readonly hedges: readonly (readonly [pattern: RegExp, bound: "low" | "high" | "about"])[];
  /** What stands after the number, or before it, when it counts that. Tried in order; a pattern sees some forty letters. */
  readonly measures: readonly (readonly [PlainMeasure, after: RegExp, before: RegExp])[];
  /** Nouns for people in general: kept though nothing says what befell them. */
  readonly people: RegExp;
  /** What follows a number that counts years of age, days of a month, and the like. */
  readonly notCounted: RegExp;
  /** What after the noun names those counted; the first group is taken. */
  readonly whom: RegExp;
  /** Between the whole and its part: "nine of them". */
  readonly part: RegExp;
  /** Verbs that say the number was not given. */
  readonly denied: RegExp;
};

export type PlainNumber = {
  readonly start: number;
  readonly end: number;
  readonly value: number;
  readonly bound: "low" | "high" | "about" | "plain";
  readonly hedge?: string;
  readonly unit: string;
  readonly measure: PlainMeasure | "other";
  /** Who is counted, where the words after the noun say so: "18 погибших силовиков", "18 من أفراد قوات الأمن". */
  readonly whom?: string;
  readonly part: boolean;
  readonly denied: boolean;
};

const TOKEN =
  /\p{Nd}+(?:[.,\u00a0\u202f ٬٫]\p{Nd}+)*|[\p{L}\p{M}]+(?:[’'-][\p{L}\p{M}]+)*|[^\s\p{L}\p{M}\p{Nd}]/gu;
/** Decimal digits of any script as 0 to 9: their blocks begin at multiples of sixteen, in the scripts of India at …6. */
export const asciiDigits = (text: string): string =>
  text.replace(/\p{Nd}/gu, (d) => {
    const code = d.codePointAt(0) ?? 0;
    const digit = (code & 15) - (code >= 0x900 && code < 0xe00 ? 6 : 0);
    return digit >= 0 && digit <= 9 ? String(digit) : d;
  });

/** "8.000" with "." for thousands → 8000; "2,5" → 2.5; undefined when the groups make no number. */
export function plainDigits(text: string, thousands: string): number | undefined {
  const plain = asciiDigits(text);
  const grouped = new RegExp(`^\\d{1,3}(?:[${thousands}]\\d{3})+(?:[.,٫]\\d+)?$`);
  if (grouped.test(plain)) {
    const joined = plain.replace(new RegExp(`[${thousands}](?=\\d{3}(?:\\D|$))`, "g"), "");
    return Number(joined.replace(/[,٫]/, "."));
  }
  if (/^\d+$/.test(plain)) return Number(plain);
  if (/^\d+[.,٫]\d+$/.test(plain)) return Number(plain.replace(/[,٫]/, "."));
  return undefined;
}

type Tok = { readonly text: string; readonly lower: string; readonly start: number; readonly end: number };

export function plainNumbers(text: string, table: PlainNumberTable): PlainNumber[] {
  const tokens: Tok[] = [...text.matchAll(TOKEN)].map((m) => ({
    text: m[0],
    lower: m[0].toLowerCase(),
    start: m.index,
    end: m.index + m[0].length,
  }));
  const found: PlainNumber[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const t = tokens[i];
    if (t === undefined) continue;
    let value = /^\p{Nd}/u.test(t.text) ? plainDigits(t.text, table.thousands) : table.words[t.lower];
    const digits = /^\p{Nd}/u.test(t.text);
    if (value === undefined) continue;
    let last = i;
    for (let next = tokens[last + 1]; next !== undefined; next = tokens[last + 1]) {
      const scale = table.scales.find(([p]) => p.test(next.lower));
      const word = table.words[next.lower];
      if (scale !== undefined) {
        value *= scale[1];
        last++;
        if (
          tokens[last + 1]?.text === "." &&
          tokens[last + 1]?.start === tokens[last]?.end &&
          next.text.length <= 4
        )
          last++;
      } else if (!digits && word !== undefined && word < value && value >= 20) {
        value += word;
        last++;
      } else break;
    }
    const end = tokens[last]?.end ?? t.end;
    const bare = digits && last === i;
    // A bare number of four figures that reads as a year is one.
    if (bare && /^(?:19|20)\d\d$/.test(asciiDigits(t.text))) {
      i = last;
      continue;
    }
    const line = text.slice(end, end + 60).split(/[.;:!?\n]/)[0] ?? "";
    const after = line.slice(0, 44);
    const head = text.slice(Math.max(0, t.start - 60), t.start);
    const before = head.slice(
      Math.max(head.lastIndexOf(". "), head.lastIndexOf("\n"), head.lastIndexOf(";"), 0),
    );
    i = last;
    if (/^\s*(?:%|percent|[-–](?:\p{Ll}|\p{Nd}))/u.test(after) || table.notCounted.test(after)) continue;
    const hedged = table.hedges.flatMap(([p, bound]) => {
      const m = p.exec(before) ?? undefined;
      return m === undefined
        ? []
        : [{ bound, words: m[0].trim(), start: t.start - (before.length - m.index) }];
    })[0];
    const unhedged =
      hedged === undefined ? before : `${before.slice(0, before.length - (t.start - hedged.start))}`;
    const part = table.part.test(after) || table.part.test(before);
    const whole = part ? found.at(-1) : undefined;
    const near =
      whole !== undefined && whole.measure !== "other" && !/[.!?\n]/.test(text.slice(whole.end, t.start));
    const measured =
      table.measures.find(([, p]) => p.test(after)) ?? table.measures.find(([, , p]) => p.test(unhedged));
    const people = table.people.test(after);
    if (measured === undefined && !people && !near) continue;
    const unit = /^\s*([\p{L}\p{M}]+)/u.exec(after)?.[1] ?? "";
    const whom = table.whom.exec(after)?.[1];
    found.push({
      start: hedged?.start ?? t.start,
      end:
        unit !== "" && (people || measured?.[1].test(after) === true)
          ? end + after.indexOf(unit) + unit.length
          : end,
      value,
      bound: hedged?.bound ?? "plain",
      ...(hedged === undefined ? {} : { hedge: hedged.words }),
      unit,
      ...(whom === undefined ? {} : { whom }),
      measure: measured?.[0] ?? (near && whole !== undefined ? whole.measure : "other"),
      part,
      denied:
        table.denied.test(before) ||
        table.denied.test(
          text
            .slice(Math.max(0, t.start - 90), t.start)
            .split(/[.!?\n]/)
            .at(-1) ?? "",
        ),
    });
  }
  return found;
}
