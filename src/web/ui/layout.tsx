/** The sheet every page is printed on: nameplate, sections, footer. No inline script or style: the policy forbids both. */
import type { Child } from "hono/jsx";
import type { Ctx } from "../context.ts";
import { withQuery } from "../context.ts";
import { feedHref } from "./feed-links.ts";
import { editionWord, languageName, longDay } from "./words.ts";

type SheetProps = {
  readonly ctx: Ctx;
  readonly title?: string;
  /** Section of the navigation that is current: `front`, `latest`, … */
  readonly section?: string;
  readonly description?: string | undefined;
  /** Path under which this page is known for good, without the edition's prefix. */
  readonly permalink?: string;
  readonly feed?: string | undefined;
  readonly className?: string;
  readonly children?: Child;
};

export const Sheet = ({
  ctx,
  title,
  section,
  description,
  permalink,
  feed,
  className,
  children,
}: SheetProps) => {
  const { t, assets, edition } = ctx;
  const front = section === "front";
  return (
    <html
      lang={ctx.language}
      dir={ctx.dir}
      data-theme={ctx.theme === "auto" ? undefined : ctx.theme}
      data-edition={edition.id}
    >
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>
          {title === undefined ? `${edition.name} · ${edition.tagline}` : `${title} · ${edition.name}`}
        </title>
        {description === undefined ? null : <meta name="description" content={description} />}
        <meta name="referrer" content="no-referrer" />
        <link
          rel="preload"
          as="font"
          type="font/woff2"
          href={assets.href("latin-opsz-normal.woff2")}
          crossorigin="anonymous"
        />
        <link rel="stylesheet" href={assets.href("site.css")} />
        {edition.accent === undefined ? null : (
          <link rel="stylesheet" href={assets.href(`edition-${edition.id}.css`)} />
        )}
        <link rel="icon" href={assets.href("icon.svg")} type="image/svg+xml" />
        {permalink === undefined ? null : <link rel="canonical" href={ctx.href(permalink)} />}
        {feed === undefined ? null : (
          <>
            <link rel="alternate" type="application/rss+xml" title="RSS" href={feedHref(ctx, feed, "rss")} />
            <link
              rel="alternate"
              type="application/atom+xml"
              title="Atom"
              href={feedHref(ctx, feed, "atom")}
            />
          </>
        )}
        <script type="module" src={assets.href("site.js")} />
      </head>
      <body class={className}>
        <a class="skip" href="#main">
          {t("site.skip")}
        </a>
        <header class={front ? "masthead masthead-front" : "masthead"}>
          <p class="masthead-day">
            <time>{longDay(ctx.now, ctx)}</time>
          </p>
          <p class={edition.name.length > 12 ? "nameplate nameplate-long" : "nameplate"}>
            <a href={ctx.href("/")} dir="auto">
              {edition.name}
              <b aria-hidden="true">.</b>
            </a>
          </p>
          {front ? (
            <p class="tagline">
              <bdi>{editionWord(ctx, `tagline.${edition.id}`, edition.tagline)}</bdi>
            </p>
          ) : null}
          {section === "search" ? null : (
            <search>
              <form class="seek" action={ctx.href("/search")} method="get">
                <input
                  type="search"
                  name="q"
                  id="q"
                  placeholder={t("site.search")}
                  aria-label={t("site.search")}
                  aria-keyshortcuts="/"
                />
                <button type="submit">{t("site.searchButton")}</button>
              </form>
            </search>
          )}
        </header>
        <Sections ctx={ctx} section={section} />
        <main id="main" tabindex={-1}>
          {children}
        </main>
        <Foot ctx={ctx} feed={feed} permalink={permalink} />
        <p class="notice" id="notice" role="status" hidden data-words={t("live.new")}>
          <a href={ctx.path}>{t("live.show")}</a>
        </p>
      </body>
    </html>
  );
};

const Sections = ({ ctx, section }: { ctx: Ctx; section: string | undefined }) => {
  const link = (name: string, path: string) => (
    <li>
      <a href={ctx.href(path)} aria-current={section === name ? "page" : undefined}>
        {ctx.t(`section.${name}`)}
      </a>
    </li>
  );
  return (
    <nav class="sections" aria-label={ctx.t("site.menu")}>
      <ul>
        {link("front", "/")}
        {ctx.edition.sections.map((s) => link(s, `/${s}`))}
        {link("countries", "/countries")}
        {link("outlets", "/outlets")}
        {link("sources", "/sources")}
        {link("search", "/search")}
      </ul>
    </nav>
  );
};

const Foot = ({
  ctx,
  feed,
  permalink,
}: {
  ctx: Ctx;
  feed: string | undefined;
  permalink: string | undefined;
}) => {
  const { t } = ctx;
  return (
    <footer class="foot">
      <div>
        <p class="foot-name">{ctx.edition.name}</p>
        <p>{t("about.nothingGenerated")}</p>
      </div>
      <nav aria-label={t("section.about")}>
        <ul>
          <li>
            <a href={ctx.href("/about")}>{t("section.about")}</a>
          </li>
          <li>
            <a href={ctx.href("/alerts")}>{t("section.alerts")}</a>
          </li>
          <li>
            <a href={ctx.href("/settings")}>{t("section.settings")}</a>
          </li>
          <li>
            <a href={ctx.href("/api")}>{t("site.api")}</a>
          </li>
          {feed === undefined ? null : (
            <li>
              <a href={feedHref(ctx, feed, "rss")}>{t("site.feed")}</a>
            </li>
          )}
          {permalink === undefined ? null : (
            <li>
              <a href={ctx.href(permalink)}>{t("site.permalink")}</a>
            </li>
          )}
        </ul>
      </nav>
      <div class="foot-choices">
        <p>
          <span class="label">{t("site.edition")}</span>
          {ctx.editions.map((e) => (
            <a
              href={e.id === ctx.editions[0]?.id ? "/" : `/e/${e.id}/`}
              lang={e.language}
              aria-current={e.id === ctx.edition.id ? "true" : undefined}
            >
              {e.name}
            </a>
          ))}
        </p>
        <p>
          <span class="label">{t("site.language")}</span>
          {(["en", "es", "ru", "ar"] as const)
            .filter((l) => ctx.options.catalogues[l] !== undefined)
            .map((l) => (
              <a
                href={ctx.href(withQuery(ctx.path, { ...Object.fromEntries(ctx.search), lang: l }))}
                lang={l}
                hreflang={l}
                aria-current={l === ctx.language ? "true" : undefined}
              >
                {languageName(l, l)}
              </a>
            ))}
        </p>
        <form class="theme" method="post" action={ctx.href("/settings/theme")}>
          <input type="hidden" name="token" value={ctx.token} />
          <input type="hidden" name="back" value={ctx.path} />
          <span class="label" id="theme-label">
            {t("site.theme")}
          </span>
          {(["auto", "light", "dark"] as const).map((theme) => (
            <button
              type="submit"
              name="theme"
              value={theme}
              aria-pressed={ctx.theme === theme ? "true" : "false"}
              aria-describedby="theme-label"
            >
              {t(`site.theme${theme[0]?.toUpperCase()}${theme.slice(1)}`)}
            </button>
          ))}
        </form>
        <p class="keys">{t("site.keys")}</p>
      </div>
    </footer>
  );
};
