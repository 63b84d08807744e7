/** The chain, the index of copies and the grouper → the tools of the applications. What depends on order of arrival lives here. */
import { createCopyIndex } from "../copies/index.ts";
import type { CopyLink, Reading } from "../model/index.ts";
import { type ReadTools, readPage } from "../pipeline/read-page.ts";
import { PIPELINE } from "../pipeline/version.ts";
import type { Background } from "../stories/background.ts";
import { buildStory } from "../stories/build.ts";
import { createStoryGrouper } from "../stories/group.ts";
import { sisterKeys } from "../stories/sisters.ts";
import type { Tools } from "./tools.ts";

export type ComposeOptions = {
  readonly read: ReadTools;
  readonly background: (language: string) => Background | undefined;
  /** Reads pages on other threads; absent: on this one. */
  readonly pool?: { readonly read: Tools["read"]; readonly parallel: number } | undefined;
  readonly countryNames: (code: string) => readonly string[];
};

/** Names and numbers that survive translation, for copies between languages. */
const keysOf = (reading: Reading): string[] => [
  ...reading.entities.flatMap((e) =>
    e.wikidata
      ? [e.wikidata]
      : e.place?.geonames
        ? [`g${e.place.geonames}`]
        : e.place
          ? [e.place.country]
          : [],
  ),
  ...reading.quantities.flatMap((q) =>
    [q.exact, q.low, q.high].flatMap((n) => (n !== undefined && n > 9 ? [String(n)] : [])),
  ),
];

const timeOf = ({ article }: Reading): number => {
  const stated = article.published?.value;
  const ms =
    stated === undefined ? Number.NaN : Date.parse(/T\d{2}$/.test(stated) ? `${stated}:00Z` : stated);
  return Number.isFinite(ms) ? ms : Date.parse(article.firstSeen);
};

export function createTools(options: ComposeOptions): Tools {
  const outletKind = new Map(options.read.outlets.map((o) => [o.id, o.kind]));
  const copies = createCopyIndex();
  const stories = createStoryGrouper({ background: options.background });
  return {
    pipeline: PIPELINE,
    read: options.pool?.read ?? ((page, hints) => readPage(page, options.read, hints)),
    parallel: options.pool?.parallel ?? 1,
    link: (reading) => {
      const { article } = reading;
      const { sketch, links, freed } = copies.add({
        article,
        outletKind: outletKind.get(article.outletId),
        keys: keysOf(reading),
      });
      return { sketch, links, freed };
    },
    group: (reading, links: readonly CopyLink[]) => {
      const { article } = reading;
      const body = article.text.startsWith(article.title)
        ? article.text.slice(article.title.length)
        : article.text;
      const { storyId, profile, moved, merged } = stories.add({
        articleId: article.id,
        title: article.title,
        body,
        language: article.language,
        time: timeOf(reading),
        // Two columns on one subject are not one report in two languages.
        ...(article.genre === "opinion" ? {} : { keys: sisterKeys(reading) }),
        copyOf: links.find((l) => l.copy === article.id && l.original !== undefined)?.original,
      });
      const moves = [...moved];
      const merges = [...merged];
      for (const link of links) {
        if (link.copy === article.id || link.original === undefined) continue;
        const later = stories.link(link.copy, link.original);
        moves.push(...later.moved);
        merges.push(...later.merged);
      }
      // A later link may have moved the article itself.
      return { storyId: stories.storyOf(article.id) ?? storyId, profile, moved: moves, merged: merges };
    },
    settle: () => stories.settle(),
    hold: ({ pins, apart }) => {
      stories.hold(pins, apart);
    },
    assign: (ids, storyId) => {
      stories.assign(ids, storyId);
    },
    restore: (state) => {
      copies.restore(state.sketch);
      stories.restore(state.profile, state.storyId);
    },
    buildStory: ({ id, readings, rows, links, outlets, now, activity, decisions, bearers }) => {
      const built = buildStory({
        id,
        readings,
        rows,
        links,
        outlets,
        now,
        countryNames: options.countryNames,
        background: options.background,
        activity,
        decisions,
        bearers,
      });
      if (!built) throw new RangeError(`Story ${id} has no articles to be built from`);
      return built;
    },
  };
}
