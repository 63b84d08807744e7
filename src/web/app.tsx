/** The site as one Hono app, pure of listening: pages, assets, headers, hosts, tokens. The API and feeds come from src/web/api. */
import { randomBytes } from "node:crypto";
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { getCookie, setCookie } from "hono/cookie";
import type { Child } from "hono/jsx";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { createHand, type HandOutcome } from "../app/hand.ts";
import type { Alert, Edition } from "../model/index.ts";
import { type Assets, loadAssets } from "./assets.ts";
import { conditional, keepText } from "./conditional.ts";
import { type Ctx, type Theme, withQuery } from "./context.ts";
import { mountEvents } from "./events.ts";
import { directionOf, localeOf, translator } from "./i18n.ts";
import type { UiLanguage, WebOptions } from "./options.ts";
import { createPageCache } from "./page-cache.ts";
import { alertFeed, alertOf, alertsPage, newAlertPage, type Told } from "./pages/alerts.tsx";
import { articlePage } from "./pages/article.tsx";
import { countriesPage, countryPage } from "./pages/country.tsx";
import { aboutPage, settingsPage, sourcesPage } from "./pages/desk.tsx";
import { actorPage, placePage } from "./pages/entities.tsx";
import { frontPage } from "./pages/front.tsx";
import { breakingPage, headlinesPage, latestPage, videosPage, worldPage } from "./pages/lists.tsx";
import { outletPage, outletsPage, saveOutlet } from "./pages/outlets.tsx";
import { searchPage } from "./pages/search.tsx";
import { BadRequest, BadToken, Gone, NotFound, ServerError } from "./pages/states.tsx";
import { storyPage } from "./pages/story.tsx";
import { ledgerCsv } from "./pages/story-at.ts";
import { storyIn } from "./pages/story-hand.tsx";
import { fromOwnForm, headers, knownHost, passwordGate, tokenOf } from "./security.ts";
import { isolated } from "./ui/words.ts";

const LANGUAGES: ReadonlySet<string> = new Set(["en", "es", "ru", "ar"]);
const PREFIX = /^\/e\/([\w-]+)(?=\/|$)/;

type Node = Child | undefined;
export type Form = Readonly<Record<string, unknown>>;
type Page = (ctx: Ctx, c: Context) => Promise<Node | Response> | Node | Response;

const pathOf = (url: string): string => {
  const { pathname } = new URL(url);
  const bare = pathname.replace(PREFIX, "");
  return bare === "" ? "/" : bare;
};

/** Adds routes of others (API, feeds, exports) before the page for what is not found. */
export type Extend = (app: Hono, contextOf: (c: Context) => Ctx, secret: string) => void;

/** `createWeb({store, clock, editions, catalogues, version}).fetch(request)` → the page. */
export function createWeb(options: WebOptions, ...extensions: readonly Extend[]): Hono {
  const hand = options.hand ?? createHand({ store: options.store, clock: options.clock });
  const secret = options.secret ?? randomBytes(32).toString("hex");
  const accents = options.editions.flatMap((e) =>
    e.accent === undefined ? [] : [[e.id, e.accent] as const],
  );
  const assets = loadAssets(Object.fromEntries(accents));
  const app = new Hono({ getPath: (request) => pathOf(request.url) });
  const contextOf = contextMaker(options, assets, tokenOf(secret));
  const sent = (c: Context, text: string, status?: ContentfulStatusCode) =>
    keepText(c.html(text, status), text);
  const html = (c: Context, node: Node, status: 200 | 400 | 403 | 404 | 410 | 413 | 500 = 200) => {
    c.header("Cache-Control", "private, no-cache");
    return sent(c, `<!doctype html>${String(node)}`, status);
  };

  app.use(headers);
  app.use(conditional);
  app.use(knownHost(options.hosts));
  if (options.password !== undefined) app.use(passwordGate(options.password));

  app.get("/assets/*", (c) => {
    const asset = assets.at(new URL(c.req.url).pathname);
    if (asset === undefined) return c.text("No such file", 404);
    const zipped = asset.gzip !== undefined && /\bgzip\b/.test(c.req.header("Accept-Encoding") ?? "");
    c.header("Content-Type", asset.type);
    c.header("Cache-Control", "public, max-age=31536000, immutable");
    c.header("Vary", "Accept-Encoding");
    if (zipped) c.header("Content-Encoding", "gzip");
    return c.body(zipped && asset.gzip !== undefined ? asset.gzip : asset.bytes);
  });
  app.get("/favicon.ico", (c) => c.redirect(assets.href("icon.svg")));

  const page = (path: string, draw: Page) =>
    app.get(path, async (c) => {
      const ctx = contextOf(c);
      rememberLanguage(c);
      const node = await draw(ctx, c);
      if (node instanceof Response) return node;
      return node === undefined ? html(c, <NotFound ctx={ctx} />, 404) : html(c, node);
    });
  const cache = createPageCache(options.clock);
  /** A page that looks the same to all who asked for nothing more: kept for a while. */
  const shared = (path: string, draw: (ctx: Ctx) => Promise<Node>) =>
    app.get(path, async (c) => {
      const ctx = contextOf(c);
      rememberLanguage(c);
      const make = async () => `<!doctype html>${String(await draw(ctx))}`;
      const key = JSON.stringify([path, ctx.edition.id, ctx.language, ctx.theme, ctx.filter.demo]);
      c.header("Cache-Control", "private, no-cache");
      // The links of the foot carry what was asked for: such a page is not for others.
      return sent(c, await (ctx.search.size === 0 ? cache.get(key, make) : make()));
    });
  shared("/", frontPage);
  shared("/headlines", headlinesPage);
  shared("/breaking", breakingPage);
  shared("/latest", latestPage);
  shared("/world", worldPage);
  shared("/videos", videosPage);
  shared("/countries", countriesPage);
  page("/story/:id", async (ctx, c) => {
    const id = c.req.param("id") ?? "";
    // A story that went into another keeps its address.
    const now = await ctx.store.storyIdOf(id);
    if (now === undefined || now === id) return storyPage(ctx, id);
    // A merge can be undone, by hand or by later reports: the answer must not be remembered.
    c.header("Cache-Control", "no-cache");
    return c.redirect(ctx.href(`/story/${now}`, Object.fromEntries(ctx.search)), 301);
  });
  page("/article/:id", async (ctx, c) => {
    const id = c.req.param("id") ?? "";
    const found = await articlePage(ctx, id);
    return found === undefined && (await ctx.store.wasForgotten(id))
      ? html(c, <Gone ctx={ctx} />, 410)
      : found;
  });
  page("/search", searchPage);
  page("/country/:code", (ctx, c) => countryPage(ctx, (c.req.param("code") ?? "").toUpperCase()));
  page("/actor/:key", async (ctx, c) => {
    const key = c.req.param("key") ?? "";
    const found = await actorPage(ctx, key);
    // Somebody who was joined with a fuller name, or whose name our tables know by now, is found under the key of before.
    const now = found === undefined ? await ctx.store.entityMoved(key) : undefined;
    if (now === undefined) return found;
    c.header("Cache-Control", "no-cache");
    return c.redirect(ctx.href(`/actor/${encodeURIComponent(now)}`, Object.fromEntries(ctx.search)), 301);
  });
  page("/place/:key", (ctx, c) => placePage(ctx, c.req.param("key") ?? ""));
  page("/outlets", outletsPage);
  page("/outlet/:id", (ctx, c) => outletPage(ctx, c.req.param("id") ?? ""));
  page("/sources", (ctx) => sourcesPage(ctx));
  page("/settings", (ctx) => settingsPage(ctx));
  page("/about", aboutPage);
  page("/alerts", (ctx) => alertsPage(ctx));
  page("/alerts/new", (ctx) => newAlertPage(ctx));
  page("/alerts/:file", (ctx, c) => alertFeed(ctx, c.req.param("file") ?? "", new URL(c.req.url).origin));
  page("/story/:id/ledger.csv", (ctx, c) => ledgerCsv(ctx, c.req.param("id") ?? ""));
  mountEvents(app, options.store, cache.clear);

  const tooLarge = (c: Context) => {
    const ctx = contextOf(c);
    return html(c, <BadRequest ctx={ctx} detail={ctx.t("error.unreadableForm")} />, 413);
  };
  /** A route that changes state: only from a form of ours. */
  const act = (path: string, run: (ctx: Ctx, form: Form, c: Context) => Promise<Response> | Response) =>
    app.post(path, bodyLimit({ maxSize: MOST_FORM, onError: tooLarge }), async (c) => {
      const ctx = contextOf(c);
      // A body that cannot be read as a form is nobody's form.
      const form = await c.req.parseBody({ all: true }).catch(() => undefined);
      if (form === undefined)
        return html(c, <BadRequest ctx={ctx} detail={ctx.t("error.unreadableForm")} />, 400);
      if (!fromOwnForm(c, String(form["token"] ?? ""), secret)) return html(c, <BadToken ctx={ctx} />, 403);
      cache.clear();
      return run(ctx, form, c);
    });
  const setTheme = (c: Context, theme: unknown): void =>
    setCookie(c, "theme", theme === "dark" || theme === "light" ? theme : "auto", COOKIE);

  act("/settings/theme", (ctx, form, c) => {
    setTheme(c, form["theme"]);
    return c.redirect(ownPath(String(form["back"] ?? "/"), ctx), 303);
  });
  act("/settings", (ctx, form, c) => {
    setTheme(c, form["theme"]);
    if (LANGUAGES.has(String(form["lang"]))) setCookie(c, "lang", String(form["lang"]), COOKIE);
    setCookie(c, "demo", form["demo"] === "hide" ? "hide" : "show", COOKIE);
    return c.redirect(ctx.href("/settings"), 303);
  });
  act("/settings/forget", async (ctx, form, c) => {
    const { forgotten } = await ctx.store.forget(String(form["url"] ?? ""), new Date(ctx.now).toISOString());
    return html(c, settingsPage(ctx, ctx.t("settings.forgotten", { count: forgotten })));
  });
  act("/outlet/:id", async (ctx, form, c) => {
    const id = c.req.param("id") ?? "";
    if (!(await saveOutlet(ctx, id, form))) return html(c, <NotFound ctx={ctx} />, 404);
    return c.redirect(ctx.href(`/outlet/${id}`), 303);
  });
  act("/sources", async (ctx, form, c) => {
    const said = await options.actions?.addSource?.(String(form["url"] ?? ""));
    return html(c, await sourcesPage(ctx, said ?? { ok: false, detail: ctx.t("error.forbidden") }));
  });
  act("/sources/:id", async (ctx, form, c) => {
    const source = (await ctx.store.sources()).find((s) => s.id === c.req.param("id"));
    if (source === undefined) return html(c, <NotFound ctx={ctx} />, 404);
    const what = String(form["act"] ?? "");
    if (what === "check") {
      const said = await options.actions?.checkSource?.(source);
      return html(c, await sourcesPage(ctx, said));
    }
    if (what === "remove") {
      await ctx.store.removeSource(source.id);
      const name = isolated(source.title ?? source.url);
      const said = { ok: true, detail: ctx.t("sources.removed", { name }), again: source.url };
      return html(c, await sourcesPage(ctx, said));
    }
    await ctx.store.putSource({ ...source, state: what === "pause" ? "paused" : "active" });
    return c.redirect(ownPath(String(form["back"] ?? "/sources"), ctx), 303);
  });
  /** A trial of an alert, told way by way. */
  const tried = async (ctx: Ctx, alert: Alert): Promise<readonly Told[]> =>
    ((await options.actions?.tryAlert?.(alert)) ?? []).map(({ to, error }) =>
      error === undefined
        ? { words: ctx.t("alert.tried", { to: isolated(to) }) }
        : { words: ctx.t("alert.tryFailed", { to: isolated(to), detail: isolated(error) }), failed: true },
    );
  act("/alerts", async (ctx, form, c) => {
    const alert = alertOf(ctx, form);
    if ("problem" in alert) return html(c, await newAlertPage(ctx, { ...alert, form }), 400);
    await ctx.store.putAlert(alert);
    return html(c, await alertsPage(ctx, [{ words: ctx.t("alert.done") }, ...(await tried(ctx, alert))]));
  });
  act("/alerts/:id", async (ctx, form, c) => {
    const alert = (await ctx.store.alerts()).find((a) => a.id === c.req.param("id"));
    if (alert === undefined) return html(c, <NotFound ctx={ctx} />, 404);
    if (form["act"] === "try") return html(c, await alertsPage(ctx, await tried(ctx, alert)));
    if (form["act"] === "delete") await ctx.store.removeAlert(alert.id);
    return html(c, await alertsPage(ctx, [{ words: ctx.t("alert.deleted") }]));
  });
  const signed = (form: Form) => ({ reason: String(form["reason"] ?? ""), who: String(form["who"] ?? "") });
  /** Back to where the form stood, or why nothing was done. */
  const handled = (ctx: Ctx, c: Context, done: HandOutcome, back: string) =>
    done.ok
      ? c.redirect(ownPath(back, ctx), 303)
      : html(c, <BadRequest ctx={ctx} detail={ctx.t(`hand.failed.${done.reason}`)} />, 400);
  act("/story/:id/hand", async (ctx, form, c) => {
    const id = c.req.param("id") ?? "";
    const to = storyIn(String(form["to"] ?? ""));
    const articles = [form["article"] ?? []].flat().map(String);
    const acts = new Map<string, () => Promise<HandOutcome>>([
      ["split", () => hand.split(id, articles, signed(form))],
      ["move", () => hand.move(id, articles, to, signed(form))],
      ["merge", () => hand.merge(id, to, signed(form))],
      ["undo", () => hand.undo(String(form["decision"] ?? ""), signed(form))],
    ]);
    const done = await (acts.get(String(form["act"]))?.() ?? {
      ok: false as const,
      reason: "no-decision" as const,
    });
    return handled(ctx, c, done, `/story/${done.ok ? (done.story ?? id) : id}`);
  });
  act("/decide", async (ctx, form, c) => {
    const action = String(form["action"] ?? "");
    const target = String(form["target"] ?? "");
    const done =
      action === "undo"
        ? await hand.undo(String(form["undoes"] ?? ""), signed(form))
        : action === "accept" || action === "reject" || action === "note"
          ? await hand.judge(target, action, signed(form))
          : { ok: false as const, reason: "no-decision" as const };
    return handled(ctx, c, done, String(form["back"] ?? "/"));
  });

  for (const extend of extensions) extend(app, contextOf, secret);

  app.notFound((c) => {
    const ctx = contextOf(c);
    return html(c, <NotFound ctx={ctx} />, 404);
  });
  app.onError((error, c) => {
    const ctx = contextOf(c);
    options.onError?.(error, ctx.path);
    return html(c, <ServerError ctx={ctx} />, 500);
  });
  return app;
}

/** Bytes of the largest form that is read. */
const MOST_FORM = 256 * 1024;

const COOKIE = { path: "/", httpOnly: true, sameSite: "Lax", maxAge: 400 * 86_400 } as const;

/** A path of this site to go back to; anything else becomes the front page. */
export const ownPath = (path: string, ctx: Ctx): string =>
  /^\/(?![/\\])[^\s\\]*$/.test(path) ? ctx.href(path) : ctx.href("/");

function rememberLanguage(c: Context): void {
  const wanted = c.req.query("lang");
  if (wanted !== undefined && LANGUAGES.has(wanted)) setCookie(c, "lang", wanted, COOKIE);
}

function contextMaker(options: WebOptions, assets: Assets, token: string): (c: Context) => Ctx {
  const [first] = options.editions;
  return (c) => {
    const url = new URL(c.req.url);
    const id = PREFIX.exec(url.pathname)?.[1];
    const edition: Edition = options.editions.find((e) => e.id === id) ?? first;
    const prefix = edition === first ? "" : `/e/${edition.id}`;
    const wanted = c.req.query("lang") ?? getCookie(c, "lang");
    // A tested value: the set holds exactly the names of the type.
    const language = (
      wanted !== undefined && LANGUAGES.has(wanted) ? wanted : edition.language
    ) as UiLanguage;
    const theme = getCookie(c, "theme");
    const now = options.clock.now();
    const href: Ctx["href"] = (path, query) => withQuery(`${prefix}${path}`, query);
    return {
      options,
      store: options.store,
      now,
      edition,
      editions: options.editions,
      language,
      locale: localeOf(language),
      dir: directionOf(language),
      zone: edition.zone,
      t: translator(options.catalogues, language),
      assets,
      theme: theme === "dark" || theme === "light" ? theme : ("auto" satisfies Theme),
      path: pathOf(c.req.url),
      search: url.searchParams,
      token,
      filter: {
        ...(edition.countries.length > 0 ? { countries: edition.countries } : {}),
        ...(edition.languages.length > 0 ? { languages: edition.languages } : {}),
        ...(getCookie(c, "demo") === "hide" ? { demo: false } : {}),
        // A page that dates itself into the future does not head the lists.
        until: now + 3_600_000,
      },
      href,
    };
  };
}
