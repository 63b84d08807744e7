/**
 * Names in languages without a learnt tagger: runs of capitalised words, typed by what they begin with (a given name, a
 * word for a body), by the title before them, by the preposition before them, or by a person named in full elsewhere in the
 * text. What no list speaks for stays unnamed: precision before recall. The lists stand in src/lang/xx/names.ts.
 */
import type { NameLists } from "../lang/name-lists.ts";
import { memo } from "./features.ts";
import type { NameTagger } from "./tagger.ts";

type Run = { readonly from: number; readonly to: number; readonly type: "PER" | "ORG" | "LOC" };

const isCapital = memo((form) => /^\p{Lu}/u.test(form));
/** @param isCountry whether a word names a country in any case of the language: "the president of Kazakhstan X" is not called so. */
export function createNameRules(
  lists: NameLists,
  isCountry: (form: string) => boolean = () => false,
): NameTagger {
  const country = memo(isCountry);
  const lower = memo((form) => form.toLowerCase());
  const isGiven = memo((form) => lists.given.has(lists.stem(lower(form))));
  const isBody = memo((form) => lists.bodies.has(lists.stem(lower(form))));
  const isTitle = memo((form) => lists.titles.has(lists.stem(lower(form))));
  const isKind = memo((form) => lists.kinds.has(lists.stem(lower(form))));

  /**
   * Where the run of capitals that begins at `from` ends; small words inside it count when a capital follows. A given name
   * begins a run of its own (a firm, then its head), unless the run began with one ("María José").
   */
  function endOf(forms: readonly string[], from: number, inner: ReadonlySet<string>): number {
    let to = from + 1;
    for (let i = to; i < forms.length; i++) {
      const form = forms[i] ?? "";
      if (isCapital(form) && form.length > 1 && (!isGiven(form) || isGiven(forms[from] ?? ""))) to = i + 1;
      else if (form === "-" && isCapital(forms[i + 1] ?? "")) continue;
      else if (!inner.has(form) || i - to >= 2) break;
    }
    return to;
  }

  function runsOf(forms: readonly string[], upos: readonly string[], people: ReadonlySet<string>): Run[] {
    const runs: Run[] = [];
    const before = (i: number, k: number): string => lower(forms[i - k] ?? "");
    for (let i = 0; i < forms.length; ) {
      const form = forms[i] ?? "";
      const opensBody = isBody(form) && (isCapital(form) || lists.lowerBodies);
      // "Следственный комитет", "Центральная избирательная комиссия": adjectives, then the word for the body.
      let word = i;
      if (lists.lowerBodies && isCapital(form))
        while (word < i + 3 && upos[word] === "ADJ" && !isBody(forms[word] ?? "")) word++;
      const adjective = word > i && isBody(forms[word] ?? "");
      if (!adjective) word = i;
      if (adjective || (opensBody && isCapital(form))) {
        let to = Math.max(word + 1, endOf(forms, word, lists.innerOfBody));
        if (
          lists.lowerBodies &&
          to === word + 1 &&
          !adjective &&
          upos[to] === "NOUN" &&
          !isCapital(forms[to] ?? "")
        )
          to++;
        if (to - i > 1) {
          runs.push({ from: i, to, type: "ORG" });
          i = to;
          continue;
        }
      }
      const common =
        (i === 0 && upos[0] !== "PROPN" && !people.has(lists.stem(lower(form)))) || isTitle(form);
      if (!isCapital(form) || form.length < 2 || lists.never.has(lower(form)) || (common && !isGiven(form))) {
        i++;
        continue;
      }
      if (lists.acronyms.has(form)) {
        runs.push({ from: i, to: i + 1, type: "ORG" });
        i++;
        continue;
      }
      if (country(form) && !isGiven(form)) {
        i++;
        continue;
      }
      const to = endOf(forms, i, lists.innerOfPerson);
      const own = forms.slice(i, to);
      const titled =
        isTitle(before(i, 1)) ||
        ((before(i, 1) === "," || country(forms[i - 1] ?? "")) && isTitle(before(i, 2)));
      const shouted = own.every((f) => f.length > 1 && f === f.toUpperCase());
      const surname = own.some((f) => lists.surname.test(lower(f)));
      const quoted = /^["«“]$/u.test(forms[i - 1] ?? "");
      if (isKind(before(i, quoted ? 2 : 1))) runs.push({ from: i, to, type: "ORG" });
      else if (!shouted && to - i > 1 && to - i <= 6 && isGiven(form))
        runs.push({ from: i, to, type: "PER" });
      else if (!shouted && titled && !isTitle(form) && (surname || (to - i > 1 && upos[i] === "PROPN")))
        runs.push({ from: i, to, type: "PER" });
      else if (own.every((f) => people.has(lists.stem(lower(f))) || lists.innerOfPerson.has(f)))
        runs.push({ from: i, to, type: "PER" });
      else if (
        i > 0 &&
        !shouted &&
        lists.places.has(before(i, 1)) &&
        !surname &&
        upos[i] !== "ADJ" &&
        !isGiven(form)
      )
        runs.push({ from: i, to: Math.min(to, i + 3), type: "LOC" });
      i = to;
    }
    return runs;
  }

  return {
    tag(sentences, _states, upos) {
      const none: ReadonlySet<string> = new Set();
      const first = sentences.map((forms, k) => runsOf(forms, upos?.[k] ?? [], none));
      const people = new Set<string>();
      first.forEach((runs, k) => {
        for (const run of runs)
          if (run.type === "PER" && run.to - run.from > 1)
            for (const form of (sentences[k] ?? []).slice(run.from + 1, run.to))
              if (isCapital(form)) people.add(lists.stem(lower(form)));
      });
      return sentences.map((forms, k) => {
        const tags = forms.map(() => "O");
        for (const run of people.size > 0 ? runsOf(forms, upos?.[k] ?? [], people) : (first[k] ?? []))
          for (let i = run.from; i < run.to; i++) tags[i] = `${i === run.from ? "B" : "I"}-${run.type}`;
        return tags;
      });
    },
  };
}
