/** An article: its text with the facts marked, a card for each fact, versions, copies. The full text is for the local user. */
import type { Child } from "hono/jsx";
import type { Article, ArticleRow, CopyLink, Fate, Span } from "../../model/index.ts";
import { factDecisions, storyDecisions } from "../../stories/hand.ts";
import { headingOf } from "../../text/heading.ts";
import type { Ctx } from "../context.ts";
import { Arcs } from "../ui/arcs.tsx";
import { Evidence } from "../ui/copies.tsx";
import { DiffPair } from "../ui/diff.tsx";
import { Sheet } from "../ui/layout.tsx";
import { type Fact, MarkedText, MarkedTitle, newMarking } from "../ui/marked.tsx";
import { Away, Demo, Empty, FateTags, GenreTag, Section, spanHref, Tag, When } from "../ui/parts.tsx";
import {
  comma,
  countryName,
  dayYear,
  hostOf,
  languageName,
  length,
  moment,
  partial,
  percent,
} from "../ui/words.ts";
import type { ArticleData } from "./article-data.ts";
import { FactCard, FactList } from "./fact-card.tsx";
import { StaleNotes } from "./story-reports.tsx";

/** `mark=120-180` → the span, when it lies in the text. */
export function spanOf(value: string | null, size: number): Span | undefined {
  const found = /^(\d{1,9})-(\d{1,9})$/.exec(value ?? "");
  if (found === null) return undefined;
  const [start, end] = [Number(found[1]), Number(found[2])];
  return start < end && end <= size ? { start, end } : undefined;
}

export async function articlePage(ctx: Ctx, id: string) {
  const { store } = ctx;
  const reading = await store.reading(id);
  if (reading === undefined) return undefined;
  const [row, versions, links] = await Promise.all([store.row(id), store.versions(id), store.copyLinks(id)]);
  const ids = [
    ...links.originals.flatMap((l) => l.original ?? []),
    ...links.copies.map((l) => l.copy),
    ...(row?.fates ?? []).flatMap((f) => f.by ?? []),
  ];
  const [near, story, decisions, incidents] = await Promise.all([
    store.rows(ids),
    row === undefined ? undefined : store.story(row.storyId),
    store.decisions(),
    row === undefined ? { rows: [] } : store.incidents({ storyId: row.storyId }, { limit: 200 }),
  ]);
  const facts: readonly Fact[] = [
    ...reading.quantities.map((fact): Fact => ({ kind: "quantity", fact })),
    ...reading.quotes.map((fact): Fact => ({ kind: "quote", fact })),
    ...reading.events.map((fact): Fact => ({ kind: "event", fact })),
  ].toSorted((a, b) => a.fact.span.start - b.fact.span.start);
  const judged = factDecisions(reading, decisions);
  const rejected = new Set([...judged].flatMap(([fact, d]) => (d.action === "reject" ? [fact] : [])));
  const { text, language } = reading.article;
  const passage = spanOf(ctx.search.get("mark"), text.length);
  const sentence = passage && reading.sentences.find((s) => s.start <= passage.start && s.end >= passage.end);
  const parsed =
    ctx.search.has("parse") && sentence !== undefined
      ? await ctx.options.parseSentence?.(text.slice(sentence.start, sentence.end), language)
      : undefined;
  const data: ArticleData = {
    reading,
    row,
    versions,
    ...links,
    story,
    near: new Map<string, ArticleRow>(near.map((r) => [r.id, r])),
    incidents: incidents.rows,
    facts,
    passage,
    parsed,
    judged,
    moved: storyDecisions(decisions).filter((d) => d.hand.articles.some((a) => a === id)),
    marking: newMarking(rejected),
  };
  return <ArticleView ctx={ctx} data={data} />;
}

const ArticleView = ({ ctx, data }: { ctx: Ctx; data: ArticleData }) => {
  const { t } = ctx;
  const { reading, row, facts, passage, parsed } = data;
  const { article } = reading;
  const path = `/article/${article.id}`;
  return (
    <Sheet ctx={ctx} title={headingOf(article)} permalink={path} description={article.summary}>
      <article>
        <ArticleHead ctx={ctx} data={data} />
        <div class="cols">
          <div>
            {row?.fates === undefined ? null : <Fates ctx={ctx} fates={row.fates} near={data.near} />}
            {article.correction === undefined || opensWith(article, article.correction) ? null : (
              <p class="note-box">
                <b>{t("article.correction")}:</b> {article.correction}
              </p>
            )}
            {parsed === undefined ? null : (
              <Section id="parse" title={t("article.parse")} note={t("article.parseNote")}>
                <Arcs sentence={parsed} label={t("article.parse")} />
              </Section>
            )}
            <MarkedText
              ctx={ctx}
              article={article}
              facts={facts}
              passage={passage}
              marking={data.marking}
              source={sourceOf(ctx, data)}
            />
            {ctx.options.parseSentence === undefined ||
            passage === undefined ||
            parsed !== undefined ? null : (
              <p class="small">
                <a
                  class="link"
                  href={ctx.href(`${path}#parse`, { mark: `${passage.start}-${passage.end}`, parse: true })}
                >
                  {t("article.showParse")}
                </a>
              </p>
            )}
            {hostOf(article.url) === "" ? null : (
              <p class="small">
                <Away href={article.url}>{t("article.readOriginal", { outlet: article.outletName })}</Away> (
                {hostOf(article.url)})
              </p>
            )}
          </div>
          <div>
            <FactList ctx={ctx} data={data} />
            <CopiesOf ctx={ctx} data={data} />
            <About ctx={ctx} data={data} />
          </div>
        </div>
      </article>
      <ul class="fact-cards">
        {facts.map((f) => (
          <FactCard ctx={ctx} fact={f} data={data} />
        ))}
      </ul>
      <Versions ctx={ctx} data={data} />
    </Sheet>
  );
};

/** Whether the text itself begins with these words, after its headline: they need no second place above it. */
export const opensWith = ({ text, title }: Pick<Article, "text" | "title">, words: string): boolean =>
  text.slice(0, title.length + words.length + 80).includes(words);

const ArticleHead = ({ ctx, data }: { ctx: Ctx; data: ArticleData }) => {
  const { t } = ctx;
  const { reading, row, originals } = data;
  const { article } = reading;
  const film = article.media.find((m) => m.kind === "video");
  return (
    <header class="page-head article-head">
      <p class="kicker">
        <a href={ctx.href(`/outlet/${article.outletId}`)} dir="auto">
          {article.outletId === "unknown" ? t("outlet.unknown") : article.outletName}
        </a>{" "}
        <Demo ctx={ctx} show={article.demo} />
        {article.section === undefined ? "" : ` · ${article.section}`}
        {reading.countries.slice(0, 2).map((c) => (
          <>
            {" · "}
            <a href={ctx.href(`/country/${c.code}`)}>{countryName(c.code, ctx.locale)}</a>
          </>
        ))}
      </p>
      <h1 lang={article.language} dir="auto">
        <MarkedTitle
          ctx={ctx}
          article={article}
          facts={data.facts}
          passage={data.passage}
          marking={data.marking}
        />
      </h1>
      <p class="byline">
        <b dir="auto">
          {article.byline.length === 0
            ? t("article.unsigned")
            : t("article.by", { names: article.byline.join(comma(ctx)) })}
        </b>
        <span>
          {article.published === undefined ? (
            t("article.noDate")
          ) : (
            <>
              {t("article.published")}{" "}
              <time datetime={article.published.value}>{partial(article.published.value, ctx, true)}</time>
              {article.published.zone === "assumed" ? ` (${t("article.zoneAssumed")})` : ""}
            </>
          )}
        </span>
        {article.modified === undefined ||
        partial(article.modified.value, ctx, true) ===
          partial(article.published?.value ?? "", ctx, true) ? null : (
          <span>
            {t("article.modified")}{" "}
            <time datetime={article.modified.value}>{partial(article.modified.value, ctx, true)}</time>
          </span>
        )}
        <span>
          {t("article.firstSeen")}{" "}
          <time datetime={article.firstSeen}>{moment(Date.parse(article.firstSeen), ctx)}</time>
        </span>
        <span>{languageName(article.language, ctx.locale)}</span>
        <GenreTag ctx={ctx} genre={article.genre} />
        {row === undefined ? null : <FateTags ctx={ctx} row={row} />}
        {article.wireTags.map((tag) => (
          <Tag kind="plain">{tag}</Tag>
        ))}
        {data.versions.length < 2 ? null : (
          <a class="link" href="#versions">
            {t("count.versions", { count: data.versions.length })}
          </a>
        )}
      </p>
      {data.story === undefined || row === undefined ? null : (
        <div class="stale-notes">
          <StaleNotes ctx={ctx} story={data.story} row={row} />
        </div>
      )}
      {originals.length === 0 ? null : (
        <p class="byline">
          {originals.map((l) => (
            <span>
              <OriginalOf ctx={ctx} link={l} near={data.near} />
            </span>
          ))}
        </p>
      )}
      {row === undefined ? null : (
        <p class="byline">
          {film === undefined ? null : (
            <span>
              <Away href={film.player ?? film.url}>{t("video.play", { outlet: article.outletName })}</Away>
              {film.durationSeconds === undefined ? "" : ` · ${length(film.durationSeconds)}`}
            </span>
          )}
          <a class="link" href={ctx.href(`/story/${row.storyId}`)}>
            {t("article.toStory")}
          </a>
          {data.moved.slice(-1).map((d) => (
            <span>
              <Tag kind="plain">{t("hand.byHand")}</Tag> {t("hand.because", { reason: d.reason })} (
              {t("hand.by", { name: d.who, time: moment(Date.parse(d.at), ctx) })})
            </span>
          ))}
        </p>
      )}
    </header>
  );
};

/** What became of the text, with the notice that says so. */
const Fates = ({
  ctx,
  fates,
  near,
}: {
  ctx: Ctx;
  fates: readonly Fate[];
  near: ReadonlyMap<string, ArticleRow>;
}) => (
  <div class="note-box" id="since-then">
    {fates.map((f) => {
      const notice = f.by === undefined ? undefined : near.get(f.by);
      return (
        <p>
          <b>
            {ctx.t(`fate.${f.kind}${f.via === undefined ? "" : ".via"}`, {
              day: dayYear(Date.parse(f.at), ctx),
            })}
          </b>
          {": "}
          {notice === undefined ? (
            <span dir="auto">{f.words}</span>
          ) : (
            <>
              <bdi>{notice.outletName}</bdi>{" "}
              <a class="link" href={spanHref(ctx, notice.id, f.span)} dir="auto">
                {f.words}
              </a>
            </>
          )}{" "}
          <span class="small">({moment(Date.parse(f.at), ctx)})</span>
        </p>
      );
    })}
  </div>
);

/** Of a text put together from several, or only partly taken over: the name of the source before each run of paragraphs. */
function sourceOf(ctx: Ctx, { originals, near, reading }: ArticleData): ((block: Span) => Child) | undefined {
  const told = originals.filter((l) => l.parts !== undefined && l.parts.length > 0);
  const blocks = reading.article.blocks.length;
  const taken = new Set(told.flatMap((l) => (l.parts ?? []).map((p) => p.span.start)));
  if (told.length === 0 || (told.length === 1 && taken.size >= blocks - 1)) return undefined;
  let before: string | undefined;
  return (block) => {
    const shares = told
      .flatMap((link) =>
        (link.parts ?? [])
          .filter((p) => p.span.start < block.end && p.span.end > block.start)
          .map((p) => ({ link, share: p.share })),
      )
      .toSorted((a, b) => b.share - a.share);
    const best = shares[0]?.link;
    const key = best?.original ?? "";
    if (key === before) return null;
    before = key;
    const row = best?.original === undefined ? undefined : near.get(best.original);
    return row === undefined ? (
      <span class="from">{ctx.t("copy.own")}</span>
    ) : (
      <a class="from" href={ctx.href(`/article/${row.id}`)} dir="auto">
        {ctx.t("copy.from", { outlet: row.outletName })}
      </a>
    );
  };
}

const OriginalOf = ({
  ctx,
  link,
  near,
}: {
  ctx: Ctx;
  link: CopyLink;
  near: ReadonlyMap<string, ArticleRow>;
}) => {
  const { t } = ctx;
  const row = link.original === undefined ? undefined : near.get(link.original);
  const share =
    link.share === undefined ? "" : `, ${t("article.share", { share: percent(link.share, ctx.locale) })}`;
  if (row === undefined)
    return (
      <>
        {t("article.originalUnknown")}
        {link.originalOutlet === undefined ? "" : `: ${link.originalOutlet}`}
        {link.originalUrl === undefined ? null : <> ({hostOf(link.originalUrl)})</>}
        {share}
      </>
    );
  return (
    <>
      <a class="link" href={ctx.href(`/article/${row.id}`)} dir="auto">
        {t("article.copyOf", { original: `${row.outletName}: ${row.title}` })}
      </a>
      {share}
    </>
  );
};

const CopiesOf = ({ ctx, data }: { ctx: Ctx; data: ArticleData }) => {
  const { t } = ctx;
  const { originals, copies, near } = data;
  if (originals.length + copies.length === 0) return null;
  return (
    <Section id="copies" title={t("story.copies")}>
      <ul class="tree">
        {originals.map((l) => (
          <li>
            <OriginalOf ctx={ctx} link={l} near={near} />{" "}
            <span class="evidence">
              <Evidence ctx={ctx} link={l} /> ·{" "}
              {t("copy.confidence", { share: percent(l.confidence, ctx.locale) })}
            </span>
            {l.parts === undefined || l.parts.length === 0 ? null : (
              <div class="small">
                {t("copy.parts")}{" "}
                {l.parts.map((p, i) => (
                  <>
                    <a
                      class="link"
                      href={ctx.href(`/article/${l.copy}#mark`, { mark: `${p.span.start}-${p.span.end}` })}
                    >
                      {i + 1}
                    </a>{" "}
                  </>
                ))}
              </div>
            )}
          </li>
        ))}
        {copies.map((l) => {
          const row = near.get(l.copy);
          return row === undefined ? null : (
            <li>
              <a href={ctx.href(`/article/${row.id}`)} dir="auto">
                <b>{row.outletName}</b>
              </a>{" "}
              <span class="when-small">
                <When ctx={ctx} row={row} />
              </span>{" "}
              {l.share === undefined ? null : (
                <span class="num">{t("article.share", { share: percent(l.share, ctx.locale) })}</span>
              )}{" "}
              <span class="evidence">
                <Evidence ctx={ctx} link={l} />
              </span>
            </li>
          );
        })}
      </ul>
    </Section>
  );
};

const About = ({ ctx, data }: { ctx: Ctx; data: ArticleData }) => {
  const { t } = ctx;
  const { article, notes } = data.reading;
  const media = article.media.filter((m) => m.kind === "video" || m.kind === "audio");
  return (
    <Section id="record" title={t("article.record")}>
      <dl class="facts-dl">
        {[...new Set(article.credits.map((c) => c.words))].map((words) => (
          <>
            <dt>{t("article.creditLabel")}</dt>
            <dd dir="auto">{words}</dd>
          </>
        ))}
        {article.sourceLinks.map((l) => (
          <>
            <dt>{t(`link.${l.relation}`)}</dt>
            <dd>
              <Away href={l.url}>{l.words === "" ? hostOf(l.url) : l.words}</Away> ({hostOf(l.url)})
            </dd>
          </>
        ))}
        {article.dateline === undefined ? null : (
          <>
            <dt>{t("article.dateline")}</dt>
            <dd dir="auto">{article.dateline.words.replace(/\s*[-–—]\s*$/, "")}</dd>
          </>
        )}
        {media.map((m) => (
          <>
            <dt>{t(`media.${m.kind}`)}</dt>
            <dd>
              <Away href={m.player ?? m.url}>{m.title ?? hostOf(m.player ?? m.url)}</Away>
              {m.durationSeconds === undefined ? "" : `, ${length(m.durationSeconds)}`}
            </dd>
          </>
        ))}
        <dt>{t("article.dateFrom")}</dt>
        <dd>
          {article.published === undefined
            ? t("article.noDate")
            : `${t(`date.from.${article.published.basis}`)}${article.published.words === undefined ? "" : `: “${article.published.words}”`}`}
        </dd>
        <dt>{t("about.pipeline")}</dt>
        <dd>
          <code>{article.pipeline}</code>
        </dd>
      </dl>
      {[...article.notes, ...notes].length === 0 ? null : (
        <details>
          <summary>{t("article.notes")}</summary>
          <ul class="small">
            {[...article.notes, ...notes].slice(0, 30).map((n) => (
              <li>
                <code>
                  {n.stage}/{n.code}
                </code>{" "}
                {n.detail}
              </li>
            ))}
          </ul>
        </details>
      )}
    </Section>
  );
};

const Versions = ({ ctx, data }: { ctx: Ctx; data: ArticleData }) => {
  const { t } = ctx;
  const { versions, reading } = data;
  if (versions.length < 2) return null;
  const path = `/article/${reading.article.id}`;
  const wanted = Number(ctx.search.get("v") ?? versions.length - 1);
  const index =
    Number.isInteger(wanted) && wanted > 0 && wanted < versions.length ? wanted : versions.length - 1;
  const [before, after] = [versions[index - 1], versions[index]];
  return (
    <Section
      id="versions"
      title={t("article.versions")}
      note={t("count.versions", { count: versions.length })}
    >
      <ol class="tabs">
        {versions.map((v, i) => (
          <li>
            {i === 0 ? (
              <span class="small">{moment(Date.parse(v.seen), ctx)}</span>
            ) : (
              <a
                href={ctx.href(`${path}#versions`, { v: i })}
                aria-current={i === index ? "true" : undefined}
              >
                {moment(Date.parse(v.seen), ctx)} · {t(`version.${v.change}`)} (+{v.added} −{v.removed})
              </a>
            )}
          </li>
        ))}
      </ol>
      {after === undefined ? null : <p class="small">{after.evidence}</p>}
      {before?.text === undefined || after?.text === undefined ? (
        <Empty>{t("article.versionGone")}</Empty>
      ) : (
        <DiffPair
          before={before.text}
          after={after.text}
          language={reading.article.language}
          titles={[
            t("article.versionAt", { time: moment(Date.parse(before.seen), ctx) }),
            t("article.versionAt", { time: moment(Date.parse(after.seen), ctx) }),
          ]}
        />
      )}
    </Section>
  );
};
