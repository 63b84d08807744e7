/** Alerts: a saved search, a story or a number that is watched, told by feed, letter or webhook with the reason. */
import { createHash } from "node:crypto";
import { type FeedOutItem, toAtom, toJsonFeed, toRss } from "../../formats/feeds-out.ts";
import type { Alert, AlertMessage, SearchQuery } from "../../model/index.ts";
import type { Ctx } from "../context.ts";
import { Sheet } from "../ui/layout.tsx";
import { Away, Empty, PageHead, Section, Tag } from "../ui/parts.tsx";
import { moment } from "../ui/words.ts";
import { filterWords, queryOf } from "./search.tsx";

type Form = Readonly<Record<string, unknown>>;

/** What a search asks for, in words of the interface. */
const searchWords = (ctx: Ctx, query: SearchQuery): string =>
  Object.entries(query)
    .filter(([k]) => k !== "sort" && k !== "copies")
    .map(([k, v]) => (k === "q" ? `“${v}”` : filterWords(ctx, k, query)))
    .join(", ");

export async function alertsPage(ctx: Ctx, said?: string) {
  const { t, store } = ctx;
  const alerts = (await store.alerts()).toSorted((a, b) => b.created.localeCompare(a.created));
  const messages = await Promise.all(alerts.map((a) => store.alertMessages(a.id, { limit: 5 })));
  return (
    <Sheet ctx={ctx} title={t("alert.title")} section="alerts" permalink="/alerts">
      <PageHead title={t("alert.title")} />
      {said === undefined ? null : (
        <p class="asof" role="status">
          {said}
        </p>
      )}
      {alerts.length === 0 ? <Empty>{t("alert.none")}</Empty> : null}
      {alerts.map((alert, i) => (
        <AlertView ctx={ctx} alert={alert} messages={messages[i]?.rows ?? []} />
      ))}
      <Section id="more" title={t("alert.new")}>
        <ul class="ways">
          <li>
            <a class="link" href={ctx.href("/search")}>
              {t("alert.toSearch")}
            </a>
          </li>
          <li>
            <a class="link" href={ctx.href("/headlines")}>
              {t("alert.toStories")}
            </a>
          </li>
        </ul>
        <p class="small">{t("alert.feedAlways")}</p>
      </Section>
    </Sheet>
  );
}

const AlertView = ({
  ctx,
  alert,
  messages,
}: {
  ctx: Ctx;
  alert: Alert;
  messages: readonly AlertMessage[];
}) => {
  const { t } = ctx;
  const { watch } = alert;
  return (
    <Section id={`alert-${alert.id}`} title={alert.name}>
      <p class="arithmetic">
        {watch.kind === "search" ? (
          <a class="link" href={ctx.href("/search", { ...watch.query })}>
            {t("alert.onSearch")}: {searchWords(ctx, watch.query)}
          </a>
        ) : (
          <a
            class="link"
            href={ctx.href(`/story/${watch.storyId}${watch.kind === "number" ? "#ledger" : ""}`)}
          >
            {t(watch.kind === "number" ? "alert.onNumber" : "alert.onStory")}
          </a>
        )}
        {alert.channels.map((c) => (
          <Tag kind="plain">
            {c.kind === "feed"
              ? t("alert.byFeed")
              : c.kind === "email"
                ? `${t("alert.byMail")}: ${c.to}`
                : `${t("alert.byWebhook")}: ${c.url}`}
          </Tag>
        ))}
        <span>
          {alert.lastFired === undefined
            ? t("alert.never")
            : t("alert.last", { time: moment(Date.parse(alert.lastFired), ctx) })}
        </span>
        {(["rss", "atom", "json"] as const).map((format) => (
          <a class="link" href={ctx.href(`/alerts/${alert.id}.${format}`)}>
            {t(`export.${format}`)}
          </a>
        ))}
      </p>
      {alert.lastError === undefined ? null : <p class="small alarm">{alert.lastError}</p>}
      <ul>
        {messages.map((m) => (
          <li class="message" data-key="item">
            <p class="line-title">
              {m.link.startsWith("/") ? (
                <a href={ctx.href(m.link)}>{m.title}</a>
              ) : (
                <Away href={m.link}>{m.title}</Away>
              )}
            </p>
            <p class="line-meta">
              <time datetime={m.at}>{moment(Date.parse(m.at), ctx)}</time>
              <span>{t("alert.reason", { reason: m.reason })}</span>
            </p>
          </li>
        ))}
      </ul>
      <form method="post" action={ctx.href(`/alerts/${alert.id}`)}>
        <input type="hidden" name="token" value={ctx.token} />
        <button class="button-plain" type="submit" name="act" value="delete">
          {t("alert.delete")}
        </button>
      </form>
    </Section>
  );
};

export async function newAlertPage(ctx: Ctx, problem?: string) {
  const { t, store } = ctx;
  const storyId = ctx.search.get("story") ?? undefined;
  const story = storyId === undefined ? undefined : await store.story(storyId);
  if (storyId !== undefined && story === undefined) return undefined;
  const query = queryOf(ctx.search);
  const name = story?.headline ?? searchWords(ctx, query);
  const key = ctx.search.get("series") ?? "";
  return (
    <Sheet ctx={ctx} title={t("alert.new")} section="alerts">
      <PageHead kicker={<a href={ctx.href("/alerts")}>{t("alert.title")}</a>} title={t("alert.new")} />
      {problem === undefined ? null : (
        <p class="asof alarm" role="alert">
          {problem}
        </p>
      )}
      <form method="post" action={ctx.href("/alerts")} class="alert-form">
        <input type="hidden" name="token" value={ctx.token} />
        <label class="field">
          {t("alert.name")}
          <input name="name" value={name} required maxlength={160} />
        </label>
        <fieldset>
          <legend>{t("alert.on")}</legend>
          {story === undefined ? (
            <>
              <input type="hidden" name="on" value="search" />
              <input
                type="hidden"
                name="query"
                value={new URLSearchParams(
                  Object.entries(query).map(([k, v]) => [k, v === true ? "1" : String(v)]),
                ).toString()}
              />
              <p>
                {t("alert.onSearch")}: <b>{searchWords(ctx, query) || t("search.any")}</b>
              </p>
            </>
          ) : (
            <>
              <input type="hidden" name="story" value={story.id} />
              <label>
                <input type="radio" name="on" value="story" checked={key === ""} /> {t("alert.onStory")}
              </label>
              <label>
                <input type="radio" name="on" value="number" checked={key !== ""} /> {t("alert.onNumber")}
              </label>
              <label class="field">
                {t("alert.whichNumber")}
                <select name="series">
                  <option value="">{t("alert.anyNumber")}</option>
                  {story.ledger.slice(0, 60).map((s) => (
                    <option value={s.key} selected={s.key === key}>
                      {t(`measure.${s.measure}`)}: {s.issuer.replace(/^outlet:/, "")} (
                      {s.entries.at(-1)?.quantity.words ?? ""})
                    </option>
                  ))}
                </select>
              </label>
            </>
          )}
        </fieldset>
        <fieldset>
          <legend>{t("alert.channels")}</legend>
          <p class="small">{t("alert.feedAlways")}</p>
          <label class="field">
            {t("alert.mailTo")}
            <input name="email" type="email" autocomplete="email" />
          </label>
          <label class="field">
            {t("alert.webhookUrl")}
            <input name="webhook" type="url" placeholder="https://" />
          </label>
        </fieldset>
        <button class="button" type="submit">
          {t("alert.create")}
        </button>
      </form>
    </Sheet>
  );
}

/** The alert a form stands for, or what is wrong with it. */
export function alertOf(ctx: Ctx, form: Form): Alert | { readonly problem: string } {
  const text = (name: string): string => String(form[name] ?? "").trim();
  const name = text("name").slice(0, 160);
  if (name === "") return { problem: ctx.t("alert.nameNeeded") };
  const email = text("email");
  if (email !== "" && !/^[^\s@<>]+@[^\s@<>]+$/.test(email)) return { problem: ctx.t("alert.badMail") };
  const webhook = text("webhook");
  if (webhook !== "" && !/^https?:\/\/[^\s]+$/i.test(webhook)) return { problem: ctx.t("alert.badWebhook") };
  const on = text("on");
  const storyId = text("story");
  const query = queryOf(new URLSearchParams(text("query")));
  if (on === "search" && Object.keys(query).length === 0) return { problem: ctx.t("alert.emptySearch") };
  if (on !== "search" && storyId === "") return { problem: ctx.t("error.notFound") };
  const series = text("series");
  const created = new Date(ctx.now).toISOString();
  return {
    id: `w${createHash("sha256")
      .update(`${created} ${name} ${storyId} ${text("query")}`)
      .digest("hex")
      .slice(0, 12)}`,
    name,
    watch:
      on === "search"
        ? { kind: "search", query }
        : on === "number"
          ? { kind: "number", storyId, ...(series === "" ? {} : { seriesKey: series }) }
          : { kind: "story", storyId },
    channels: [
      { kind: "feed" },
      ...(email === "" ? [] : [{ kind: "email" as const, to: email }]),
      ...(webhook === "" ? [] : [{ kind: "webhook" as const, url: webhook }]),
    ],
    created,
  };
}

const FORMATS = {
  rss: ["application/rss+xml; charset=utf-8", toRss],
  atom: ["application/atom+xml; charset=utf-8", toAtom],
  json: ["application/feed+json; charset=utf-8", toJsonFeed],
} as const;

/** Messages of one alert as a feed. */
export async function alertFeed(ctx: Ctx, file: string, origin: string): Promise<Response | undefined> {
  const found = /^(\w+)\.(rss|atom|json)$/.exec(file);
  const format = found?.[2];
  if (found === null || (format !== "rss" && format !== "atom" && format !== "json")) return undefined;
  const alert = (await ctx.store.alerts()).find((a) => a.id === found[1]);
  if (alert === undefined) return undefined;
  const { rows } = await ctx.store.alertMessages(alert.id, { limit: 50 });
  const [type, write] = FORMATS[format];
  const items = rows.map(
    (m): FeedOutItem => ({
      id: `${origin}/alerts#${m.id}`,
      url: m.link.startsWith("/") ? `${origin}${m.link}` : m.link,
      title: m.title,
      summary: ctx.t("alert.reason", { reason: m.reason }),
      outlet: ctx.edition.name,
      published: m.at,
      seen: m.at,
      demo: false,
    }),
  );
  const body = write({
    title: `${ctx.edition.name}: ${alert.name}`,
    description: ctx.t("alert.title"),
    page: `${origin}/alerts`,
    self: `${origin}/alerts/${file}`,
    updated: rows[0]?.at ?? alert.created,
    items,
  });
  return new Response(body, { headers: { "Content-Type": type } });
}
