/** data/plover/{verbs,nouns}.json → patterns by word form; the format stands in data/plover/SOURCE.md. */
import { EVENT_MODES, EventType } from "../model/index.ts";

export type Frame = {
  readonly kind: "S" | "S>O" | "S>P" | "S+P" | "S+O";
  readonly preps: ReadonlySet<string>;
};
export type VerbPattern = {
  readonly lemma: string;
  readonly type: EventType;
  readonly mode?: string;
  readonly frame: Frame;
  readonly conditions: ReadonlyMap<string, readonly string[]>;
  readonly confidence: number;
};
export type Role = "A" | "R" | "B" | "P" | "T";
export type NounPattern = {
  readonly lemma: string;
  readonly type: EventType;
  readonly mode?: string;
  readonly roles: ReadonlyMap<string, Role>;
  readonly conditions: ReadonlyMap<string, readonly string[]>;
};
export type EventPatterns = {
  /** Patterns by lower-case form, in the order of the table. */
  readonly verbs: ReadonlyMap<string, readonly VerbPattern[]>;
  readonly nouns: ReadonlyMap<string, NounPattern>;
};

const IRREGULAR: Readonly<Record<string, string>> = {
  take: "took taken",
  lead: "led",
  seize: "",
  shut: "shut shutting",
  overrun: "overran overrun",
  oust: "",
  cut: "cut cutting",
  sever: "",
  quit: "quit quitting",
  hang: "hung",
  slay: "slew slain",
  shoot: "shot shooting",
  hurt: "hurt hurting",
  blow: "blew blown",
  beat: "beat beaten beating",
  gun: "gunned gunning",
  hold: "held",
  stab: "stabbed stabbing",
  ram: "rammed ramming",
  throw: "threw thrown",
  burn: "burnt",
  strike: "struck stricken",
  fight: "fought",
  drive: "drove driven",
  send: "sent",
  give: "gave given",
  withdraw: "withdrew withdrawn",
  leave: "left",
  swap: "swapped swapping",
  step: "stepped stepping",
  lay: "laid",
  meet: "met",
  speak: "spoke spoken",
  fly: "flew flown",
  sue: "",
  bring: "brought",
  begin: "began begun beginning",
  rebuff: "",
  ban: "banned banning",
  bar: "barred barring",
  outlaw: "",
  nab: "nabbed nabbing",
  forbid: "forbade forbidden forbidding",
  gag: "gagged gagging",
  expel: "expelled expelling",
  deport: "",
  slap: "slapped slapping",
  scrap: "scrapped scrapping",
  kidnap: "kidnapped kidnapping",
  ship: "shipped shipping",
  confer: "conferred conferring",
  slam: "slammed slamming",
  probe: "",
  veto: "vetoed vetoing vetoes",
  snub: "snubbed snubbing",
  commit: "committed committing",
  club: "clubbed clubbing",
  refer: "referred",
  defer: "deferred",
  rebut: "rebutted",
  shell: "",
  set: "set setting",
  break: "broke broken",
  burst: "burst",
  spread: "spread",
  grow: "grew grown",
  swell: "swollen",
  withhold: "withheld",
  hit: "hit hitting",
  put: "put",
  overtake: "overtook",
  retake: "retook retaken",
  back: "",
  deny: "",
  free: "freed freeing frees",
};

/** Every form of a lemma that running text may show. */
export function verbForms(lemma: string): string[] {
  const e = lemma.endsWith("e");
  const y = /[^aeiou]y$/.test(lemma);
  const stem = e ? lemma.slice(0, -1) : lemma;
  const s = y ? `${lemma.slice(0, -1)}ies` : /(?:s|sh|ch|x|z)$/.test(lemma) ? `${lemma}es` : `${lemma}s`;
  const given = (IRREGULAR[lemma] ?? "").split(" ").filter(Boolean);
  return [lemma, s, y ? `${lemma.slice(0, -1)}ied` : `${stem}ed`, `${stem}ing`, ...given];
}

function typeAndMode(cell: string): { type: EventType; mode?: string } {
  const [name, mode] = cell.trim().split(/\s+/);
  const type = EventType.parse(name);
  if (mode === undefined) return { type };
  if (!EVENT_MODES[type].includes(mode)) throw new RangeError(`Event table: ${type} has no mode ${mode}`);
  return { type, mode };
}

function conditionsOf(cell: string | undefined): Map<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const part of (cell ?? "").split(";")) {
    const [key, value] = part.split("=");
    if (key === undefined || key.trim() === "") continue;
    found.set(
      key.trim(),
      (value ?? "1").split(",").map((v) => v.trim()),
    );
  }
  return found;
}

function frameOf(cell: string): Frame {
  const [kind, preps] = cell.trim().split(":");
  if (kind !== "S" && kind !== "S>O" && kind !== "S>P" && kind !== "S+P" && kind !== "S+O")
    throw new RangeError(`Event table: no frame ${cell}`);
  return { kind, preps: new Set((preps ?? "").split(",").filter(Boolean)) };
}

export function readPatterns(
  verbs: { readonly verbs: readonly string[] },
  nouns: { readonly nouns: readonly string[] },
): EventPatterns {
  const byForm = new Map<string, VerbPattern[]>();
  for (const line of verbs.verbs) {
    const [lemmas, type, frame, conditions] = line.split("|");
    const map = conditionsOf(conditions);
    for (const lemma of (lemmas ?? "").trim().split(/\s+/)) {
      const pattern: VerbPattern = {
        lemma,
        ...typeAndMode(type ?? ""),
        frame: frameOf(frame ?? "S"),
        conditions: map,
        confidence: Number(map.get("conf")?.[0] ?? "0.8"),
      };
      for (const form of new Set(verbForms(lemma))) byForm.set(form, [...(byForm.get(form) ?? []), pattern]);
    }
  }
  const nounForms = new Map<string, NounPattern>();
  for (const line of nouns.nouns) {
    const [lemmas, type, roles, conditions] = line.split("|");
    const map = new Map(
      (roles ?? "")
        .trim()
        .split(/\s+/)
        .map((r) => r.split(":") as [string, Role]),
    );
    for (const lemma of (lemmas ?? "").trim().split(/\s+/)) {
      const pattern: NounPattern = {
        lemma,
        ...typeAndMode(type ?? ""),
        roles: map,
        conditions: conditionsOf(conditions),
      };
      for (const form of [
        lemma,
        /(?:s|sh|ch|x)$/.test(lemma)
          ? `${lemma}es`
          : /[^aeiou]y$/.test(lemma)
            ? `${lemma.slice(0, -1)}ies`
            : `${lemma}s`,
      ])
        if (!nounForms.has(form)) nounForms.set(form, pattern);
    }
  }
  return { verbs: byForm, nouns: nounForms };
}
