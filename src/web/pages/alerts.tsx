/** Alerts: a saved search, a story or a number that is watched, told by feed, letter or webhook with the reason. */
import { createHash } from "node:crypto";
import type { Child } from "hono/jsx";
import { type FeedOutItem, toAtom, toJsonFeed, toRss } from "../../formats/feeds-out.ts";
import type { Alert, AlertMessage, SearchQuery } from "../../model/index.ts";
import type { Ctx } from "../context.ts";
import { Sheet } from "../ui/layout.tsx";
import { outletNames } from "../ui/outlet.ts";
import { Away, Empty, PageHead, Section } from "../ui/parts.tsx";
import { comma, isolated, moment } from "../ui/words.ts";
import { filterWords, queryOf } from "./search.tsx";

type Form = Readonly<Record<string, unknown>>;

type Names = ReadonlyMap<string, string>;

/** What a search asks for, in words of the interface. */
const searchWords = (ctx: Ctx, query: SearchQuery, names?: Names): string =>
  Object.entries(query)
    .filter(([k]) => k !== "sort" && k !== "copies")
    .map(([k, v]) => (k === "q" ? `“${v}”` : filterWords(ctx, k, query, names)))
    .join(comma(ctx));

/** Names of the outlets that searches ask for. */
const namesOf = (ctx: Ctx, queries: readonly SearchQuery[]): Promise<Names> =>
  outletNames(
    ctx,
    queries.flatMap((q) => (q.outlet === undefined ? [] : [{ value: q.outlet, count: 0 }])),
  );

/** What another program said, with the full stop it may lack. */
const sentence = (words: string): string => (/[.!?]$/.test(words) ? words : `${words}.`);

/** What was done, or that it failed. */
export type Told = { readonly words: string; readonly failed?: boolean };

export async function alertsPage(ctx: Ctx, told: readonly Told[] = []) {
  const { t, store } = ctx;
  const alerts = (await store.alerts()).toSorted((a, b) => b.created.localeCompare(a.created));
  const [messages, names] = await Promise.all([
    Promise.all(alerts.map((a) => store.alertMessages(a.id, { limit: 5 }))),
    namesOf(
      ctx,
      alerts.flatMap((a) => (a.watch.kind === "search" ? [a.watch.query] : [])),
    ),
  ]);
  return (
    <Sheet ctx={ctx} title={t("alert.title")} section="alerts" permalink="/alerts">
      <PageHead title={t("alert.title")} />
      {told.map(({ words, failed }) => (
        <p class={failed === true ? "asof alarm" : "asof"} role={failed === true ? "alert" : "status"}>
          {words}
        </p>
      ))}
      {alerts.length === 0 ? <Empty>{t("alert.none")}</Empty> : null}
      {alerts.map((alert, i) => (
        <AlertView ctx={ctx} alert={alert} messages={messages[i]?.rows ?? []} names={names} />
      ))}
      <NewWays ctx={ctx} />
    </Sheet>
  );
}

/** How an alert is made: from a search, or from a story. */
const NewWays = ({ ctx }: { ctx: Ctx }) => (
  <Section id="more" title={ctx.t("alert.new")}>
    <ul class="ways">
      <li>
        <a class="link" href={ctx.href("/search")}>
          {ctx.t("alert.toSearch")}
        </a>
      </li>
      <li>
        <a class="link" href={ctx.href("/headlines")}>
          {ctx.t("alert.toStories")}
        </a>
      </li>
    </ul>
    <p class="small">{ctx.t("alert.feedAlways")}</p>
  </Section>
);

const AlertView = ({
  ctx,
  alert,
  messages,
  names,
}: {
  ctx: Ctx;
  alert: Alert;
  messages: readonly AlertMessage[];
  names: Names;
}) => {
  const { t } = ctx;
  const { watch } = alert;
  const ways = alert.channels.filter((c) => c.kind !== "feed");
  return (
    // No region of its own: two alerts may bear one name.
    <article class="watch" id={`alert-${alert.id}`}>
      <header class="head">
        <h2 dir="auto">{alert.name}</h2>
      </header>
      <dl class="facts-dl">
        <dt>{t("alert.on")}</dt>
        <dd>
          {watch.kind === "search" ? (
            <>
              {t("alert.onSearch")}:{" "}
              <a class="link" href={ctx.href("/search", { ...watch.query })}>
                {searchWords(ctx, watch.query, names)}
              </a>
            </>
          ) : (
            <a
              class="link"
              href={ctx.href(`/story/${watch.storyId}${watch.kind === "number" ? "#ledger" : ""}`)}
            >
              {t(watch.kind === "number" ? "alert.onNumber" : "alert.onStory")}
            </a>
          )}
        </dd>
        <dt>{t("alert.channels")}</dt>
        <dd class="spaced">
          {(["rss", "atom", "json"] as const).map((format) => (
            <a class="link" href={ctx.href(`/alerts/${alert.id}.${format}`)}>
              {t(`export.${format}`)}
            </a>
          ))}
          {ways.map((c) => (
            <span>
              {c.kind === "email" ? t("alert.byMail") : t("alert.byWebhook")}:{" "}
              <bdi>{c.kind === "email" ? c.to : c.url}</bdi>
            </span>
          ))}
        </dd>
        <dt>{t("alert.sent")}</dt>
        <dd>{alert.lastFired === undefined ? t("alert.never") : moment(Date.parse(alert.lastFired), ctx)}</dd>
      </dl>
      {alert.lastError === undefined ? null : (
        <p class="asof alarm">{t("alert.failed", { detail: isolated(sentence(alert.lastError)) })}</p>
      )}
      <ul class="messages">
        {messages.map((m) => (
          <li class="message" data-key="item">
            <p class="line-title">
              {m.link.startsWith("/") ? (
                <a href={ctx.href(m.link)} dir="auto">
                  {m.title}
                </a>
              ) : (
                <Away href={m.link}>{m.title}</Away>
              )}
            </p>
            <p class="line-meta">
              <time datetime={m.at}>{moment(Date.parse(m.at), ctx)}</time>
              <span>{t("alert.reason", { reason: isolated(m.reason) })}</span>
            </p>
          </li>
        ))}
      </ul>
      <form method="post" action={ctx.href(`/alerts/${alert.id}`)} class="acts">
        <input type="hidden" name="token" value={ctx.token} />
        {ways.length === 0 || ctx.options.actions?.tryAlert === undefined ? null : (
          <button class="button-plain" type="submit" name="act" value="try">
            {t("alert.try")}
          </button>
        )}
        <button class="button-plain" type="submit" name="act" value="delete">
          {t("alert.delete")}
        </button>
      </form>
    </article>
  );
};

/** A form that came back: what was wrong with it, and all that was written into it. */
type Returned = { readonly problem: string; readonly field?: Field | undefined; readonly form: Form };
type Field = "name" | "email" | "webhook";

export async function newAlertPage(ctx: Ctx, returned?: Returned) {
  const { t, store } = ctx;
  const written = (name: string): string => String(returned?.form[name] ?? "").trim();
  const storyId = (returned === undefined ? ctx.search.get("story") : written("story")) || undefined;
  const story = storyId === undefined ? undefined : await store.story(storyId);
  if (storyId !== undefined && story === undefined) return undefined;
  const query = queryOf(returned === undefined ? ctx.search : new URLSearchParams(written("query")));
  const key = (returned === undefined ? ctx.search.get("series") : written("series")) ?? "";
  const onNumber = returned === undefined ? key !== "" : written("on") === "number";
  const words = searchWords(ctx, query, await namesOf(ctx, [query]));
  const kicker = <a href={ctx.href("/alerts")}>{t("alert.title")}</a>;
  const problem =
    returned === undefined ? null : (
      <p class="asof alarm" role="alert" id="problem">
        {returned.problem}
      </p>
    );
  // Nothing to watch was named: what can be watched is shown instead of a form that could only fail.
  if (story === undefined && Object.keys(query).length === 0)
    return (
      <Sheet ctx={ctx} title={t("alert.new")} section="alerts">
        <PageHead kicker={kicker} title={t("alert.new")} />
        {problem}
        <NewWays ctx={ctx} />
      </Sheet>
    );
  const field = (name: Field, label: string, help: Child, attributes: Readonly<Record<string, string>>) => (
    <label class="field">
      {label}
      <input
        name={name}
        aria-invalid={returned?.field === name ? "true" : undefined}
        aria-describedby={returned?.field === name ? "problem" : undefined}
        {...attributes}
      />
      {help}
    </label>
  );
  return (
    <Sheet ctx={ctx} title={t("alert.new")} section="alerts">
      <PageHead kicker={kicker} title={t("alert.new")} />
      {problem}
      <form method="post" action={ctx.href("/alerts")} class="alert-form">
        <input type="hidden" name="token" value={ctx.token} />
        {field("name", t("alert.name"), null, {
          value: returned === undefined ? (story?.headline ?? words) : written("name"),
          required: "",
          maxlength: "160",
        })}
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
                {t("alert.onSearch")}: <b>{words}</b>
              </p>
            </>
          ) : (
            <>
              <input type="hidden" name="story" value={story.id} />
              <label>
                <input type="radio" name="on" value="story" checked={!onNumber} /> {t("alert.onStory")}
              </label>
              <label>
                <input type="radio" name="on" value="number" checked={onNumber} /> {t("alert.onNumber")}
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
          {field(
            "email",
            t("alert.mailTo"),
            ctx.options.mail === false ? <span class="alarm">{t("alert.noMail")}</span> : null,
            { type: "email", autocomplete: "email", value: written("email") },
          )}
          {field("webhook", t("alert.webhookUrl"), <span>{t("alert.webhookHelp")}</span>, {
            type: "url",
            placeholder: "https://",
            value: written("webhook"),
          })}
          {ctx.options.actions?.tryAlert === undefined ? null : <p class="small">{t("alert.trial")}</p>}
        </fieldset>
        <button class="button" type="submit">
          {t("alert.create")}
        </button>
      </form>
    </Sheet>
  );
}

/** The alert a form stands for, or what is wrong with it. */
export function alertOf(ctx: Ctx, form: Form): Alert | Omit<Returned, "form"> {
  const text = (name: string): string => String(form[name] ?? "").trim();
  const name = text("name").slice(0, 160);
  if (name === "") return { problem: ctx.t("alert.nameNeeded"), field: "name" };
  const email = text("email");
  if (email !== "" && !/^[^\s@<>]+@[^\s@<>]+$/.test(email))
    return { problem: ctx.t("alert.badMail"), field: "email" };
  const webhook = text("webhook");
  if (webhook !== "" && !/^https?:\/\/[^\s]+$/i.test(webhook))
    return { problem: ctx.t("alert.badWebhook"), field: "webhook" };
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
        : // Whoever chose a number means it, whatever the button above says.
          on === "number" || series !== ""
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
