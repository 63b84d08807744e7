/**
 * PLOVER's sets of single sentences → cases of a forced choice among fifteen roots, and its score: accuracy and macro-F1.
 * Reads the gold standard records (JSON, older type names are mapped) and tab-separated files with columns by name. For
 * the records also the countries of actor and recipient from raw text. These sets measure only.
 */
export type PloverCase = {
  readonly uid: string;
  readonly sentence: string;
  readonly source: string;
  readonly target: string;
  readonly root: string;
  readonly sourceCountries: readonly string[];
  readonly targetCountries: readonly string[];
  /** True when the case comes from the gold standard records. */
  readonly record: boolean;
};

const OLD_NAMES: Readonly<Record<string, string | undefined>> = {
  RETREAT: "CONCEDE",
  YIELD: "CONCEDE",
  DISAPPROVE: "ACCUSE",
  INVESTIGATE: "ACCUSE",
  DEMAND: "REQUEST",
  FIGHT: "ASSAULT",
  CRIME: "",
  DOCUMENT: "",
  "": "",
};
const ROOTS = new Set(
  "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT".split(
    " ",
  ),
);

/** An older or newer type name → one of the fifteen roots; nothing for what is no root. */
export function ploverRoot(name: string): string | undefined {
  const root = OLD_NAMES[name] ?? name;
  return ROOTS.has(root) ? root : undefined;
}

type Party = { readonly actorText?: string; readonly code?: string };
const isRecord = (v: unknown): v is Record<string, unknown> => typeof v === "object" && v !== null;
const partiesOf = (v: unknown): Party[] =>
  (Array.isArray(v) ? v : [v]).filter(isRecord).map((p) => ({
    ...(typeof p["actorText"] === "string" ? { actorText: p["actorText"] } : {}),
    ...(typeof p["code"] === "string" ? { code: p["code"] } : {}),
  }));
const countryOf = (p: Party): string[] =>
  /^[A-Z]{3}/.test(p.code ?? "") ? [(p.code ?? "").slice(0, 3)] : [];

export function readPloverRecords(text: string): PloverCase[] {
  // The file has trailing commas in places.
  const parsed: unknown = JSON.parse(text.replace(/,(\s*[\]}])/g, "$1"));
  if (!Array.isArray(parsed)) return [];
  return parsed.filter(isRecord).flatMap((r): PloverCase[] => {
    const root = ploverRoot(String(r["event"] ?? ""));
    if (root === undefined || typeof r["text"] !== "string") return [];
    const source = partiesOf(r["source"]);
    const target = partiesOf(r["target"]);
    const names = (list: Party[]): string =>
      list
        .map((p) => p.actorText ?? "")
        .join(" ")
        .trim();
    return [
      {
        uid: String(r["id"]),
        sentence: r["text"],
        source: names(source),
        target: names(target),
        root,
        sourceCountries: source.flatMap(countryOf),
        targetCountries: target.flatMap(countryOf),
        record: true,
      },
    ];
  });
}

export function readPloverTsv(text: string): PloverCase[] {
  const [head, ...lines] = text.trim().split(/\r?\n/);
  const columns = (head ?? "").split("\t");
  const at = (name: string): number => columns.indexOf(name);
  return lines.flatMap((line): PloverCase[] => {
    const cells = line.split("\t");
    const get = (name: string): string => (at(name) < 0 ? "" : (cells[at(name)] ?? ""));
    const sentence = get("sentence");
    if (sentence === "") return [];
    return [
      {
        uid: get("uid"),
        sentence,
        source: get("source"),
        target: get("target"),
        root: ploverRoot(get("gold_root")) ?? "",
        sourceCountries: [],
        targetCountries: [],
        record: false,
      },
    ];
  });
}

export type PloverScore = { readonly n: number; readonly accuracy: number; readonly macroF1: number };

/** Accuracy over cases with an answer, and the mean F1 over the roots that occur in gold. */
export function scorePlover(cases: readonly PloverCase[], chosen: readonly string[]): PloverScore {
  const judged = cases.map((c, i) => ({ gold: c.root, pred: chosen[i] ?? "" })).filter((p) => p.gold !== "");
  const right = judged.filter((p) => p.gold === p.pred).length;
  const roots = [...new Set(judged.map((p) => p.gold))];
  const f1s = roots.map((root) => {
    const tp = judged.filter((p) => p.gold === root && p.pred === root).length;
    const pred = judged.filter((p) => p.pred === root).length;
    const gold = judged.filter((p) => p.gold === root).length;
    return tp === 0 ? 0 : (2 * tp) / (pred + gold);
  });
  const round = (x: number): number => Math.round(x * 1e4) / 1e4;
  return {
    n: judged.length,
    accuracy: round(right / Math.max(1, judged.length)),
    macroF1: round(f1s.reduce((a, b) => a + b, 0) / Math.max(1, f1s.length)),
  };
}

/** F1 of sets of country codes, micro-averaged over cases. */
export function scoreCountries(
  pairs: readonly { readonly gold: readonly string[]; readonly pred: readonly string[] }[],
): number {
  let tp = 0;
  let gold = 0;
  let pred = 0;
  for (const p of pairs) {
    const g = new Set(p.gold);
    const q = new Set(p.pred);
    gold += g.size;
    pred += q.size;
    for (const code of q) if (g.has(code)) tp++;
  }
  return gold + pred === 0 ? 1 : Math.round(((2 * tp) / (gold + pred)) * 1e4) / 1e4;
}
