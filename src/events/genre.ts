/**
 * Article → genre, after IPTC's genre codes: from what the publisher says (section, tags, address, title), else from the
 * text itself: news reports in other people's words, opinion argues in its own. Counts of reporting verbs, quotations,
 * days, first persons, obligations, judgements and turns of argument are added up with weights set by hand; every answer
 * names its rule. Leaves out satire and advertising. Language-bound word lists are English; other languages get the marks only.
 */
import { alone, OPINION_WORDS } from "../lang/opinion.ts";
import type { Article, Document, Genre } from "../model/index.ts";

export type GenreResult = { readonly genre: Genre; readonly rule: string; readonly score?: number };

type Given = Pick<Article, "title" | "url" | "text"> &
  Partial<Pick<Article, "section" | "tags" | "kicker" | "byline" | "wireTags" | "language">>;

const SECTION: readonly (readonly [RegExp, Genre])[] = [
  [
    alone(`${OPINION_WORDS}|op-?eds|leaders?|view|letters|blogs?/opinion|our-view|tribuna|مقالات الرأي`),
    "opinion",
  ],
  [
    alone(
      "analysis|analyses|explainers?|explained|news-?analysis|análisis|анализ|аналитика|تحليل|fact-?check",
    ),
    "analysis",
  ],
  [
    new RegExp(
      `${alone("live-?blogs?|live-?updates?|live-?news|en-?directo|онлайн-трансляция").source}|/live/`,
      "iu",
    ),
    "live",
  ],
  [/\b(?:features?|long-?reads?|magazine|profiles?|lifestyle|travel|in-depth|reportages?)\b/iu, "feature"],
  [
    /\b(?:press-?releases?|releases|newswire|prnewswire|businesswire|globenewswire|statements-releases|comunicados)\b/iu,
    "release",
  ],
  [/\b(?:advisory|advisories|daybook)\b/iu, "advisory"],
];
const TITLE: readonly (readonly [RegExp, Genre])[] = [
  [
    /^[^\p{L}\p{N}]*(?:opinion|editorial|op-?ed|comment|commentary|column|letters?(?: to the editor)?|leader|our view|viewpoint|the guardian view on|the (?:times|post|observer)['’]s? view|guest post|opinión|columna|tribuna|мнение|колонка|رأي)\s*[:|–—-]|\|\s*(?:opinion|editorial|letters?|comment)\b|: editorial$|\bthe \w+ view on\b/iu,
    "opinion",
  ],
  [
    /^[^\p{L}\p{N}]*(?:analysis|explainer|explained|fact ?check|factbox|timeline|news analysis|q&a|análisis|анализ|تحليل)\s*[:|–—-]|\|\s*(?:analysis|explainer)\b|: an? (?:analysis|explainer)$|(?:–|—|-|:) explained$/iu,
    "analysis",
  ],
  [
    /^[^\p{L}\p{N}]*(?:live|live updates?|as it happened|live blog)\s*[:|–—-]|(?:–|—|-|:|\|) (?:live|live updates?|as it happened|live blog)\b|\blive updates\b/iu,
    "live",
  ],
  [
    /^[^\p{L}\p{N}]*(?:feature|profile|long read|the long read|in pictures|photo essay|obituary|interview|book review|review)\s*[:|–—-]/iu,
    "feature",
  ],
  [/^[^\p{L}\p{N}]*(?:press release|statement by|joint statement|readout of|remarks by)\b/iu, "release"],
  [
    /^[^\p{L}\p{N}]*(?:advisory|news advisory|editors['’]? note|coverage advisory|daybook|media advisory|notice to editors)\b/iu,
    "advisory",
  ],
];
/** "SHAPIRO: Another attempt": a column under its writer's name. */
const COLUMNIST =
  /^(?!(?:UPDATE|LIVE|BREAKING|WATCH|VIDEO|EXCLUSIVE|NATO|COVID|BREXIT|ISIS|NASA|URGENT|ALERT|FACT|READ|POLL|PHOTOS|LISTEN|WRAPUP|CORRECTED|REFILE|FACTBOX|TIMELINE|EXPLAINER|INSIGHT|FOCUS|RPT|UNICEF|OPEC|FIFA|WHO|FBI|CIA|BBC|CNN|KILL|HOLD|WITHDRAWN)\b)[A-Z]{4,}(?:[- ][A-Z]{3,})?: \p{Lu}/u;
const RELEASE =
  /^(?:for immediate release\b|[A-Z][A-Z .,-]{3,40}\/(?:PRNewswire|Business Wire|GlobeNewswire|EIN Presswire)\/)|\b(?:media contacts?|press contacts?):|###\s*$/im;
const ADVISORY =
  /\b(?:attention editors|eds:|editors: |this is a (?:news|media) advisory|planned coverage|moving (?:at|by) \d)/i;

/** Words of the language counted for the text's own voice. */
const REPORTED =
  /\b(?:said|says|told|according to|reported|announced|added|asked|tweeted|wrote|confirmed|stated|testified|spokes(?:man|woman|person)|declined to comment|statement)\b/gi;
const DAYS =
  /\b(?:on|last|late|early) (?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b|\b(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)(?: (?:morning|night|evening|afternoon))?[,.]|\byesterday\b/gi;
const OUGHT =
  /\b(?:must|should|ought to|needs? to|have to|has to|cannot afford|it is (?:time|vital|imperative|essential|crucial|important|clear|right|wrong|a mistake|hard to)|it would be (?:wrong|foolish|a mistake|better)|let us|let['’]s|make no mistake|had better|deserves?)\b/gi;
const FIRST = /\b(?:I|I['’](?:m|ve|d|ll)|my|me|we|our|us|ours|we['’](?:re|ve|ll|d))\b/g;
const SECOND = /\b(?:you|your|yours|yourself|you['’](?:re|ve|ll|d))\b/gi;
const TURNS =
  /\b(?:but|yet|rather|indeed|of course|therefore|thus|hence|instead|however|moreover|nevertheless|nonetheless|in fact|after all|so too|either way|even then|even so|far from|not only|no doubt|to be sure|perhaps|surely|simply put|in other words|for all|at best|at worst|the truth is|the fact is|the problem|the point|the question|the real|that said|what matters|the lesson|ironically|arguably|presumably|clearly|obviously|frankly|unfortunately|why)\b/gi;
const JUDGED =
  /\b(?:key|brutal|dangerous|crucial|critical|vital|foolish|reckless|shameful|cynical|cautionary|dictator\w*|authoritarian|tyran\w+|regime|hypocri\w+|absurd|disastrous|catastroph\w+|misguided|naive|courageous|cowardly|wise|unwise|sensible|profound\w*|brittle|gaping|hollow|tricky|fragile|lasting|fundamental\w*|dilut\w+|bolster\w*|prop(?:s|ped|ping)? up|cling\w*|undermin\w+|risks?|failure|failed|mistake|wrong|right|true|truth|lesson|opportunity|signals?|matters?|deeply|utterly|merely|hardly|scarcely|surely|important|significant|unlikely|likely|seems?|appears?|suggests?|remains?|creates?|needs?)\b/gi;
const QUESTION = /[^.!?]{12,}\?/g;

const per = (count: number, words: number): number => (100 * count) / Math.max(60, words);
const tally = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;
/** Quoted words are somebody else's voice. */
const unquoted = (text: string): string =>
  text.replace(/“[^”\n]{1,1200}”|"[^"\n]{1,1200}"|«[^»\n]{1,1200}»/g, " ");

/** Above so many words to the reader in a hundred a text instructs, advises or offers; columns have a tenth of that. */
const TO_THE_READER = 1.6;

/** Headlines of instructions, lists and offers; fewer words to the reader are enough below them. */
const GUIDE =
  /^(?:how to|where (?:and how )?to|when and (?:where|how) to|\d+\+? )|\b(?:you need to know|step-by-step|gift guide|deals|recipe)\b/i;
const TO_THE_READER_OF_A_GUIDE = 0.6;

/** How much the text argues rather than reports; above zero is opinion. `own` is the body without what it quotes. */
function argues(title: string, body: string, own: string): number {
  const words = body.split(/\s+/).length;
  const quotedWords = words - own.split(/\s+/).length;
  const reported = per(tally(own, REPORTED), words);
  const days = per(tally(own, DAYS), words);
  const ought = per(tally(own, OUGHT), words);
  const first = Math.min(4, per(tally(own, FIRST), words));
  const turns = per(tally(own, TURNS), words);
  const judged = per(tally(own, JUDGED), words);
  const questions = Math.min(1.2, per(tally(own, QUESTION), words));
  const quoted = Math.min(0.4, quotedWords / Math.max(1, words));
  const titled =
    /\b(?:should|must|need to|why|don['’]t|we|our|how to|stop|let['’]s|time to|the case for|the case against|make no mistake|isn['’]t|aren['’]t|can['’]t)\b|\?$/i.test(
      title,
    )
      ? 0.5
      : 0;
  return (
    -0.6 -
    0.95 * reported -
    0.6 * days -
    2.2 * quoted +
    0.75 * ought +
    0.3 * first +
    0.38 * turns +
    0.3 * judged +
    0.5 * questions +
    titled
  );
}

function bySigns(article: Given): GenreResult | undefined {
  for (const tag of article.wireTags ?? [])
    if (tag === "ADVISORY" || tag === "HOLD" || tag === "EMBARGO" || tag === "KILL")
      return { genre: "advisory", rule: "genre/wire-tag" };
  if (COLUMNIST.test(article.title)) return { genre: "opinion", rule: "genre/columnist" };
  for (const [pattern, genre] of TITLE)
    if (pattern.test(article.title)) return { genre, rule: "genre/title" };
  for (const sign of [article.section, article.kicker]) {
    if (sign === undefined) continue;
    for (const [pattern, genre] of SECTION) if (pattern.test(sign)) return { genre, rule: "genre/section" };
  }
  const path = article.url.replace(/^[a-z]+:\/\/[^/]*/i, "").split(/[?#]/)[0] ?? "";
  const folders = path.split("/").slice(0, -1).join("/");
  for (const [pattern, genre] of SECTION)
    if (pattern.test(folders.replace(/[_]/g, "-"))) return { genre, rule: "genre/address" };
  for (const tag of article.tags ?? [])
    if (/^(?:opinion|editorials?|op-ed|comment|columns?|columnists?)$/i.test(tag))
      return { genre: "opinion", rule: "genre/tag" };
  return undefined;
}

const LIVE = /(?:^|\n)\s*(?:\d{1,2}[:.]\d{2}(?: ?[ap]\.?m\.?)?(?: ?(?:GMT|BST|ET|CET|UTC))?|updated at \d)/gi;

/** classifyGenre(article, document) → the genre alone. */
export function classifyGenre(article: Given, doc?: Pick<Document, "language">): Genre {
  return genreOf(article, doc).genre;
}

export function genreOf(article: Given, doc?: Pick<Document, "language">): GenreResult {
  const signed = bySigns(article);
  if (signed !== undefined) return signed;
  const body = article.text.startsWith(article.title)
    ? article.text.slice(article.title.length)
    : article.text;
  if (ADVISORY.test(body.slice(0, 300))) return { genre: "advisory", rule: "genre/words" };
  if (RELEASE.test(body)) return { genre: "release", rule: "genre/words" };
  const words = body.split(/\s+/).length;
  if (tally(body, LIVE) >= 5 && per(tally(body, LIVE), words) > 0.5)
    return { genre: "live", rule: "genre/time-stamps" };
  if (!(doc?.language ?? article.language ?? "en").startsWith("en"))
    return { genre: "news", rule: "genre/default" };
  const own = unquoted(body);
  const score = argues(article.title, body, own);
  const toReader = per(tally(own, SECOND), words);
  if (score > -0.7 && toReader >= (GUIDE.test(article.title) ? TO_THE_READER_OF_A_GUIDE : TO_THE_READER))
    return { genre: "feature", rule: "genre/guide", score };
  if (score > 0) return { genre: "opinion", rule: "genre/argument", score };
  if (
    /^(?:here['’]s (?:what|why|how)|what (?:we know|to know|is|are|you need)|why |how |who (?:is|are) |explain)/i.test(
      article.title,
    ) &&
    score > -0.7
  )
    return { genre: "analysis", rule: "genre/explains", score };
  return { genre: "news", rule: "genre/reports", score };
}
