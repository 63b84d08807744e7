/** Search: words and filters, facets with counts, the answer as list, timeline or map. The address of the page is the search. */
import type { Child } from "hono/jsx";
import {
  EventType,
  Genre,
  type Incident,
  Measure,
  type Quantity,
  type SearchQuery,
  stands,
} from "../../model/index.ts";
import type { Facet, SearchAnswer } from "../../ports/index.ts";
import type { Ctx, Query } from "../context.ts";
import { DayBars } from "../ui/bars.tsx";
import { feedHref } from "../ui/feed-links.ts";
import { foundNumbers } from "../ui/found-numbers.ts";
import { groupBy } from "../ui/group.ts";
import { Sheet } from "../ui/layout.tsx";
import { WorldMap } from "../ui/map.tsx";
import { inWords } from "../ui/numbers.ts";
import { outletNames } from "../ui/outlet.ts";
import { ArticleLine, Empty, Pager, spanHref } from "../ui/parts.tsx";
import {
  comma,
  countries,
  countryName,
  dayOf,
  isCountry,
  languageName,
  longDay,
  partial,
  number as written,
} from "../ui/words.ts";
import { pinsOf } from "./world-data.ts";

type View = "list" | "timeline" | "map";

/** Whether a year, month or day is written as ISO 8601 does and stands in the calendar: 30 February does not. */
const isDay = (value: string): boolean => {
  if (!/^\d{4}(-\d{2}(-\d{2})?)?$/.test(value)) return false;
  const ms = Date.parse(value);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(value);
};

/** The search an address stands for. What cannot be understood is left out. */
export function queryOf(search: URLSearchParams): SearchQuery {
  const text = (name: string): string | undefined => {
    const value = search.get(name)?.trim();
    return value === undefined || value === "" ? undefined : value.slice(0, 500);
  };
  const number = (name: string): number | undefined => {
    const value = text(name);
    const n = value === undefined ? Number.NaN : Number(value);
    return Number.isFinite(n) ? n : undefined;
  };
  const day = (name: string): string | undefined => {
    const value = text(name);
    return value !== undefined && isDay(value) ? value : undefined;
  };
  const sort = text("sort");
  const country = text("country")?.toUpperCase();
  const oneOf = (name: string, options: readonly string[]): string | undefined => {
    const value = text(name);
    return value !== undefined && options.includes(value) ? value : undefined;
  };
  const fields = {
    q: text("q"),
    country: country !== undefined && isCountry(country) ? country : undefined,
    outlet: text("outlet"),
    language: text("language"),
    genre: oneOf("genre", Genre.options),
    eventType: oneOf("eventType", EventType.options),
    measure: oneOf("measure", Measure.options),
    min: number("min"),
    max: number("max"),
    since: day("since"),
    until: day("until"),
    copies: search.get("copies") === "1" ? true : undefined,
    sort: sort === "newest" || sort === "oldest" || sort === "relevance" ? sort : undefined,
  };
  // exactOptionalPropertyTypes: a filter that was not asked for is absent, not undefined.
  return Object.fromEntries(Object.entries(fields).filter(([, v]) => v !== undefined)) as SearchQuery;
}

const SORTS = ["relevance", "newest", "oldest"] as const;
/** Values of a facet that are shown. */
const SHOWN = 12;

const asQuery = (query: SearchQuery): Query => ({ ...query });

export async function searchPage(ctx: Ctx) {
  const { t, store } = ctx;
  // A form sends its empty fields too; the address that stays is without them.
  const filled = [...ctx.search].filter(([, v]) => v.trim() !== "");
  if (filled.length < ctx.search.size)
    return new Response(null, {
      status: 302,
      headers: { Location: ctx.href("/search", Object.fromEntries(filled)) },
    });
  const query = queryOf(ctx.search);
  const asked = Object.keys(query).some((k) => k !== "sort" && k !== "copies");
  const dropped = leftOut(ctx, query);
  const wanted = ctx.search.get("view");
  const view: View = wanted === "timeline" || wanted === "map" ? wanted : "list";
  const after = ctx.search.get("after") ?? undefined;
  const sorted = query.sort ?? (query.q === undefined ? "newest" : "relevance");
  const page = { limit: view === "list" ? 30 : 100, after, excerpts: view !== "map" };
  const answer = asked ? await store.search(query, page) : undefined;
  const located = answer !== undefined && view === "map" ? await incidentsOf(ctx, query, answer) : [];
  const numbers = await foundNumbers(ctx, query, view === "map" ? [] : (answer?.rows ?? []).map((r) => r.id));
  const shown = (answer?.facets.outlet ?? []).slice(0, SHOWN);
  const asks = query.outlet === undefined || shown.some((f) => f.value === query.outlet);
  const names = await outletNames(ctx, asks ? shown : [...shown, { value: query.outlet ?? "", count: 0 }]);
  const words =
    answer === undefined
      ? ""
      : answer.atLeast
        ? t("search.atLeast", { results: t("count.results", { count: answer.total }) })
        : t("count.results", { count: answer.total });
  return (
    <Sheet
      ctx={ctx}
      title={query.q === undefined ? t("search.title") : `${query.q} · ${t("search.title")}`}
      section="search"
    >
      <h1 class="vh">{t("search.title")}</h1>
      <Form ctx={ctx} query={query} view={view} names={names} open={!asked} />
      {dropped.length === 0 ? null : (
        <p class="asof alarm" role="alert">
          {t("search.leftOut", { what: dropped.join(comma(ctx)) })}
        </p>
      )}
      {answer === undefined ? (
        <p class="empty">{t("search.hint")}</p>
      ) : (
        <>
          <nav class="tabs" aria-label={t("search.title")}>
            {(["list", "timeline", "map"] as const).map((v) => (
              <a
                href={ctx.href("/search", { ...asQuery(query), view: v === "list" ? undefined : v })}
                aria-current={v === view ? "true" : undefined}
              >
                {t(`search.as${v[0]?.toUpperCase()}${v.slice(1)}`)}
              </a>
            ))}
            <span class="end num">
              <span role="status">{words}</span>
              {view !== "list" ? null : " · "}
              {SORTS.filter((s) => view === "list" && (s !== "relevance" || query.q !== undefined)).map(
                (s) => (
                  <a
                    href={ctx.href("/search", {
                      ...asQuery(query),
                      sort: s,
                      view: view === "list" ? undefined : view,
                    })}
                    aria-current={s === sorted ? "true" : undefined}
                  >
                    {t(`search.sort.${s}`)}
                  </a>
                ),
              )}
            </span>
          </nav>
          <div class="cols cols-side">
            <div>
              <p class="arithmetic tools">
                <a class="link" href={ctx.href("/alerts/new", asQuery(query))}>
                  {t("search.save")}
                </a>
                {(["rss", "atom", "json", "csv"] as const).map((kind) => (
                  <a class="link" href={feedHref(ctx, "/search", kind, asQuery(query))}>
                    {t(`export.${kind}`)}
                  </a>
                ))}
              </p>
              {answer.total === 0 ? (
                <Empty>
                  {t("search.none")} {t("search.tryFewer")}
                </Empty>
              ) : (
                <Answer
                  ctx={ctx}
                  answer={answer}
                  view={view}
                  located={located}
                  numbers={numbers}
                  measured={query.measure !== undefined}
                />
              )}
              <Pager
                ctx={ctx}
                next={answer.next}
                query={{ ...asQuery(query), view: view === "list" ? undefined : view }}
              />
            </div>
            <div>
              {answer.total === 0 ? null : (
                <Facets ctx={ctx} query={query} answer={answer} view={view} names={names} />
              )}
            </div>
          </div>
        </>
      )}
    </Sheet>
  );
}

/** Languages one may ask for: those of the interface and the greater ones of the press; any other by its address. */
const LANGUAGES = "ar de en es fa fr he hi it ja ko nl pl pt ru tr uk zh".split(" ");

const Form = ({
  ctx,
  query,
  view,
  names,
  open,
}: {
  ctx: Ctx;
  query: SearchQuery;
  view: View;
  /** Outlets of the answer, by id. */
  names: ReadonlyMap<string, string>;
  open: boolean;
}) => {
  const { t } = ctx;
  const languages = [...new Set([...LANGUAGES, ...(query.language === undefined ? [] : [query.language])])];
  const field = (
    name: keyof SearchQuery,
    label: string,
    type: string,
    extra: Readonly<Record<string, string>> = {},
  ) => (
    <label class="field">
      {label}
      <input
        type={type}
        name={name}
        value={query[name] === undefined ? "" : String(query[name])}
        {...extra}
      />
    </label>
  );
  const choice = (
    name: keyof SearchQuery,
    label: string,
    options: readonly string[],
    word: (v: string) => string,
  ) => (
    <label class="field">
      {label}
      <select name={name}>
        <option value="">{t("search.any")}</option>
        {options.map((o) => (
          <option value={o} selected={query[name] === o}>
            {word(o)}
          </option>
        ))}
      </select>
    </label>
  );
  const narrowed = Object.keys(query).some((k) => k !== "q");
  return (
    <form action={ctx.href("/search")} method="get" class="search-form">
      <div class="filters">
        <label class="field field-wide">
          {t("search.words")} · {t("search.phrase")}
          <span class="search-row">
            <input type="search" name="q" id="q" value={query.q ?? ""} aria-keyshortcuts="/" />
            <button type="submit">{t("site.searchButton")}</button>
          </span>
        </label>
      </div>
      <details open={open}>
        <summary>{t("search.filters")}</summary>
        <div class="filters">
          {field("since", t("search.from"), "date")}
          {field("until", t("search.to"), "date")}
          {choice("country", t("search.country"), countries(ctx.locale), (c) => countryName(c, ctx.locale))}
          {choice("measure", t("search.measure"), Measure.options, (m) => t(`measure.${m}`))}
          {field("min", t("search.numberFrom"), "number")}
          {field("max", t("search.numberTo"), "number")}
          {choice("eventType", t("search.eventType"), EventType.options, (e) => t(`event.${e}`))}
          {choice("genre", t("search.genre"), Genre.options, (g) => t(`genre.${g}`))}
          {choice("language", t("search.language"), languages, (l) => languageName(l, ctx.locale))}
          {names.size === 0
            ? null
            : choice("outlet", t("search.outlet"), [...names.keys()], (o) => names.get(o) ?? o)}
          {choice("sort", t("search.sort"), SORTS, (s) => t(`search.sort.${s}`))}
          <label class="field">
            <span>
              <input type="checkbox" class="check" name="copies" value="1" checked={query.copies === true} />{" "}
              {t("latest.withCopies")}
            </span>
          </label>
          <button type="submit">{t("site.searchButton")}</button>
        </div>
      </details>
      {view === "list" ? null : <input type="hidden" name="view" value={view} />}
      {narrowed ? (
        <p class="chips">
          {Object.keys(query)
            .filter((k) => k !== "q" && k !== "sort")
            .map((k) => (
              <a
                class="chip"
                href={ctx.href("/search", {
                  ...asQuery(query),
                  [k]: undefined,
                  view: view === "list" ? undefined : view,
                })}
              >
                {filterWords(ctx, k, query, names)} <span aria-hidden="true">×</span>
                <span class="vh"> {t("search.drop")}</span>
              </a>
            ))}
          <a class="link" href={ctx.href("/search", { q: query.q })}>
            {t("search.clear")}
          </a>
        </p>
      ) : null}
    </form>
  );
};

const FILTER_LABELS: Readonly<Record<string, string>> = {
  country: "search.country",
  genre: "search.genre",
  eventType: "search.eventType",
  measure: "search.measure",
  since: "search.from",
  until: "search.to",
  min: "search.numberFrom",
  max: "search.numberTo",
  sort: "search.sort",
};

/** A filter in words: "Chile", "from 5 Jan 2022", "100 or more". */
export function filterWords(
  ctx: Ctx,
  name: string,
  query: SearchQuery,
  names: ReadonlyMap<string, string> = new Map(),
): string {
  const value = String(query[name as keyof SearchQuery]);
  if (name === "country") return countryName(value, ctx.locale);
  if (name === "language") return languageName(value, ctx.locale);
  if (name === "genre") return ctx.t(`genre.${value}`);
  if (name === "eventType") return ctx.t(`event.${value}`);
  if (name === "measure") return ctx.t(`measure.${value}`);
  if (name === "since" || name === "until")
    return ctx.t(`search.chip.${name}`, { day: partial(value, ctx, true) });
  if (name === "min" || name === "max")
    return ctx.t(`search.chip.${name}`, { count: written(Number(value), ctx.locale) });
  return name === "outlet" ? (names.get(value) ?? value) : ctx.t("latest.withCopies");
}

/** What an address asks for and cannot be understood, in words: it is left out, and that is said. */
const leftOut = (ctx: Ctx, query: SearchQuery): readonly string[] =>
  Object.entries(FILTER_LABELS).flatMap(([name, label]) => {
    const asked = ctx.search.get(name)?.trim();
    return asked === undefined || asked === "" || name in query ? [] : [`${ctx.t(label)} “${asked}”`];
  });

const Facets = ({
  ctx,
  query,
  answer,
  view,
  names,
}: {
  ctx: Ctx;
  query: SearchQuery;
  answer: SearchAnswer;
  view: View;
  names: ReadonlyMap<string, string>;
}) => {
  const { t } = ctx;
  const facet = (
    name: "country" | "outlet" | "language" | "genre" | "eventType",
    label: string,
    word: (v: string) => string,
  ) => {
    const rows = answer.facets[name];
    if (rows.length === 0) return null;
    return (
      <div class="facet">
        <h2>{label}</h2>
        <ul class="tally">
          {rows.slice(0, SHOWN).map((f) => {
            const on = query[name] === f.value;
            return (
              <li>
                <a
                  href={ctx.href("/search", {
                    ...asQuery(query),
                    [name]: on ? undefined : f.value,
                    view: view === "list" ? undefined : view,
                  })}
                  aria-current={on ? "true" : undefined}
                  dir="auto"
                >
                  {word(f.value)}
                </a>
                <span class="num">{f.count}</span>
              </li>
            );
          })}
        </ul>
      </div>
    );
  };
  return (
    <details class="facets fold-side" id="narrow">
      <summary>{t("search.narrow")}</summary>
      {answer.atLeast ? <p class="small">{t("search.facetsOf", { count: answer.total })}</p> : null}
      {facet("country", t("search.country"), (v) => countryName(v, ctx.locale))}
      {facet("outlet", t("search.outlet"), (v) =>
        v === "unknown" ? t("outlet.unknown") : (names.get(v) ?? v),
      )}
      {facet("language", t("search.language"), (v) => languageName(v, ctx.locale))}
      {facet("genre", t("search.genre"), (v) => t(`genre.${v}`))}
      {facet("eventType", t("search.eventType"), (v) => t(`event.${v}`))}
    </details>
  );
};

/** Incidents a map is drawn from. */
const MOST_PINNED = 1000;
/** The incidents that the reports found tell of. */
async function incidentsOf(ctx: Ctx, query: SearchQuery, answer: SearchAnswer): Promise<readonly Incident[]> {
  const { eventType, country } = query;
  const found = await ctx.store.incidents(
    { articles: answer.rows.map((r) => r.id), eventType, country },
    { limit: MOST_PINNED },
  );
  return found.rows.filter((i) => i.place !== undefined);
}

const Answer = ({
  ctx,
  answer,
  view,
  located,
  numbers,
  measured,
}: {
  ctx: Ctx;
  answer: SearchAnswer;
  view: View;
  located: readonly Incident[];
  /** Of each article the numbers that were asked for. */
  numbers: ReadonlyMap<string, readonly Quantity[]>;
  /** Whether numbers of one measure were asked for: it need not be said of each. */
  measured: boolean;
}) => {
  const { t } = ctx;
  const numbersOf = (id: string): Child => {
    const found = numbers.get(id) ?? [];
    return found.length === 0 ? null : (
      <p class="found-numbers">
        {found.slice(0, 4).map((q) => (
          <span>
            <a class="said" href={spanHref(ctx, id, q.span)} dir="auto">
              {inWords(q)}
            </a>{" "}
            {measured ? null : <span class="small">{t(`measure.${q.measure}`)}</span>}
          </span>
        ))}
      </p>
    );
  };
  if (view === "map") {
    const reports = new Map(
      answer.facets.country.filter((f) => isCountry(f.value)).map((f) => [f.value, f.count]),
    );
    return (
      <>
        <WorldMap ctx={ctx} id="found" fit counts={{ reports, silent: new Set(), ...pinsOf(ctx, located) }} />
        <p class="small map-note">
          {t("search.pinsOf", {
            incidents: t("count.incidents", { count: located.filter(stands).length }),
            reports: t("count.reports", { count: answer.rows.length }),
          })}
        </p>
        <ul class="tally regions">
          {answer.facets.country.map((f) => (
            <li>
              <a
                href={ctx.href("/search", {
                  ...Object.fromEntries(ctx.search),
                  country: f.value,
                  view: undefined,
                })}
              >
                {countryName(f.value, ctx.locale)}
              </a>
              <span class="num">{t("count.reports", { count: f.count })}</span>
            </li>
          ))}
        </ul>
      </>
    );
  }
  if (view === "timeline") {
    const days = groupBy(
      answer.rows.toSorted((a, b) => a.sortTime - b.sortTime),
      (r) => dayOf(r.sortTime, ctx.zone),
    );
    const bars = daysOf(answer.facets.day);
    return (
      <>
        {bars.length < 2 ? null : (
          <figure>
            <figcaption>{t("country.coverage")}</figcaption>
            <DayBars ctx={ctx} days={bars} title={t("country.coverage")} />
          </figure>
        )}
        {[...days].map(([day, rows]) => (
          <section aria-label={partial(day, ctx, true)} class="day-rows">
            <h2 class="day-head">{rows[0] === undefined ? day : longDay(rows[0].sortTime, ctx)}</h2>
            <ol>
              {rows.map((row) => (
                <ArticleLine ctx={ctx} row={row} snippet={row.snippet} found={numbersOf(row.id)} />
              ))}
            </ol>
          </section>
        ))}
      </>
    );
  }
  return (
    <ol class="lines-wide">
      {answer.rows.map((row) => (
        <ArticleLine
          ctx={ctx}
          row={row}
          level="h2"
          snippet={row.snippet}
          found={numbersOf(row.id)}
          day
          summary
        />
      ))}
    </ol>
  );
};

/** Days of a facet with the empty days between, so that silence is drawn; long spans by month. */
export function daysOf(facet: readonly Facet[]): readonly { readonly day: string; readonly value: number }[] {
  const known = facet
    .filter((f) => /^\d{4}-\d{2}-\d{2}$/.test(f.value))
    .toSorted((a, b) => a.value.localeCompare(b.value));
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined) return [];
  const span = (Date.parse(last.value) - Date.parse(first.value)) / 86_400_000;
  if (span > 120) {
    const months = groupBy(known, (f) => f.value.slice(0, 7));
    return [...months]
      .slice(-48)
      .map(([day, rows]) => ({ day, value: rows.reduce((n, r) => n + r.count, 0) }));
  }
  const counts = new Map(known.map((f) => [f.value, f.count]));
  return Array.from({ length: span + 1 }, (_, i) => {
    const day = new Date(Date.parse(first.value) + i * 86_400_000).toISOString().slice(0, 10);
    return { day, value: counts.get(day) ?? 0 };
  });
}
