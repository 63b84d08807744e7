/** The desk: sources with their health, settings, and the page about this edition with our own error rates. */
import type { Child } from "hono/jsx";
import type { Source } from "../../model/index.ts";
import { type Ctx, type Query, withQuery } from "../context.ts";
import { Sheet } from "../ui/layout.tsx";
import { Markdown } from "../ui/markdown.tsx";
import { Empty, NumberedPager, PageHead, pageAsked, Section, Tag } from "../ui/parts.tsx";
import { hostOf, languageName, moment, number, percent } from "../ui/words.ts";

const health = (s: Source): "ok" | "failing" | "quiet" | "waiting" | "paused" | "retired" => {
  if (s.state !== "active") return s.state;
  if (s.failures > 0) return "failing";
  if (s.alarm !== undefined) return "quiet";
  return s.lastSuccess === undefined ? "waiting" : "ok";
};

/** Sources on a page: thousands would be a page of megabytes. */
const A_PAGE = 50;

/** What was done; `again` is the address of a source that can be taken back. */
type Done = { readonly ok: boolean; readonly detail: string; readonly again?: string };

export async function sourcesPage(ctx: Ctx, said?: Done) {
  const { t, store } = ctx;
  const sources = (await store.sources()).toSorted(
    (a, b) =>
      Number(b.alarm !== undefined) - Number(a.alarm !== undefined) ||
      b.failures - a.failures ||
      (a.title ?? a.url).localeCompare(b.title ?? b.url),
  );
  const stats = await store.stats();
  const refused = await store.refusals({ limit: 12 });
  const needy = sources.filter((s) => s.alarm !== undefined || s.failures > 2);
  const asked = (ctx.search.get("q") ?? "").trim().toLowerCase();
  const only = ctx.search.get("health") === "attention";
  const found = (only ? needy : sources).filter(
    (s) => asked === "" || `${s.title ?? ""} ${s.url}`.toLowerCase().includes(asked),
  );
  const { page, pages } = pageAsked(ctx, found.length, A_PAGE);
  const at = (more: Query): string =>
    ctx.href("/sources", { q: asked || undefined, health: only ? "attention" : undefined, ...more });
  return (
    <Sheet ctx={ctx} title={t("sources.title")} section="sources" permalink="/sources">
      <PageHead title={t("sources.title")}>
        <p class="arithmetic">
          <span>{t("count.sources", { count: sources.length })}</span>
          <span>{t("sources.alarms", { count: needy.length })}</span>
          <span>{t("count.reports", { count: stats.articles })}</span>
          <span>{t("sources.refused", { count: stats.refusals })}</span>
        </p>
      </PageHead>
      {said === undefined ? null : (
        <div class={said.ok ? "asof" : "asof alarm"} role="status">
          {said.detail}{" "}
          {said.again === undefined || ctx.options.actions?.addSource === undefined ? null : (
            <form method="post" action={ctx.href("/sources")} class="inline">
              <input type="hidden" name="token" value={ctx.token} />
              <input type="hidden" name="url" value={said.again} />
              <button type="submit">{t("sources.again")}</button>
            </form>
          )}
        </div>
      )}
      {ctx.options.actions?.addSource === undefined ? null : (
        <form method="post" action={ctx.href("/sources")} class="known">
          <input type="hidden" name="token" value={ctx.token} />
          <label for="source-url">{t("sources.add")}</label>
          <input
            id="source-url"
            name="url"
            type="url"
            required
            placeholder="https://"
            aria-describedby="source-help"
          />
          <button type="submit">{t("sources.addShort")}</button>
          <span class="small" id="source-help">
            {t("sources.address")}
          </span>
        </form>
      )}
      {sources.length === 0 ? <Empty>{t("sources.none")}</Empty> : null}
      {sources.length <= A_PAGE && asked === "" && !only ? null : (
        <>
          <nav class="tabs" aria-label={t("sources.health")}>
            <a href={at({ health: undefined })} aria-current={only ? undefined : "true"}>
              {t("sources.all")}
            </a>
            <a href={at({ health: "attention" })} aria-current={only ? "true" : undefined}>
              {t("sources.needy")}
            </a>
          </nav>
          <form method="get" action={ctx.href("/sources")} class="known">
            <label for="source-q">{t("sources.find")}</label>
            <input id="source-q" name="q" type="search" value={asked} />
            {only ? <input type="hidden" name="health" value="attention" /> : null}
            <button type="submit">{t("site.searchButton")}</button>
            <span class="small" role="status">
              {t("count.sources", { count: found.length })}
            </span>
          </form>
          {found.length === 0 ? <Empty>{t("search.none")}</Empty> : null}
        </>
      )}
      {found.length === 0 ? null : (
        <table class="stack sources">
          <thead>
            <tr>
              <th scope="col">{t("sources.title")}</th>
              <th scope="col">{t("sources.health")}</th>
              <th scope="col">{t("sources.rhythm")}</th>
              <th scope="col">{t("sources.visits")}</th>
              <th scope="col">
                <span class="vh">{t("sources.acts")}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {found.slice((page - 1) * A_PAGE, page * A_PAGE).map((s) => (
              <SourceRow ctx={ctx} source={s} />
            ))}
          </tbody>
        </table>
      )}
      <NumberedPager ctx={ctx} page={page} pages={pages} at={at} />
      {refused.rows.length === 0 ? null : (
        <Section id="refused" title={t("sources.refusedTitle")} note={t("sources.refusedNote")}>
          <table class="stack">
            <thead>
              <tr>
                <th scope="col">{t("sources.page")}</th>
                <th scope="col">{t("hand.reason")}</th>
                <th scope="col">{t("article.firstSeen")}</th>
              </tr>
            </thead>
            <tbody>
              {refused.rows.map((r) => (
                <tr>
                  <td>
                    <code dir="ltr">{r.url}</code>
                  </td>
                  <td>
                    <Tag kind="plain">{t(`refusal.${r.reason}`)}</Tag> <span class="small">{r.detail}</span>
                  </td>
                  <td>{moment(Date.parse(r.at), ctx)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Section>
      )}
    </Sheet>
  );
}

const SourceRow = ({ ctx, source: s }: { ctx: Ctx; source: Source }) => {
  const { t } = ctx;
  const state = health(s);
  const at = (value: string | undefined): string =>
    value === undefined ? t("sources.never") : moment(Date.parse(value), ctx);
  const act = (name: string, label: string): Child => (
    <button class="button-plain" type="submit" name="act" value={name}>
      {label}
    </button>
  );
  return (
    <tr data-key="item">
      <td>
        <b dir="auto">{s.title ?? hostOf(s.url)}</b>
        <div class="small">
          <code dir="ltr">{s.url}</code>
        </div>
      </td>
      <td>
        <Tag
          kind={state === "ok" ? "reported" : state === "failing" || state === "quiet" ? "alarm" : "plain"}
        >
          {t(`sources.${state}`)}
        </Tag>
        {s.alarm === undefined ? null : <div class="small alarm">{s.alarm}</div>}
        {s.unkept === undefined ? null : <div class="small">{t("sources.unkept", { count: s.unkept })}</div>}
        {s.lastError === undefined ? null : (
          <div class="small">
            {s.lastError}
            {s.failures > 1 ? ` (${t("sources.failures", { count: s.failures })})` : ""}
          </div>
        )}
      </td>
      <td class={s.lastSuccess === undefined ? "none" : undefined}>
        <Rhythm ctx={ctx} source={s} />
      </td>
      <td>
        <div>
          <span class="small">{t("sources.lastSuccess")}</span> <span class="keep">{at(s.lastSuccess)}</span>
        </div>
        {s.state !== "active" ? null : (
          <div>
            <span class="small">{t("sources.nextPoll")}</span> <span class="keep">{at(s.nextPoll)}</span>
          </div>
        )}
      </td>
      <td>
        <form method="post" action={ctx.href(`/sources/${s.id}`)} class="acts">
          <input type="hidden" name="token" value={ctx.token} />
          <input type="hidden" name="back" value={withQuery("/sources", Object.fromEntries(ctx.search))} />
          {ctx.options.actions?.checkSource === undefined ? null : act("check", t("sources.check"))}
          {s.state === "active" ? act("pause", t("sources.pause")) : act("resume", t("sources.resume"))}
          {act("remove", t("sources.remove"))}
        </form>
      </td>
    </tr>
  );
};

/** New items a day as a bar, with a stroke where the usual rate lies. */
const Rhythm = ({ ctx, source: s }: { ctx: Ctx; source: Source }) => {
  const top = Math.max(1, s.itemsPerDay, s.usualPerDay ?? 0) * 1.1;
  const x = (n: number): number => Math.round((n / top) * 1000) / 10;
  const now = number(s.itemsPerDay, ctx.locale, 1);
  const words =
    s.usualPerDay === undefined
      ? ctx.t("sources.perDayNow", { now })
      : ctx.t("sources.perDay", { now, usual: number(s.usualPerDay, ctx.locale, 1) });
  if (s.lastSuccess === undefined) return <>–</>;
  return (
    <>
      <svg class="rhythm" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
        <rect class="ground" width="100" height="10" />
        <rect width={x(s.itemsPerDay)} height="10" />
        {s.usualPerDay === undefined ? null : (
          <line x1={x(s.usualPerDay)} x2={x(s.usualPerDay)} y1="0" y2="10" />
        )}
      </svg>
      <span class="small num">
        {words}
        {s.textShare === undefined
          ? ""
          : ` · ${ctx.t("sources.textShare", { share: percent(s.textShare, ctx.locale) })}`}
      </span>
    </>
  );
};

/** Names of what the command tells of the installation. */
const FACTS: Readonly<Record<string, string>> = { "data folder": "settings.data", port: "settings.port" };

export function settingsPage(ctx: Ctx, said?: string) {
  const { t, options } = ctx;
  const facts = Object.entries(options.facts ?? {});
  const hidden = ctx.filter.demo === false;
  return (
    <Sheet ctx={ctx} title={t("settings.title")} section="settings" permalink="/settings">
      <PageHead title={t("settings.title")} />
      {said === undefined ? null : (
        <p class="asof" role="status">
          {said}
        </p>
      )}
      <div class="cols cols-even">
        <div>
          <Section id="reading" title={t("settings.reading")}>
            <form method="post" action={ctx.href("/settings")} class="filters">
              <input type="hidden" name="token" value={ctx.token} />
              <label class="field">
                {t("site.language")}
                <select name="lang">
                  {(["en", "es", "ru", "ar"] as const)
                    .filter((l) => options.catalogues[l] !== undefined)
                    .map((l) => (
                      <option value={l} lang={l} selected={l === ctx.language}>
                        {languageName(l, l)}
                      </option>
                    ))}
                </select>
              </label>
              <label class="field">
                {t("site.theme")}
                <select name="theme">
                  {(["auto", "light", "dark"] as const).map((theme) => (
                    <option value={theme} selected={theme === ctx.theme}>
                      {t(`site.theme${theme[0]?.toUpperCase()}${theme.slice(1)}`)}
                    </option>
                  ))}
                </select>
              </label>
              <label class="field">
                {t("settings.demo")}
                <select name="demo">
                  <option value="show" selected={!hidden}>
                    {t("settings.demoShow")}
                  </option>
                  <option value="hide" selected={hidden}>
                    {t("settings.demoHide")}
                  </option>
                </select>
              </label>
              <button type="submit">{t("settings.save")}</button>
            </form>
          </Section>
          <Section id="editions" title={t("site.edition")}>
            <ul>
              {ctx.editions.map((e) => (
                <li class="edition">
                  <a class="said" href={e === ctx.editions[0] ? "/" : `/e/${e.id}/`} lang={e.language}>
                    {e.name}
                  </a>
                  <p class="small" lang={e.language}>
                    {e.tagline} · {e.zone}
                  </p>
                </li>
              ))}
            </ul>
          </Section>
        </div>
        <div>
          <Section id="forget" title={t("settings.forget")} note={t("settings.forgetNote")}>
            <form method="post" action={ctx.href("/settings/forget")} class="filters">
              <input type="hidden" name="token" value={ctx.token} />
              <label class="field field-wide">
                {t("settings.address")}
                <input name="url" type="url" required placeholder="https://" />
              </label>
              <button type="submit">{t("settings.forget")}</button>
            </form>
          </Section>
          <Section id="installation" title={t("settings.installation")}>
            <dl class="facts-dl">
              <dt>{t("settings.version")}</dt>
              <dd>{options.version}</dd>
              {facts
                .filter(([name]) => name !== "version")
                .map(([name, value]) => (
                  <>
                    <dt>{FACTS[name] === undefined ? name : t(FACTS[name])}</dt>
                    <dd>
                      <code>{value}</code>
                    </dd>
                  </>
                ))}
            </dl>
          </Section>
        </div>
      </div>
    </Sheet>
  );
}

export async function aboutPage(ctx: Ctx) {
  const { t, options } = ctx;
  const stats = await ctx.store.stats();
  return (
    <Sheet ctx={ctx} title={t("about.title")} section="about" permalink="/about">
      <PageHead kicker={t("about.version", { version: options.version })} title={t("about.title")}>
        <p class="arithmetic">
          <span>{t("count.reports", { count: stats.articles })}</span>
          <span>{t("count.outlets", { count: stats.outlets })}</span>
          <span>{t("count.stories", { count: stats.stories })}</span>
          <span>{t("count.sources", { count: stats.sources })}</span>
          {stats.first === undefined || stats.last === undefined ? null : (
            <span>
              {moment(Date.parse(stats.first), ctx)} – {moment(Date.parse(stats.last), ctx)}
            </span>
          )}
        </p>
      </PageHead>
      <div class="cols">
        <div>
          <Section id="rates" title={t("about.errorRates")} note={t("about.errorNote")}>
            {options.benchmarks === undefined || options.benchmarks.trim() === "" ? (
              <Empty>{t("about.notMeasured")}</Empty>
            ) : (
              // Its own title says again what the section is called; it is written in English.
              <div lang="en" dir="ltr">
                <Markdown text={options.benchmarks.replace(/^\s*# .*\n/, "")} />
              </div>
            )}
          </Section>
        </div>
        <div>
          <Section id="method" title={t("about.methodology")}>
            <div class="prose small-prose">
              <p>{t("about.nothingGenerated")}</p>
              <p>{t("about.newsrooms")}</p>
              <p>{t("about.numbers")}</p>
              <p>{t("about.silence")}</p>
            </div>
          </Section>
          <Section id="statements" title={t("about.statements")}>
            <ul class="tally">
              {(["reported", "claimed", "denied", "opinion", "withdrawn"] as const).map((kind) => (
                <li>
                  <span>{t(`about.kind.${kind}`)}</span>
                  <Tag kind={kind}>
                    {t(kind === "withdrawn" ? "status.short.withdrawn" : `assertion.${kind}`)}
                  </Tag>
                </li>
              ))}
            </ul>
          </Section>
          {stats.demo === 0 ? null : (
            <Section id="demo" title={t("site.demo")}>
              <p>{t("site.demoLong")}</p>
            </Section>
          )}
        </div>
      </div>
    </Sheet>
  );
}
