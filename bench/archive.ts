/**
 * An invented archive of any size for the benches: number → filing, always the same one. Words by Zipf's law, stories that live
 * for some hours with a few that go on for weeks, copies, numbers that rise, quotes, events with places, people in office. What a
 * page is drawn from is there in the amounts real pages of news give; the sentences mean nothing.
 */
import countries from "world-countries/countries.json" with { type: "json" };
import type {
  CopyLink,
  Entity,
  EntityMention,
  Event,
  EventType,
  Filing,
  Outlet,
  Quantity,
  Quote,
  Reading,
  Source,
  SourceId,
  Span,
} from "../src/model/index.ts";
import { articleId, outletId, rawPage, sha, storyId } from "../test/conformance/make.ts";

const DAY = 86_400_000;
/** Articles among which the stories of a moment are shared out. */
export const WINDOW = 200;
/** Stories that go on for long, one twelfth of the archive each. */
const LONG = 12;
const OUTLETS = 400;
const PEOPLE = 40_000;

/** A generator of its own for every number, so that any article can be made again without those before it. */
const dice = (seed: number): (() => number) => {
  let a = (Math.imul(seed + 1, 2654435761) ^ 0x9e3779b9) >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
};
/** A rank from 0 by Zipf's law. */
const zipf = (random: () => number, most: number): number =>
  Math.min(most - 1, Math.floor(Math.exp(random() * Math.log(most + 1))) - 1);

const SYLLABLES = "ka to re mi lo ser van du pel no ri ast gen ol bra tu fen si mor wa el dan chi pu".split(
  " ",
);
/** A word that can be spoken; common ones are short. */
export const wordOf = (rank: number): string => {
  let n = rank + 3;
  let word = "";
  while (n > 0) {
    word += SYLLABLES[n % SYLLABLES.length];
    n = Math.floor(n / SYLLABLES.length);
  }
  return word;
};
const VOCABULARY = 120_000;
const capital = (word: string): string => `${word.charAt(0).toUpperCase()}${word.slice(1)}`;

type Land = { readonly code: string; readonly lat: number; readonly lon: number };
/** Countries in an order that spreads the common ones over the world. */
export const LANDS: readonly Land[] = countries
  .map((c, i) => ({
    code: c.cca3 as string,
    lat: c.latlng[0] ?? 0,
    lon: c.latlng[1] ?? 0,
    order: dice(i)() - Math.log(1 + c.area) / 8,
  }))
  .toSorted((a, b) => a.order - b.order)
  .slice(0, 180);
const land = (i: number): Land => LANDS[i % LANDS.length] ?? { code: "CHL", lat: -30, lon: -71 };

export const outletOf = (i: number): Outlet => ({
  id: outletId(`o${i}.example`),
  name: `The ${capital(wordOf(500 + i))} Post`,
  hosts: [`o${i}.example`],
  homepage: `https://o${i}.example/`,
  country: land(zipf(dice(i + 77), 100)).code,
  languages: ["en"],
  kind: i % 9 === 0 ? "agency" : i % 4 === 0 ? "national" : "local",
  stateControl: i % 15 === 0 ? "state-run" : "independent",
  admiralty: "F",
  demo: false,
});
export const OUTLET_ROWS: readonly Outlet[] = Array.from({ length: OUTLETS }, (_, i) => outletOf(i));

export const sourceOf = (i: number): Source => ({
  // Identifiers are branded by the model; the bench makes its own.
  id: `src${i}` as SourceId,
  url: `https://o${i}.example/feed`,
  kind: "feed",
  title: outletOf(i).name,
  outletId: outletId(`o${i}.example`),
  state: "active",
  added: "2025-01-01T00:00:00Z",
  lastSuccess: "2025-06-01T00:00:00Z",
  failures: i % 17 === 0 ? 6 : 0,
  ...(i % 17 === 0 ? { lastError: "The server does not answer.", alarm: "Six failures in a row" } : {}),
  nextPoll: "2099-01-01T00:00:00Z",
  intervalMinutes: 60,
  itemsPerDay: 12,
  usualPerDay: 14,
  textShare: 0.97,
});

export type Town = { readonly name: string; readonly lat: number; readonly lon: number };
export const townOf = (code: string, i: number): Town => {
  const at = LANDS.find((l) => l.code === code) ?? land(0);
  const random = dice(i * 977 + at.code.charCodeAt(0) * 31 + at.code.charCodeAt(2));
  return {
    name: capital(wordOf(20_000 + Math.floor(random() * 60_000))),
    lat: Math.max(-80, Math.min(80, at.lat + random() * 4 - 2)),
    lon: at.lon + random() * 4 - 2,
  };
};

/** The person of a number: three in ten hold an office. */
export const personOf = (i: number): Entity => {
  const name = `${capital(wordOf(3000 + (i % 700)))} ${capital(wordOf(4000 + i))}`;
  const home = land(zipf(dice(i + 5), 160)).code;
  return {
    name,
    type: "PER",
    key: `PER:${name.toLowerCase()}`,
    ...(i % 10 < 3 ? { office: "minister", sector: "GOV", country: home } : {}),
  };
};
export const bodyOf = (i: number): Entity => {
  const name = `${capital(wordOf(9000 + i))} Council`;
  return { name, type: "ORG", key: `ORG:${name.toLowerCase()}`, country: land(i).code };
};
export const placeOf = (code: string, i: number): Entity => {
  const town = townOf(code, i);
  return {
    name: town.name,
    type: "LOC",
    key: `LOC:${town.name.toLowerCase()}`,
    country: code,
    place: { name: town.name, country: code, lat: town.lat, lon: town.lon, precision: 1 },
  };
};

type Choice = {
  readonly story: string;
  /** Number by which the story's country, town, people and words are drawn. */
  readonly seed: number;
  readonly copyOf: number | undefined;
};

/** Which story each article belongs to, and whether it is a copy. Asked in order, from the first. */
export const createChoices = (total: number): ((i: number) => Choice) => {
  const first = new Map<string, number>();
  return (i) => {
    const random = dice(i);
    const window = Math.floor(i / WINDOW);
    const roll = random();
    const long = Math.min(LONG - 1, Math.floor((i / total) * LONG));
    const place = zipf(random, 26);
    const story = roll < 0.02 ? `long${long}` : roll < 0.55 ? `w${window}-${place}` : `own${i}`;
    const seed = roll < 0.02 ? 900_000_000 + long : roll < 0.55 ? window * 100 + place : 500_000_000 + i;
    const before = first.get(story);
    if (before === undefined) first.set(story, i);
    if (i % WINDOW === 0)
      for (const key of first.keys())
        if (key.startsWith("w") && !key.startsWith(`w${window}-`)) first.delete(key);
    return { story, seed, copyOf: before !== undefined && random() < 0.3 ? before : undefined };
  };
};

const LANGUAGES = ["en", "en", "en", "en", "en", "es", "es", "ru", "ar", "fr"] as const;
const TYPES: readonly EventType[] = [
  "CONSULT",
  "ACCUSE",
  "PROTEST",
  "ASSAULT",
  "COERCE",
  "AGREE",
  "MOBILIZE",
  "AID",
  "THREATEN",
  "REQUEST",
];
const MEASURES = ["killed", "injured", "arrested", "money", "participants", "other"] as const;
const UNITS = {
  killed: "people",
  injured: "people",
  arrested: "people",
  money: "USD",
  participants: "people",
  other: "houses",
};
const SECTIONS = ["World", "Politics", "Business", "Sport"] as const;

const urlOf = (i: number): string => `https://o${zipf(dice(i + 31), OUTLETS)}.example/news/${i}`;

/** The article of a number. `end` is the moment the archive ends, a year after it begins. */
export const filingOf = (i: number, total: number, end: number, choice: Choice): Filing => {
  const random = dice(i + 7_000_001);
  // An article and its copies are written from one seed.
  const written = dice((choice.copyOf ?? i) + 13_000_003);
  const topic = dice(choice.seed);
  const home = land(zipf(topic, LANDS.length));
  const town = placeOf(home.code, zipf(topic, 12));
  const cast = Array.from({ length: 3 }, () => personOf(zipf(topic, PEOPLE)));
  const [body, other] = [bodyOf(zipf(topic, 900)), land(zipf(topic, LANDS.length))];
  const own = Array.from({ length: 12 }, () => 2000 + Math.floor(topic() * 60_000));
  const url = urlOf(i);
  const id = articleId(url);
  const at = new Date(end - (1 - (i + 0.5) / total) * 365 * DAY).toISOString().replace(/\.\d+Z$/, "Z");
  const day = at.slice(0, 10);
  const pipeline = "bench-1";
  const word = (): string =>
    wordOf(written() < 0.12 ? (own[Math.floor(written() * own.length)] ?? 0) : zipf(written, VOCABULARY));
  const words = (n: number): string => Array.from({ length: n }, word).join(" ");

  const title = capital(words(8));
  let text = `${title}\n\n`;
  const sentences: Span[] = [{ start: 0, end: title.length }];
  const blocks: { kind: "headline" | "lead" | "paragraph"; span: Span }[] = [
    { kind: "headline", span: { start: 0, end: title.length } },
  ];
  const people = [...cast, ...Array.from({ length: 4 }, () => personOf(zipf(written, PEOPLE)))];
  const entities: Entity[] = [];
  const mentions: EntityMention[] = [];
  const quantities: Quantity[] = [];
  const quotes: Quote[] = [];
  const events: Event[] = [];
  const indexOf = (e: Entity): number => {
    const known = entities.findIndex((x) => x.key === e.key);
    return known >= 0 ? known : entities.push(e) - 1;
  };
  const spanIn = (sentence: Span, part: string): Span => {
    const start = Math.max(sentence.start, text.indexOf(part, sentence.start));
    return { start, end: start + part.length };
  };
  const name = (e: Entity, sentence: Span): void => {
    mentions.push({
      span: spanIn(sentence, e.name),
      words: e.name,
      type: e.type,
      kind: "name",
      entity: indexOf(e),
      made: "bench",
    });
  };
  const fact = (kind: string, n: number, sentence: Span, part: string, speaker: Entity | undefined) => ({
    id: `${id}.${kind}${n}`,
    articleId: id,
    span: spanIn(sentence, part),
    words: part,
    sentence,
    assertion: speaker === undefined ? ("reported" as const) : ("claimed" as const),
    voice: speaker === undefined ? ("outlet" as const) : ("speaker" as const),
    ...(speaker === undefined ? {} : { speaker: speaker.name }),
    rule: "bench",
    pipeline,
  });
  const say = (sentence: string): Span => {
    const start = text.length;
    text += sentence;
    const span = { start, end: text.length };
    sentences.push(span);
    return span;
  };
  const paragraphs = 5 + Math.floor(written() * 7);
  for (let p = 0; p < paragraphs; p++) {
    const start = text.length;
    for (let s = 0; s < 2; s++) {
      if (s > 0) text += " ";
      const person = people[Math.floor(written() * people.length)] ?? personOf(1);
      const roll = written();
      if (roll < 0.16) {
        const count = 2 + Math.floor(((i % 4000) / 40) * written() + written() * 20);
        const part = `at least ${count} people`;
        const measure = MEASURES[zipf(written, MEASURES.length)] ?? "killed";
        const said = written() < 0.6 ? person : undefined;
        const span = say(`In ${town.name} ${part} ${words(9)}, ${person.name} ${words(2)}.`);
        name(town, span);
        name(person, span);
        quantities.push({
          ...fact("n", quantities.length + 1, span, part, said),
          low: count,
          hedge: "at least",
          unit: UNITS[measure],
          measure,
          kind: "total",
          country: home.code,
        });
      } else if (roll < 0.34) {
        const inner = `“${capital(words(11))}”`;
        const span = say(`${inner}, ${person.name} of the ${body.name} said ${words(3)}.`);
        name(person, span);
        name(body, span);
        quotes.push({
          ...fact("q", quotes.length + 1, span, inner, person),
          kind: "direct",
          stance: written() < 0.12 ? "denies" : "asserts",
        });
      } else if (roll < 0.5) {
        const eventType = TYPES[zipf(written, TYPES.length)] ?? "CONSULT";
        const part = words(3);
        const span = say(`The ${body.name} ${part} ${person.name} in ${town.name} ${words(8)}.`);
        name(body, span);
        name(town, span);
        events.push({
          ...fact("e", events.length + 1, span, part, undefined),
          eventType,
          context: [],
          actor: [{ words: body.name, entity: body.key, country: home.code, sector: "GOV" }],
          recipient: [{ words: person.name, entity: person.key }],
          happened: { start: day, end: day, precision: "day" },
          ...(town.place === undefined || written() < 0.2 ? {} : { place: town.place }),
          status: "happened",
          background: false,
          confidence: 0.8,
        });
      } else say(`${capital(words(16 + Math.floor(written() * 12)))}.`);
    }
    blocks.push({ kind: p === 0 ? "lead" : "paragraph", span: { start, end: text.length } });
    text += "\n\n";
  }
  text = text.trimEnd();
  const page = rawPage(
    url,
    `<!doctype html><title>${title}</title><article data-n="${i}">${text.replaceAll("\n\n", "<p>")}</article>`,
    at,
  );
  const outlet = outletOf(Number(/\/o(\d+)\./.exec(url)?.[1] ?? 0));
  const textSha256 = sha(text);
  const reading: Reading = {
    article: {
      id,
      url,
      outletId: outlet.id,
      outletName: outlet.name,
      title,
      ...(sentences[1] === undefined ? {} : { summary: text.slice(sentences[1].start, sentences[1].end) }),
      byline: random() < 0.6 ? [personOf(zipf(random, PEOPLE)).name] : [],
      published: { value: at, precision: "second", zone: "stated", basis: "json-ld" },
      firstSeen: at,
      language: LANGUAGES[Math.floor(topic() * LANGUAGES.length)] ?? "en",
      genre: random() < 0.1 ? "opinion" : random() < 0.05 ? "analysis" : "news",
      section: SECTIONS[Math.floor(random() * SECTIONS.length)] ?? "World",
      tags: [],
      text,
      textSha256,
      blocks,
      media: random() < 0.05 ? [{ url: `${url}.mp4`, kind: "video", durationSeconds: 90 }] : [],
      credits: [],
      sourceLinks: [],
      wireTags: random() < 0.02 ? ["UPDATE"] : [],
      demo: false,
      rawSha256: page.sha256,
      pipeline,
      notes: [],
    },
    sentences,
    entities,
    mentions,
    times: [],
    quantities,
    quotes,
    events,
    countries:
      other.code === home.code || random() < 0.5
        ? [{ code: home.code, weight: 1 }]
        : [
            { code: home.code, weight: 0.7 },
            { code: other.code, weight: 0.3 },
          ],
    notes: [],
  };
  const copies: CopyLink[] =
    choice.copyOf === undefined
      ? []
      : [
          {
            copy: id,
            original: articleId(urlOf(choice.copyOf)),
            evidence: [{ kind: "containment", share: 0.95, shared: 80 }],
            confidence: 0.95,
            share: 0.95,
            kind: "reprint",
          },
        ];
  return {
    reading,
    page,
    storyId: storyId(choice.story),
    copies,
    version: {
      articleId: id,
      seen: at,
      textSha256,
      rawSha256: page.sha256,
      change: "first",
      evidence: "first",
      added: 0,
      removed: 0,
      title,
      text,
    },
    sketch: new Uint8Array(512).map(() => Math.floor(random() * 256)),
    profile: new TextEncoder().encode(own.map(wordOf).join(" ").repeat(3)),
  };
};
