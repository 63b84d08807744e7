/** A small invented archive for the tests of the pages: a dam that fails, counts that are withdrawn, copies, a denial, an opinion. All outlets are `.example`. */
import { createHash } from "node:crypto";
import { createMemoryStore } from "../../src/adapters/store-memory/index.ts";
import type {
  Article,
  ArticleId,
  Assertion,
  CopyLink,
  Event,
  Filing,
  Incident,
  IncidentId,
  LedgerEntry,
  Outlet,
  OutletId,
  Quantity,
  Quote,
  Reading,
  SourceId,
  Span,
  Story,
  StoryId,
} from "../../src/model/index.ts";
import type { Store } from "../../src/ports/index.ts";

export const NOW = Date.parse("2024-03-14T15:00:00Z");
const PIPELINE = "fixture-1";
const sha = (text: string): string => createHash("sha256").update(text).digest("hex");
const aid = (id: string) => id as ArticleId;
const sid = (id: string) => id as StoryId;

const outlet = (
  id: string,
  name: string,
  country: string,
  kind: Outlet["kind"],
  more: Partial<Outlet> = {},
): Outlet => ({
  id: id as OutletId,
  name,
  hosts: [id],
  homepage: `https://${id}/`,
  country,
  languages: ["en"],
  kind,
  stateControl: "unknown",
  admiralty: "F",
  demo: true,
  ...more,
});
export const OUTLETS: readonly Outlet[] = [
  outlet("andenwire.example", "Anden Wire", "CHL", "agency", {
    owner: "Anden Cooperative",
    stateControl: "independent",
    asOf: "2024-01-01",
    basis: "Invented for the tests",
  }),
  outlet("alercetimes.example", "The Alerce Times", "CHL", "local"),
  outlet("elcanal.example", "El Canal del Sur", "CHL", "national", { languages: ["es"] }),
  outlet("digestbin.example", "Digestbin", "USA", "aggregator"),
  outlet("fjordpost.example", "Fjordposten English", "NOR", "national"),
  outlet("goldcoast.example", "Gold Coast Herald", "GHA", "national"),
  outlet("sahifa.example", "صحيفة الميناء", "EGY", "national", { languages: ["ar"] }),
  outlet("lensfilm.example", "Lens Film", "CHL", "video"),
];

type Piece = {
  readonly id: string;
  readonly outlet: string;
  readonly story: string;
  readonly title: string;
  readonly body: readonly string[];
  readonly published?: string;
  readonly language?: string;
  readonly genre?: Article["genre"];
  readonly countries?: readonly string[];
  readonly byline?: readonly string[];
  readonly tags?: Article["wireTags"];
  readonly correction?: string;
  readonly video?: number;
  readonly copyOf?: {
    readonly id?: string;
    readonly share: number;
    readonly kind?: CopyLink["kind"];
    readonly words?: string;
  };
  readonly numbers?: readonly (Partial<Quantity> & {
    readonly words: string;
    readonly measure: Quantity["measure"];
  })[];
  readonly quotes?: readonly (Partial<Quote> & { readonly words: string; readonly speaker: string })[];
  readonly events?: readonly (Partial<Event> & {
    readonly words: string;
    readonly eventType: Event["eventType"];
  })[];
  readonly before?: string;
};

const DAM = "sdam0001";
const PIECES: readonly Piece[] = [
  {
    id: "adam01",
    outlet: "alercetimes.example",
    story: DAM,
    title: "Tailings dam above Alerce gives way after night of rain",
    published: "2024-03-08T09:20:00Z",
    countries: ["CHL"],
    byline: ["Ines Arrayan"],
    body: [
      "The tailings dam of the Cerro Bajo mine above the town of Alerce gave way shortly before dawn on Friday, residents said.",
      "Mud covered the lower quarter and cut the road to the coast. At least 18 people are missing, the mayor's office said.",
      '"We heard it before we saw it," said Marta Coihue, who lives by the bridge.',
    ],
    numbers: [
      {
        words: "At least 18 people",
        measure: "missing",
        low: 18,
        hedge: "At least",
        unit: "people",
        speaker: "the mayor's office",
        assertion: "claimed",
        kind: "total",
      },
    ],
    quotes: [
      {
        words: '"We heard it before we saw it,"',
        speaker: "Marta Coihue",
        kind: "direct",
        stance: "asserts",
      },
    ],
    events: [
      {
        words: "gave way shortly before dawn on Friday",
        eventType: "ASSAULT",
        assertion: "reported",
        happened: { start: "2024-03-08", precision: "day" },
        place: { name: "Alerce", country: "CHL", lat: -41.4, lon: -72.9, precision: 2 },
      },
    ],
  },
  {
    id: "adam02",
    outlet: "andenwire.example",
    story: DAM,
    title: "Ministry channel puts the dead of Alerce at 94",
    published: "2024-03-09T11:05:00Z",
    countries: ["CHL"],
    body: [
      "ALERCE (Anden Wire) — At least 94 people died when the dam above Alerce failed, a channel of the mining ministry said on Saturday.",
      'The ministry blamed "sabotage by outside hands" and said nearly 1,200 people had been moved to schools.',
      "The operator, Bajo Minerals, had passed its last inspection, the company said.",
    ],
    numbers: [
      {
        words: "At least 94 people",
        measure: "killed",
        low: 94,
        hedge: "At least",
        unit: "people",
        speaker: "mining ministry",
        assertion: "claimed",
        kind: "total",
      },
      {
        words: "nearly 1,200 people",
        measure: "displaced",
        high: 1200,
        hedge: "nearly",
        unit: "people",
        speaker: "mining ministry",
        assertion: "claimed",
      },
    ],
    quotes: [
      { words: '"sabotage by outside hands"', speaker: "mining ministry", kind: "mixed", stance: "asserts" },
    ],
  },
  {
    id: "adam03",
    outlet: "digestbin.example",
    story: DAM,
    title: "94 dead in dam failure: ministry",
    published: "2024-03-09T13:40:00Z",
    countries: ["CHL"],
    body: [
      "At least 94 people died when the dam above Alerce failed, a channel of the mining ministry said on Saturday.",
      'The ministry blamed "sabotage by outside hands" and said nearly 1,200 people had been moved to schools.',
    ],
    copyOf: { id: "adam02", share: 0.96, words: "Source link" },
    numbers: [
      {
        words: "At least 94 people",
        measure: "killed",
        low: 94,
        hedge: "At least",
        unit: "people",
        speaker: "mining ministry",
        assertion: "claimed",
        kind: "total",
      },
    ],
  },
  {
    id: "adam04",
    outlet: "elcanal.example",
    story: DAM,
    title: "La fiscalía desmiente el recuento: «No hay sabotaje»",
    published: "2024-03-10T10:30:00-03:00",
    language: "es",
    countries: ["CHL"],
    body: [
      "La fiscalía regional negó el domingo que haya indicios de sabotaje en la rotura del tranque de Alerce.",
      "El servicio médico legal dijo que nunca dio la cifra de 94 muertos; el ministerio la retiró y habló de un error.",
    ],
    quotes: [
      {
        words: "negó el domingo que haya indicios de sabotaje",
        speaker: "fiscalía regional",
        kind: "indirect",
        stance: "denies",
        assertion: "denied",
      },
    ],
  },
  {
    id: "adam05",
    outlet: "andenwire.example",
    story: DAM,
    title: "CORRECTED: Prosecutors count 61 bodies at Alerce",
    published: "2024-03-12T17:45:00Z",
    countries: ["CHL"],
    tags: ["CORRECTED"],
    correction: "Corrects the day of the failure in paragraph 2 to Friday, not Saturday.",
    byline: ["Tomas Ulmo"],
    body: [
      "ALERCE (Anden Wire) — Prosecutors said on Tuesday that 61 bodies had been taken to the morgue in Puerto Montt, nine of them of mine workers.",
      "The dam failed on Friday. Between 1,500 and 1,800 people live in shelters, the governor said.",
      "Police detained 4 managers of Bajo Minerals on Monday.",
    ],
    before:
      "ALERCE (Anden Wire) — Prosecutors said on Tuesday that 61 bodies had been taken to the morgue in Puerto Montt, nine of them of mine workers.\nThe dam failed on Saturday. Between 1,500 and 1,800 people live in shelters, the governor said.",
    numbers: [
      {
        words: "61 bodies",
        measure: "killed",
        exact: 61,
        low: 61,
        high: 61,
        unit: "bodies",
        speaker: "prosecutors",
        assertion: "claimed",
        kind: "total",
      },
      {
        words: "Between 1,500 and 1,800 people",
        measure: "displaced",
        low: 1500,
        high: 1800,
        hedge: "Between",
        unit: "people",
        speaker: "the governor",
        assertion: "claimed",
      },
      {
        words: "4 managers",
        measure: "arrested",
        exact: 4,
        low: 4,
        high: 4,
        unit: "managers",
        assertion: "reported",
      },
    ],
    events: [
      {
        words: "Police detained 4 managers of Bajo Minerals on Monday",
        eventType: "COERCE",
        mode: "arrest",
        assertion: "reported",
        happened: { start: "2024-03-11", precision: "day" },
        actor: [{ words: "Police", country: "CHL", sector: "COP" }],
        recipient: [{ words: "4 managers of Bajo Minerals", sector: "BUS" }],
        place: { name: "Puerto Montt", country: "CHL", lat: -41.47, lon: -72.94, precision: 3 },
      },
    ],
  },
  {
    id: "adam06",
    outlet: "alercetimes.example",
    story: DAM,
    title: "A mine that nobody was allowed to ask about",
    published: "2024-03-13",
    genre: "opinion",
    countries: ["CHL"],
    byline: ["The editors"],
    body: [
      "For ten years this newspaper asked for the inspection papers of Cerro Bajo. With 94 dead we ask again, and louder.",
      "A town is not a line in a balance sheet.",
    ],
    numbers: [
      {
        words: "94 dead",
        measure: "killed",
        exact: 94,
        low: 94,
        high: 94,
        unit: "dead",
        assertion: "opinion",
        voice: "author",
      },
    ],
  },
  {
    id: "adam07",
    outlet: "digestbin.example",
    story: DAM,
    title: "A mine nobody was allowed to ask about",
    published: "2024-03-13T21:10:00Z",
    genre: "opinion",
    countries: ["CHL"],
    body: [
      "For ten years this newspaper asked for the inspection papers of Cerro Bajo. With 94 dead we ask again, and louder.",
    ],
    copyOf: { id: "adam06", share: 0.88, kind: "excerpt" },
  },
  {
    id: "adam08",
    outlet: "sahifa.example",
    story: DAM,
    title: "انهيار سد في تشيلي يقتل العشرات",
    published: "2024-03-12T20:00:00+02:00",
    language: "ar",
    countries: ["CHL", "EGY"],
    body: [
      "قال المدعون إن 61 جثة نقلت إلى المشرحة في بويرتو مونت بعد انهيار السد يوم الجمعة.",
      "ونفت النيابة وجود تخريب.",
    ],
    copyOf: { id: "adam05", share: 0.4, kind: "translation" },
  },
  {
    id: "aflm01",
    outlet: "lensfilm.example",
    story: DAM,
    title: "The lower quarter from the air",
    published: "2024-03-09T08:00:00Z",
    countries: ["CHL"],
    video: 102,
    body: ["Film taken on Saturday morning over the lower quarter of Alerce."],
  },
  {
    id: "anor01",
    outlet: "fjordpost.example",
    story: "snor0001",
    title: "Ferry crews end strike on the western routes",
    published: "2024-03-14T08:10:00Z",
    countries: ["NOR"],
    byline: ["Liv Strand"],
    body: [
      "Crews on eleven western ferry routes went back to work on Thursday after six days, their union said.",
      "Some 340 sailings were cancelled.",
    ],
    numbers: [
      {
        words: "Some 340 sailings",
        measure: "other",
        exact: 340,
        hedge: "Some",
        unit: "sailings",
        assertion: "reported",
      },
    ],
    events: [
      {
        words: "went back to work on Thursday",
        eventType: "RETREAT",
        assertion: "claimed",
        speaker: "their union",
        happened: { start: "2024-03-14", precision: "day" },
        place: { name: "Norway", country: "NOR", precision: 6 },
      },
    ],
  },
  {
    id: "anor02",
    outlet: "andenwire.example",
    story: "snor0001",
    title: "Norwegian ferries sail again",
    published: "2024-03-14T09:00:00Z",
    countries: ["NOR"],
    body: ["Ferries in western Norway sailed again on Thursday, the operators' association said."],
  },
  {
    id: "agha01",
    outlet: "goldcoast.example",
    story: "sgha0001",
    title: "Count begins in by-election at Keta",
    published: "2024-03-14T12:30:00Z",
    countries: ["GHA"],
    body: [
      "Counting began at noon on Thursday in the by-election at Keta, the commission said.",
      "About 41,000 people voted.",
    ],
    numbers: [
      {
        words: "About 41,000 people",
        measure: "votes",
        exact: 41000,
        hedge: "About",
        unit: "people",
        assertion: "reported",
      },
    ],
  },
  {
    id: "anod01",
    outlet: "goldcoast.example",
    story: "sgha0002",
    title: 'Harbour dredging: what <b>the plan</b> & "its critics" say',
    countries: ["GHA"],
    genre: "analysis",
    body: ["The page of this article gives no date. The plan foresees a deeper channel by 2026."],
  },
];

const find = (text: string, words: string): Span => {
  const start = text.indexOf(words);
  if (start < 0) throw new RangeError(`The fixture has no "${words}"`);
  return { start, end: start + words.length };
};

function filingOf(piece: Piece): Filing {
  const host = piece.outlet;
  const text = `${piece.title}\n\n${piece.body.join("\n")}`;
  const sentences: Span[] = [];
  for (const m of text.matchAll(/[^\n]+?(?:[.!?»](?=\s|$)|$)/gm))
    sentences.push({ start: m.index, end: m.index + m[0].length });
  const sentenceOf = (s: Span): Span => sentences.find((x) => x.start <= s.start && x.end >= s.end) ?? s;
  const base = (
    kind: string,
    i: number,
    words: string,
    assertion: Assertion,
    speaker: string | undefined,
  ) => {
    const span = find(text, words);
    return {
      id: `${piece.id}.${kind}${i}`,
      articleId: aid(piece.id),
      span,
      words,
      sentence: sentenceOf(span),
      assertion,
      voice: speaker === undefined ? ("outlet" as const) : ("speaker" as const),
      ...(speaker === undefined ? {} : { speaker }),
      rule: `${kind}/fixture`,
      pipeline: PIPELINE,
    };
  };
  const quantities = (piece.numbers ?? []).map(
    (n, i): Quantity => ({ unit: "", ...base("n", i, n.words, n.assertion ?? "reported", n.speaker), ...n }),
  );
  const quotes = (piece.quotes ?? []).map(
    (q, i): Quote => ({
      kind: "indirect",
      stance: "asserts",
      ...base("q", i, q.words, q.assertion ?? "claimed", q.speaker),
      ...q,
    }),
  );
  const events = (piece.events ?? []).map(
    (e, i): Event => ({
      context: [],
      actor: [],
      recipient: [],
      status: "happened",
      background: false,
      confidence: 0.9,
      ...base("e", i, e.words, e.assertion ?? "reported", e.speaker),
      ...e,
    }),
  );
  let at = piece.title.length + 2;
  const blocks: Article["blocks"][number][] = [
    { kind: "headline", span: { start: 0, end: piece.title.length } },
  ];
  for (const p of piece.body) {
    blocks.push({ kind: "paragraph", span: { start: at, end: at + p.length } });
    at += p.length + 1;
  }
  const firstSeen =
    piece.published === undefined
      ? "2024-03-11T06:00:00Z"
      : piece.published.length === 10
        ? `${piece.published}T06:30:00Z`
        : new Date(Date.parse(piece.published) + 240_000).toISOString();
  const article: Article = {
    id: aid(piece.id),
    url: `https://${host}/${piece.id}`,
    outletId: host as OutletId,
    outletName: OUTLETS.find((o) => o.id === host)?.name ?? host,
    title: piece.title,
    ...(piece.body[0] === undefined ? {} : { summary: piece.body[0] }),
    byline: piece.byline ?? [],
    ...(piece.published === undefined
      ? {}
      : {
          published: {
            value: piece.published,
            precision: piece.published.length === 10 ? ("day" as const) : ("second" as const),
            zone: "stated" as const,
            basis: "json-ld" as const,
          },
        }),
    firstSeen,
    language: piece.language ?? "en",
    genre: piece.genre ?? "news",
    tags: [],
    text,
    textSha256: sha(text),
    blocks,
    media:
      piece.video === undefined
        ? []
        : [
            {
              url: `https://${host}/${piece.id}.mp4`,
              kind: "video",
              durationSeconds: piece.video,
              title: piece.title,
            },
          ],
    credits: [],
    sourceLinks:
      piece.copyOf?.words === undefined
        ? []
        : [{ url: "https://andenwire.example/adam02", words: piece.copyOf.words, relation: "source" }],
    wireTags: piece.tags ?? [],
    ...(piece.correction === undefined ? {} : { correction: piece.correction }),
    demo: true,
    pipeline: PIPELINE,
    notes: [],
  };
  const reading: Reading = {
    article,
    sentences,
    entities:
      piece.story === DAM
        ? [
            {
              name: "Alerce",
              type: "LOC",
              key: "LOC:alerce",
              country: "CHL",
              place: { name: "Alerce", country: "CHL", lat: -41.4, lon: -72.9, precision: 2 },
            },
          ]
        : [],
    mentions:
      piece.story === DAM && text.includes("Alerce")
        ? [
            {
              span: find(text, "Alerce"),
              words: "Alerce",
              type: "LOC",
              kind: "name",
              entity: 0,
              made: "fixture",
            },
          ]
        : [],
    times: [],
    quantities,
    quotes,
    events,
    countries: (piece.countries ?? []).map((code, i) => ({ code, weight: i === 0 ? 0.8 : 0.2 })),
    notes: [],
  };
  const copies: CopyLink[] =
    piece.copyOf === undefined
      ? []
      : [
          {
            copy: aid(piece.id),
            ...(piece.copyOf.id === undefined ? {} : { original: aid(piece.copyOf.id) }),
            evidence: [
              { kind: "containment", share: piece.copyOf.share, shared: 40 },
              { kind: "earlier", seconds: 9300 },
              ...(piece.copyOf.words === undefined
                ? []
                : [
                    {
                      kind: "source-link" as const,
                      url: "https://andenwire.example/adam02",
                      words: piece.copyOf.words,
                    },
                  ]),
            ],
            confidence: 0.97,
            share: piece.copyOf.share,
            kind: piece.copyOf.kind ?? "reprint",
          },
        ];
  return {
    reading,
    storyId: sid(piece.story),
    copies,
    version: {
      articleId: article.id,
      seen: firstSeen,
      textSha256: article.textSha256,
      change: "first",
      evidence: "first reading",
      added: text.split(/\s+/).length,
      removed: 0,
      title: piece.title,
      text,
    },
    sketch: new Uint8Array(),
    profile: new Uint8Array(),
  };
}

const FILINGS = PIECES.map(filingOf);
export const filings = (): readonly Filing[] => FILINGS;
const quantity = (id: string): Quantity => {
  const found = FILINGS.flatMap((f) => f.reading.quantities).find((q) => q.id === id);
  if (found === undefined) throw new RangeError(`No quantity ${id}`);
  return found;
};
const publishedOf = (id: string): string => {
  const a = FILINGS.find((f) => f.reading.article.id === id)?.reading.article;
  return new Date(a?.published?.value ?? a?.firstSeen ?? 0).toISOString();
};
const entry = (id: string, carriers: readonly string[], more: Partial<LedgerEntry> = {}): LedgerEntry => ({
  quantity: quantity(id),
  at: publishedOf(id.split(".")[0] ?? ""),
  status: "latest",
  carriers: carriers.map(aid),
  outlets: carriers.length,
  direction: "first",
  ...more,
});
const spanIn = (id: string, words: string): { articleId: ArticleId; span: Span; words: string } => ({
  articleId: aid(id),
  span: find(FILINGS.find((f) => f.reading.article.id === id)?.reading.article.text ?? "", words),
  words,
});

function storyOf(id: string, headlineArticle: string, more: Partial<Story>): Story {
  const filings = FILINGS.filter((f) => f.storyId === id);
  const times = filings.map((f) => Date.parse(publishedOf(f.reading.article.id))).toSorted((a, b) => a - b);
  const head = filings.find((f) => f.reading.article.id === headlineArticle)?.reading.article;
  const countries = filings[0]?.reading.countries ?? [];
  const originals = filings.filter((f) => f.copies.length === 0);
  return {
    id: sid(id),
    headline: head?.title ?? "",
    headlineArticle: aid(headlineArticle),
    ...(head?.summary === undefined ? {} : { summary: head.summary }),
    first: new Date(times[0] ?? 0).toISOString(),
    last: new Date(times.at(-1) ?? 0).toISOString(),
    articles: filings.map((f) => f.reading.article.id),
    originals: originals.map((f) => f.reading.article.id),
    outlets: [...new Set(filings.map((f) => f.reading.article.outletId))],
    languages: [...new Set(filings.map((f) => f.reading.article.language))],
    countries: countries.map((c) => ({ ...c })),
    places: [],
    corroboration: {
      newsrooms: new Set(originals.map((f) => f.reading.article.outletId)).size,
      informants: [],
      outlets: 1,
      words: "",
    },
    timeline: [],
    ledger: [],
    stale: [],
    claims: [],
    terms: [],
    demo: true,
    pipeline: PIPELINE,
    ...more,
  };
}

const STORIES: readonly Story[] = [
  storyOf(DAM, "adam05", {
    corroboration: {
      newsrooms: 4,
      informants: ["mayor's office", "mining ministry", "prosecutors", "the governor", "Marta Coihue"],
      outlets: 6,
      words: "4 newsrooms = 9 reports − 3 copies − 2 of outlets already counted",
    },
    timeline: [
      {
        day: "2024-03-08",
        precision: "day",
        sentence:
          "The tailings dam of the Cerro Bajo mine above the town of Alerce gave way shortly before dawn on Friday, residents said.",
        ...spanIn("adam01", "gave way shortly before dawn on Friday"),
        place: "Alerce",
        assertion: "reported",
        eventType: "ASSAULT",
      },
      {
        day: "2024-03-11",
        precision: "day",
        sentence: "Police detained 4 managers of Bajo Minerals on Monday.",
        ...spanIn("adam05", "Police detained 4 managers of Bajo Minerals on Monday"),
        place: "Puerto Montt",
        assertion: "reported",
        eventType: "COERCE",
      },
    ].map(({ words: _w, ...item }) => item) as Story["timeline"],
    ledger: [
      {
        key: "killed|total|mining ministry",
        measure: "killed",
        scope: { kind: "total", unit: "people" },
        issuer: "mining ministry",
        entries: [
          entry("adam02.n0", ["adam02", "adam03"], {
            status: "withdrawn",
            statusBy: "mining ministry",
            statusEvidence: spanIn("adam04", "el ministerio la retiró y habló de un error"),
          }),
        ],
      },
      {
        key: "killed|total|prosecutors",
        measure: "killed",
        scope: { kind: "total", unit: "bodies" },
        issuer: "prosecutors",
        entries: [entry("adam05.n0", ["adam05", "adam08"])],
      },
      {
        key: "killed|outlet",
        measure: "killed",
        scope: { unit: "dead" },
        issuer: "outlet:The Alerce Times",
        entries: [entry("adam06.n0", ["adam06", "adam07"], { status: "said" })],
      },
      {
        key: "missing|mayor",
        measure: "missing",
        scope: { kind: "total", unit: "people" },
        issuer: "the mayor's office",
        entries: [entry("adam01.n0", ["adam01"])],
      },
      {
        key: "displaced|ministry",
        measure: "displaced",
        scope: { unit: "people" },
        issuer: "mining ministry",
        entries: [entry("adam02.n1", ["adam02", "adam03"])],
      },
      {
        key: "displaced|governor",
        measure: "displaced",
        scope: { unit: "people" },
        issuer: "the governor",
        entries: [entry("adam05.n1", ["adam05"])],
      },
      {
        key: "arrested|outlet",
        measure: "arrested",
        scope: { unit: "managers" },
        issuer: "outlet:Anden Wire",
        entries: [entry("adam05.n2", ["adam05"])],
      },
    ],
    stale: [
      {
        articleId: aid("adam06"),
        quantityId: "adam06.n0",
        seriesKey: "killed|outlet",
        reason: "withdrawn",
        since: publishedOf("adam04"),
        lagHours: 72,
      },
    ],
    claims: [
      {
        quoteId: "adam02.q0",
        speaker: "mining ministry",
        ...spanIn("adam02", '"sabotage by outside hands"'),
        at: publishedOf("adam02"),
        stance: "asserts",
        denials: [
          {
            quoteId: "adam04.q0",
            speaker: "fiscalía regional",
            ...spanIn("adam04", "negó el domingo que haya indicios de sabotaje"),
            at: publishedOf("adam04"),
          },
        ],
        outlets: 2,
      },
      {
        quoteId: "adam01.q0",
        speaker: "Marta Coihue",
        ...spanIn("adam01", '"We heard it before we saw it,"'),
        at: publishedOf("adam01"),
        stance: "asserts",
        denials: [],
        outlets: 1,
      },
    ],
    burst: { score: 2.1, newsrooms: 3, usual: 0.4, hours: 6, bars: [0, 0, 1, 0, 1, 0, 2, 3] },
  }),
  storyOf("snor0001", "anor01", {
    corroboration: {
      newsrooms: 2,
      informants: ["their union", "operators' association"],
      outlets: 2,
      words: "2 newsrooms = 2 reports",
    },
    burst: { score: 4.4, newsrooms: 2, usual: 0.2, hours: 3, bars: [0, 0, 0, 0, 0, 0, 1, 2] },
  }),
  storyOf("sgha0001", "agha01", {}),
  storyOf("sgha0002", "anod01", {}),
];

const INCIDENTS: readonly Incident[] = FILINGS.flatMap((f) =>
  f.reading.events.map(
    (e): Incident => ({
      id: `i${e.id}` as IncidentId,
      eventType: e.eventType,
      ...(e.mode === undefined ? {} : { mode: e.mode }),
      actor: e.actor,
      recipient: e.recipient,
      day: { ...(e.happened ?? { precision: "day" }) },
      ...(e.place === undefined ? {} : { place: { ...e.place, articles: 1 } }),
      mentions: [e.id],
      reasons: [],
      corroboration: { newsrooms: 1, informants: ["police"], outlets: 1, words: "1 newsroom, 1 informant" },
      storyId: f.storyId,
    }),
  ),
);

/** Fills any store with the archive. */
export async function fill(store: Store): Promise<void> {
  await store.putOutlets(OUTLETS);
  const old = PIECES.flatMap((p) =>
    p.before === undefined
      ? []
      : [filingOf({ ...p, body: p.before.split("\n"), tags: [], numbers: [], quotes: [], events: [] })],
  );
  await store.saveFilings(old);
  await store.saveFilings(
    FILINGS.map((f) => {
      const earlier = old.some((o) => o.reading.article.id === f.reading.article.id);
      return earlier
        ? {
            ...f,
            version: {
              ...f.version,
              seen: "2024-03-12T18:40:00Z",
              change: "correction" as const,
              evidence: "The headline says CORRECTED and a note says what",
              added: 9,
              removed: 1,
            },
          }
        : f;
    }),
  );
  await store.saveStories(STORIES);
  for (const story of STORIES)
    await store.saveIncidents(
      story.id,
      INCIDENTS.filter((i) => i.storyId === story.id),
    );
  await store.putSource({
    id: "src1" as SourceId,
    url: "https://andenwire.example/feed.xml",
    kind: "feed",
    title: "Anden Wire",
    outletId: "andenwire.example" as OutletId,
    state: "active",
    added: "2024-03-01T00:00:00Z",
    lastTried: "2024-03-14T14:40:00Z",
    lastSuccess: "2024-03-14T14:40:00Z",
    lastNew: "2024-03-14T09:04:00Z",
    failures: 0,
    nextPoll: "2024-03-14T15:10:00Z",
    intervalMinutes: 30,
    itemsPerDay: 11.5,
    usualPerDay: 12.1,
    textShare: 0.98,
  });
  await store.putSource({
    id: "src2" as SourceId,
    url: "https://goldcoast.example/rss",
    kind: "feed",
    title: "Gold Coast Herald",
    state: "active",
    added: "2024-03-01T00:00:00Z",
    lastTried: "2024-03-14T14:20:00Z",
    lastSuccess: "2024-03-12T02:00:00Z",
    failures: 7,
    nextPoll: "2024-03-14T18:00:00Z",
    intervalMinutes: 240,
    itemsPerDay: 1.2,
    usualPerDay: 9.8,
    textShare: 0.4,
    lastError: "The server answered 503; it is asked again in four hours",
    alarm: "Brings far less than usual: 1.2 a day against 9.8",
  });
}

export async function fixtureStore(): Promise<Store> {
  const store = createMemoryStore();
  await fill(store);
  return store;
}
