/**
 * Page bytes → Article: the one entrance to extraction for HTML.
 *
 * decode → parse → segment into blocks → judge the blocks → body; beside it metadata, JSON-LD, times, authors, media, links.
 * Never throws on what a page holds; works in time and memory linear in its size. A page that is no article is declined
 * with its reason. Genre is only what markup says: reading the text is another stage's work.
 */
import { createHash } from "node:crypto";
import type { Document } from "domhandler";
import { alone, OPINION_WORDS } from "../lang/opinion.ts";
import {
  type Article,
  ArticleId,
  type ArticleResult,
  type Declined,
  type Genre,
  type Note,
  OutletId,
} from "../model/index.ts";
import { decodeBytes } from "../text/charset.ts";
import { absolute, canonicalOf, cleanUrl, hostOf, siteOf } from "./address.ts";
import { assemble, type Piece, piecesOf } from "./assemble.ts";
import { readAuthors } from "./authors.ts";
import { type BodyBlock, chooseBlocks } from "./body.ts";
import { collect, metaOf, type PageIndex } from "./collect.ts";
import { knownIn, readCredits } from "./credits.ts";
import { dayOrder } from "./datewords.ts";
import { whyNotArticle } from "./decline.ts";
import { foldSpace, inertMarkup, parseMarkup } from "./dom.ts";
import { wordsIn } from "./features.ts";
import { pageHints } from "./hints.ts";
import { ARTICLE_TYPE, listOf, plainOf, readJsonLd, type Thing, typesOf, wordsOf } from "./jsonld.ts";
import { guessLanguage, settleLanguage } from "./language.ts";
import { mainThing } from "./mainthing.ts";
import { readMedia } from "./media.ts";
import { kindOfName, nameKey } from "./names.ts";
import { outletNameOf } from "./outletname.ts";
import { isCorrection, readDateline, readSourceLinks, readWireTags } from "./provenance.ts";
import { readTimes } from "./published.ts";
import { type RawBlock, segment } from "./segment.ts";
import { slug } from "./slug.ts";
import { stateBody } from "./state.ts";
import { readTitle, siteKeys } from "./title.ts";
import { isMarkedCredit, trimBody, withoutNames } from "./trim.ts";
import { type ArticleWeights, judge } from "./weights.ts";
import { zoneOf } from "./zone.ts";

export type KnownOutlet = { readonly id: string; readonly name: string; readonly hosts: readonly string[] };

export type ExtractOptions = {
  /** Address the page was read at; absent for loose files. */
  readonly url?: string | undefined;
  readonly contentType?: string | undefined;
  /** When the bytes were first seen, ISO 8601: nothing is dated after it. */
  readonly fetchedAt: string;
  /** Learnt weights, from data/article/weights.json. */
  readonly weights: ArticleWeights;
  /** Outlets known by host: their names win over what the page calls itself. */
  readonly outlets?: readonly KnownOutlet[] | undefined;
  readonly pipeline?: string | undefined;
  readonly rawSha256?: string | undefined;
};

const STAGE = "article";
const declined = (reason: Declined["reason"], detail: string): Declined => ({ ok: false, reason, detail });
const sha256 = (text: string): string => createHash("sha256").update(text, "utf8").digest("hex");

/**
 * @example extractArticle("<h1>Rain</h1><p>It rained …</p>", { fetchedAt: "2024-05-01T10:00:00Z", weights })
 */
export function extractArticle(input: Uint8Array | string, options: ExtractOptions): ArticleResult {
  const html =
    typeof input === "string"
      ? input
      : decodeBytes(input, { contentType: options.contentType, kind: "html" }).text;
  if (html.trim() === "") return declined("empty", "The page has no content");
  const kind = otherKind(input, html, options.contentType);
  if (kind !== undefined) return declined("not-html", `The content is ${kind}, not a web page`);
  return extractFrom(html, options);
}

/** What the bytes are when they are no web page. */
function otherKind(
  input: Uint8Array | string,
  html: string,
  contentType: string | undefined,
): string | undefined {
  const head = html.slice(0, 2048).trimStart();
  if (head.startsWith("%PDF-")) return "a PDF file";
  if (typeof input !== "string") {
    const [a, b, c] = input;
    if (a === 0x89 && b === 0x50) return "a PNG picture";
    if (a === 0xff && b === 0xd8 && c === 0xff) return "a JPEG picture";
    if (a === 0x50 && b === 0x4b) return "a ZIP archive";
    if (a === 0x1f && b === 0x8b) return "compressed data";
  }
  if (head.startsWith("GIF8")) return "a GIF picture";
  if ((head.match(/\0|\ufffd/g)?.length ?? 0) > head.length * 0.15) return "binary data";
  if (/^[{[]/.test(head) && /json/i.test(contentType ?? "")) return "JSON";
  if (/^(<\?xml[^>]*>\s*)?(<!--[^>]*-->\s*)*<(rss|feed|rdf:RDF|urlset|sitemapindex|opml)\b/i.test(head))
    return "a feed or sitemap";
  if (!/<\/?[a-z!][^<>]*>?/i.test(html.slice(0, 200_000))) return "text without markup";
  return undefined;
}

function extractFrom(html: string, options: ExtractOptions): ArticleResult {
  const { url } = options;
  const notes: Note[] = [];
  const note = (code: string, detail?: string): void => {
    notes.push({ stage: STAGE, code, ...(detail === undefined ? {} : { detail }) });
  };
  const { root, cut } = parseMarkup(html);
  for (const bound of cut)
    note("page-cut", `The page exceeds the bound on ${bound}; the rest was left unread`);
  const index = collect(root);
  const graph = readJsonLd(index.jsonLd);
  if (graph.malformed > 0)
    note(
      "json-ld-malformed",
      `${graph.malformed} of ${index.jsonLd.length} JSON-LD blocks could not be read`,
    );
  const blocks = blocksOf(root, note);
  const base =
    absolute(index.base, url) ??
    url ??
    absolute(metaOf(index, "og:url"), undefined) ??
    index.links
      .map((l) => (l.rel === "canonical" ? absolute(l.href, undefined) : undefined))
      .find((l) => l !== undefined);
  const canonical = canonicalOf(
    [
      ...index.links
        .filter((l) => l.rel.split(/\s+/).includes("canonical"))
        .map((l) => absolute(l.href, base)),
      absolute(metaOf(index, "og:url"), base),
    ],
    url ?? undefined,
  );
  const pageUrl = url ?? canonical.own;
  const host = hostOf(pageUrl);

  const hints = pageHints(index, graph, blocks);
  const thing = mainThing(
    graph,
    hints.titles,
    [pageUrl, canonical.own].filter((u): u is string => u !== undefined),
  );
  const outlet = outletNameOf(index, graph, thing, host, options.outlets ?? []);
  const headline = readTitle(index, thing, outlet.name, host);
  const title = headline.title ?? "";

  const { probability } = judge(blocks, hints, options.weights);
  const headings = [...hints.titles, title].map((t) => wordsIn(t).join(" "));
  // Some themes set headline and summary into one block, unseen, for those who listen.
  const summed = wordsIn(hints.description ?? "").join(" ");
  const titleKeys = new Set([...headings, ...headings.map((h) => `${h} ${summed}`)]);
  const { body, cut: frameLines } = trimBody(
    chooseBlocks(blocks, probability, options.weights.threshold, titleKeys),
  );

  const zone = zoneOf(index, body, title);
  const sites = siteKeys(index, outlet.name, host);
  const signed = readAuthors({ index, graph, thing, sites, host, zone, blocks, body });
  const knownOutlets = (options.outlets ?? []).map((o) => o.name).filter((name) => !sites.has(nameKey(name)));
  // An agency that stands where the author stands is a credit, not a person
  const isAgency = (name: string): boolean =>
    knownIn(name, knownOutlets) !== undefined ||
    (kindOfName(name) === "body" && frameLines.some((line) => nameKey(line) === nameKey(name)));
  const byline = signed.names.filter((name) => !isAgency(name));
  const pieces = bodyPieces(
    withoutNames(body, byline),
    hints.articleBody,
    index.state,
    hints.description,
    note,
  );
  const media = readMedia(index, graph, thing, base, zone);
  const isArticleMarkup =
    thing !== undefined &&
    typesOf(thing).some((type) => ARTICLE_TYPE.test(type)) &&
    (thing["datePublished"] !== undefined || thing["articleBody"] !== undefined);
  const verdict = whyNotArticle(
    index,
    blocks,
    body,
    isArticleMarkup || pieces.length > body.length,
    media.some((m) => m.kind === "video"),
    pageUrl,
  );
  if (verdict !== undefined)
    return { ...declined(verdict.reason, verdict.detail), ...(notes.length === 0 ? {} : { notes }) };
  const sourceLine = frameLines.find((line) =>
    /^(?:source link|original link|link to source|enlace original|ссылка|رابط)/i.test(line),
  );
  if (sourceLine !== undefined)
    note("source-link-bare", `The page ends in "${sourceLine}": it names another original`);
  if (pieces.length === 0) note("body-empty", "No running text was found; the headline stands alone");

  const declaredLanguage =
    index.lang ??
    metaOf(
      index,
      "content-language",
      "og:locale",
      "language",
      "dc.language",
      "dcterms.language",
      "inlanguage",
    ) ??
    (thing === undefined ? undefined : wordsOf(thing["inLanguage"]));
  const language = settleLanguage(declaredLanguage, guessLanguage(pieces.map((p) => p.text).join("\n")));
  if (language.disagree)
    note(
      "language-disagrees",
      `The markup declares ${declaredLanguage}; the text reads as ${language.language}`,
    );

  const locale =
    language.language === "en"
      ? (metaOf(index, "og:locale")?.replace("_", "-") ?? language.language)
      : language.language;
  const times = readTimes(index, thing, {
    fetchedAt: options.fetchedAt,
    order: dayOrder(locale, host),
    url: pageUrl,
    zone,
    blocks,
    body,
    title,
  });
  for (const value of times.rejected.slice(0, 5))
    note("date-rejected", `Not plausible as a time of publication: ${value}`);

  const { text, blocks: textBlocks, bodyStart } = assemble(title, pieces);
  const dateline = firstDateline(text, textBlocks);
  const correctionBlock = textBlocks.find(
    (b) => b.kind === "note" && isCorrection(text.slice(b.span.start, b.span.end)),
  );
  const correction =
    correctionBlock === undefined
      ? blocks.find(
          (b) => b.frame.element !== undefined && isCorrection(b.text) && zone.near(b.frame.element),
        )?.text
      : text.slice(correctionBlock.span.start, correctionBlock.span.end);
  const genre = markupGenre(thing, metaOf(index, "article:section"), pageUrl, title);
  const textSha256 = sha256(text);
  const canonicalUrl = canonical.own;
  const summary = metaOf(index, "og:description", "description", "twitter:description");
  const section = sectionOf(index, thing);
  const free = freeOf(thing, index);

  const article: Article = {
    id: ArticleId.parse(
      `a${sha256(canonicalUrl ?? (pageUrl === undefined ? text : cleanUrl(pageUrl))).slice(0, 16)}`,
    ),
    url: pageUrl ?? "",
    ...(canonicalUrl === undefined ? {} : { canonicalUrl }),
    outletId: OutletId.parse(outlet.id ?? (host === undefined ? slug(outlet.name) : siteOf(host))),
    outletName: outlet.name ?? host ?? "unknown",
    title,
    ...(headline.kicker === undefined ? {} : { kicker: headline.kicker }),
    ...(summary === undefined ? {} : { summary: foldSpace(plainOf(summary)).slice(0, 1000) }),
    byline,
    ...(times.published === undefined ? {} : { published: times.published }),
    ...(times.modified === undefined ? {} : { modified: times.modified }),
    firstSeen: options.fetchedAt,
    language: language.language,
    genre: genre.genre,
    ...(genre.made === undefined ? {} : { genreMade: genre.made }),
    ...(section === undefined ? {} : { section }),
    tags: tagsOf(index, thing),
    text,
    textSha256,
    blocks: textBlocks,
    media,
    credits: readCredits({
      text,
      blocks: textBlocks.filter((b) => b.span.start >= bodyStart),
      authors: signed.names,
      marked: [
        ...creditMetas(index, thing),
        ...frameLines,
        ...blocks
          .filter((b) => isMarkedCredit(b) && b.frame.element !== undefined && zone.near(b.frame.element))
          .map((b) => b.text),
      ],
      after: linesAfter(blocks, body),
      known: knownOutlets,
      own: sites,
    }),
    sourceLinks: readSourceLinks(
      index,
      base,
      zone,
      canonical.foreign,
      metaOf(index, "syndication-source", "original-source"),
    ),
    wireTags: readWireTags(title, text.slice(bodyStart, bodyStart + 200)),
    ...(correction === undefined ? {} : { correction }),
    ...(correctionBlock === undefined ? {} : { correctionSpan: correctionBlock.span }),
    ...(dateline === undefined ? {} : { dateline }),
    ...(free === undefined ? {} : { free }),
    demo: false,
    ...(options.rawSha256 === undefined ? {} : { rawSha256: options.rawSha256 }),
    pipeline: options.pipeline ?? "0",
    notes,
  };
  return { ok: true, article };
}

/** Blocks of the page; of its inert templates too where the page itself shows hardly any text. */
function blocksOf(root: Document, note: (code: string, detail?: string) => void): readonly RawBlock[] {
  const { blocks } = segment(root);
  const prose = blocks.reduce(
    (sum, b) => sum + (b.text.length > 80 && b.linkChars < b.text.length / 3 ? b.text.length : 0),
    0,
  );
  if (prose > 400) return blocks;
  const inert = inertMarkup(root);
  if (inert === undefined) return blocks;
  note("body-from-template", "The text stands in a script template of the page");
  return [...blocks, ...segment(inert, blocks.length).blocks];
}

/** The judged body; the JSON-LD body stands in where the page shows next to nothing of it. */
function bodyPieces(
  body: readonly BodyBlock[],
  articleBody: string | undefined,
  state: readonly string[],
  description: string | undefined,
  note: (code: string, detail?: string) => void,
): readonly Piece[] {
  const letters = body.reduce((sum, b) => sum + b.text.length, 0);
  if (articleBody !== undefined && articleBody.length > 250 && letters < articleBody.length * 0.35) {
    note("body-from-json-ld", "The text stands in the page's JSON-LD only");
    return paragraphsOf(articleBody);
  }
  const kept = letters < 300 ? stateBody(state) : undefined;
  if (kept !== undefined && letters < kept.length * 0.35) {
    note("body-from-script", "The text stands only in the data that the page gives its own programs");
    return paragraphsOf(kept);
  }
  return piecesOf(body, description);
}

function paragraphsOf(text: string): readonly Piece[] {
  return text
    .split(/\n{2,}|\r\n\r\n|(?<=[.!?…”"])\n/)
    .map((part) => foldSpace(part))
    .filter((part) => part !== "")
    .map((part) => ({ kind: "paragraph", text: part }));
}

function firstDateline(text: string, blocks: Article["blocks"]): Article["dateline"] {
  const first = blocks.filter((b) => b.kind === "paragraph" || b.kind === "lead").slice(0, 2);
  for (const block of first) {
    const found = readDateline(text, block.span.start);
    if (found !== undefined) return found;
  }
  return undefined;
}

const OPINION = alone(
  `${OPINION_WORDS}|meinung|kommentare?|kolumnen?|leitartikel|tribunes?|éditos?|editoriales?|opinione|opinioni|opinião`,
);

function markupGenre(
  thing: Thing | undefined,
  section: string | undefined,
  url: string | undefined,
  title: string,
): { genre: Genre; made: string | undefined } {
  const types = thing === undefined ? [] : typesOf(thing);
  if (types.includes("LiveBlogPosting")) return { genre: "live", made: "article/json-ld-type" };
  if (types.includes("OpinionNewsArticle")) return { genre: "opinion", made: "article/json-ld-type" };
  if (types.includes("AnalysisNewsArticle")) return { genre: "analysis", made: "article/json-ld-type" };
  if (types.includes("BackgroundNewsArticle")) return { genre: "feature", made: "article/json-ld-type" };
  if (section !== undefined && OPINION.test(section)) return { genre: "opinion", made: "article/section" };
  const path =
    url
      ?.replace(/^https?:\/\/[^/]+/i, "")
      .split("/")
      .slice(0, -1)
      .join(" ")
      .replace(/[-_]/g, "-") ?? "";
  if (OPINION.test(path)) return { genre: "opinion", made: "article/address" };
  if (/^(opinion|editorial|kommentar|leitartikel|column|op-ed)\s*[:|–-]/i.test(title))
    return { genre: "opinion", made: "article/title" };
  return { genre: "news", made: undefined };
}

function sectionOf(index: PageIndex, thing: Thing | undefined): string | undefined {
  const section =
    metaOf(
      index,
      "article:section",
      "section",
      "parsely-section",
      "sailthru.section",
      "dc.subject.section",
      "cxenseparse:section",
    ) ?? (thing === undefined ? undefined : wordsOf(thing["articleSection"]));
  return section === undefined || section.length > 80 || /^https?:/.test(section)
    ? undefined
    : foldSpace(plainOf(section));
}

function tagsOf(index: PageIndex, thing: Thing | undefined): readonly string[] {
  const own = [
    ...(index.metas.get("article:tag") ?? []),
    ...(index.metas.get("parsely-tags") ?? []),
    ...(index.metas.get("news_keywords") ?? []),
    ...listOf(thing?.["keywords"]).map((k) => wordsOf(k) ?? ""),
  ];
  const all = own.length > 0 ? own : (index.metas.get("keywords") ?? []);
  const tags = all
    .flatMap((value) => value.split(/[,;]/))
    .map((tag) => foldSpace(plainOf(tag)))
    .filter((tag) => tag.length > 1 && tag.length < 60);
  return [...new Map(tags.map((tag) => [tag.toLowerCase(), tag])).values()].slice(0, 40);
}

function linesAfter(blocks: readonly RawBlock[], body: readonly BodyBlock[]): readonly string[] {
  const last = body.at(-1);
  const at = last === undefined ? -1 : blocks.indexOf(last.raw);
  return at < 0 ? [] : blocks.slice(at + 1, at + 4).map((b) => b.text);
}

function creditMetas(index: PageIndex, thing: Thing | undefined): readonly string[] {
  return [
    metaOf(index, "article:agency", "news_source", "source", "dc.source", "article:provider"),
    thing === undefined
      ? undefined
      : wordsOf(thing["creditText"] ?? thing["sourceOrganization"] ?? thing["provider"]),
  ].filter((w): w is string => w !== undefined);
}

function freeOf(thing: Thing | undefined, index: PageIndex): boolean | undefined {
  const stated = thing?.["isAccessibleForFree"];
  const words =
    typeof stated === "boolean" ? String(stated) : (wordsOf(stated) ?? metaOf(index, "isaccessibleforfree"));
  if (words !== undefined) return !/^(false|no|0)$|\/False$/i.test(words);
  const tier = metaOf(index, "article:content_tier");
  return tier === undefined ? undefined : !/locked|metered|premium|paid/i.test(tier);
}
