/**
 * The articles that carry a statement → in how many independent newsrooms it stands, and on whose word. Copies of one
 * text are one newsroom, so are outlets that carry one wire and outlets of one owner. Official channels and press
 * releases are origins, not newsrooms. Four newsrooms at one briefing are four newsrooms and one informant.
 */
import { sameOutletName } from "../copies/agencies.ts";
import type { CopyLink, Corroboration, Outlet, Reading } from "../model/index.ts";
import { distinctIssuers, type Issuer } from "./issuers.ts";

export type Origins = {
  /** Independent newsroom of each article; absent for official texts and notes to editors. */
  readonly newsroomOf: (articleId: string) => string | undefined;
  readonly corroborate: (articleIds: Iterable<string>, informants: readonly Issuer[]) => Corroboration;
};

const NOT_A_NEWSROOM = new Set(["official"]);

/** Wire an article carries by its own words; absent when none is named. */
const wireOf = (reading: Reading, links: readonly CopyLink[]): string | undefined => {
  const { article } = reading;
  const unknown = links.find(
    (l) => l.copy === article.id && l.original === undefined && l.originalOutlet !== undefined,
  );
  const named =
    unknown?.originalOutlet ??
    article.dateline?.agency ??
    article.credits.find((c) => c.agency !== undefined && !/contribut|photo|image/i.test(c.words))?.agency;
  return named;
};

const plural = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;

/** "a Northgate reporter", of an outlet of that name: the newsroom itself. */
const ownReporter = (outlet: string, informant: string): boolean =>
  /\b(?:reporter|correspondent|journalist|photographer|newsroom)s?\b/i.test(informant) &&
  informant.split(/\s+/).some((w) => /^\p{Lu}/u.test(w) && outlet.split(/\s+/).includes(w));

export const originsOf = (
  readings: readonly Reading[],
  links: readonly CopyLink[],
  outlets: readonly Outlet[],
): Origins => {
  const outletById = new Map(outlets.map((o) => [o.id as string, o]));
  const byId = new Map(readings.map((r) => [r.article.id as string, r]));
  const outletNames = [...new Set(readings.map((r) => r.article.outletName))];
  const up = new Map<string, string>();
  const find = (x: string): string => {
    let at = x;
    for (let next = up.get(at); next !== undefined && next !== at; next = up.get(at)) at = next;
    return at;
  };
  const union = (a: string, b: string): void => {
    const [x, y] = [find(a), find(b)].sort();
    if (x !== undefined && y !== undefined && x !== y) up.set(y, x);
  };
  const why = new Map<string, "copy" | "wire" | "owner">();
  for (const r of readings) {
    const id = r.article.id as string;
    union(`article ${id}`, `outlet ${r.article.outletId}`);
    const owner = outletById.get(r.article.outletId)?.owner;
    if (owner !== undefined && owner !== "")
      union(`outlet ${r.article.outletId}`, `owner ${owner.toLowerCase()}`);
  }
  // A copy or a wire text stands for its origin, not for the outlet that prints it: it leaves its outlet's newsroom.
  const origin = new Map<string, string>();
  for (const link of links) {
    if (link.original === undefined || !byId.has(link.copy) || origin.has(link.copy)) continue;
    if (link.kind === "correction" || link.copy === link.original) continue;
    origin.set(link.copy, `article ${link.original}`);
    why.set(link.copy, "copy");
  }
  for (const r of readings) {
    const id = r.article.id as string;
    const wire = wireOf(r, links);
    if (wire === undefined || sameOutletName(wire, r.article.outletName) || origin.has(id)) continue;
    const own = readings.find((o) => sameOutletName(o.article.outletName, wire));
    origin.set(id, own ? `outlet ${own.article.outletId}` : `wire ${wire.toLowerCase()}`);
    why.set(id, "wire");
  }
  const newsroomKey = (id: string): string => {
    let at = `article ${id}`;
    for (let hops = 0; hops < 50; hops++) {
      const next = at.startsWith("article ") ? origin.get(at.slice(8)) : undefined;
      if (next === undefined) break;
      at = next;
    }
    return find(at);
  };
  const kindOf = (id: string): string | undefined => {
    const outlet = byId.get(id)?.article.outletId;
    return outlet === undefined ? undefined : outletById.get(outlet)?.kind;
  };
  const newsroomOf = (id: string): string | undefined => {
    const genre = byId.get(id)?.article.genre;
    let root = id;
    for (let next = origin.get(root); next?.startsWith("article "); next = origin.get(root)) {
      if (next.slice(8) === root) break;
      root = next.slice(8);
    }
    if (genre === "release" || genre === "advisory") return undefined;
    return NOT_A_NEWSROOM.has(kindOf(root) ?? "") ? undefined : newsroomKey(id);
  };

  const corroborate = (articleIds: Iterable<string>, informants: readonly Issuer[]): Corroboration => {
    const ids = [...new Set(articleIds)];
    const newsrooms = new Set(ids.map(newsroomOf).filter((k) => k !== undefined));
    const printed = new Set(ids.map((id) => byId.get(id)?.article.outletId ?? id));
    const copies = ids.filter((id) => why.get(id) === "copy").length;
    const wires = ids.filter((id) => why.get(id) === "wire").length;
    const official = ids.filter((id) => newsroomOf(id) === undefined).length;
    // A newsroom that is quoted relays; it is no informant.
    const people = distinctIssuers(
      informants.filter(
        (i) =>
          !i.key.startsWith("outlet:") &&
          !outletNames.some((o) => sameOutletName(o, i.name) || ownReporter(o, i.name)),
      ),
    );
    const parts = [
      copies > 0 ? `${plural(copies, "copy", "copies")} counted with their originals` : "",
      wires > 0 ? `${plural(wires, "text")} from a wire counted once per wire` : "",
      official > 0 ? `${plural(official, "official text")} not counted as a newsroom` : "",
    ].filter((p) => p !== "");
    const collapsed =
      printed.size - official - newsrooms.size > 0 && copies + wires === 0
        ? ["outlets of one owner counted once"]
        : [];
    const why2 = [...parts, ...collapsed].join("; ");
    const said =
      people.length === 0
        ? "no informant named"
        : people.length === 1
          ? `one informant: ${people[0]?.name.replace(/^outlet:/, "")}`
          : `${people.length} informants: ${people
              .slice(0, 4)
              .map((p) => p.name.replace(/^outlet:/, ""))
              .join(", ")}${people.length > 4 ? " …" : ""}`;
    const confirmed = people.length < 2 ? "; no second informant in our sources" : "";
    return {
      newsrooms: newsrooms.size,
      informants: people.map((p) => p.name),
      outlets: printed.size,
      counts: { reports: ids.length, copies, wires, official },
      words: `${plural(ids.length, "report")} in ${plural(printed.size, "outlet")}, ${plural(newsrooms.size, "independent newsroom")}${why2 === "" ? "" : ` (${why2})`}; ${said}${confirmed}`,
    };
  };
  return { newsroomOf, corroborate };
};
