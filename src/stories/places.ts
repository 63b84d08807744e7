/** Readings of a story → the countries it is about and the places where its events happened, each once, with the articles that name it. */
import type { Place, Reading, Story } from "../model/index.ts";

const MAX_PLACES = 40;

export const countriesOf = (readings: readonly Reading[]): Story["countries"] => {
  const weights = new Map<string, number>();
  for (const r of readings)
    for (const c of r.countries) weights.set(c.code, (weights.get(c.code) ?? 0) + c.weight);
  const total = [...weights.values()].reduce((s, w) => s + w, 0) || 1;
  return [...weights]
    .map(([code, weight]) => ({ code, weight: Math.round((weight / total) * 1000) / 1000 }))
    .filter((c) => c.weight >= 0.02)
    .sort((a, b) => b.weight - a.weight || (a.code < b.code ? -1 : 1));
};

type Found = Omit<(typeof Place)["_output"], "articles">;

/** Places of events first: a place that is only named is not where something happened. */
export const placesOf = (readings: readonly Reading[]): Story["places"] => {
  const found = new Map<string, { place: Found; articles: Set<string>; events: number }>();
  const add = (place: Found, article: string, events: number): void => {
    const key = `${place.name.toLowerCase()}|${place.country ?? ""}`;
    const known = found.get(key);
    if (known) {
      known.articles.add(article);
      known.events += events;
    } else found.set(key, { place, articles: new Set([article]), events });
  };
  for (const r of readings) {
    if (r.article.genre === "opinion") continue;
    for (const e of r.events)
      if (e.place && e.status !== "hypothetical" && !e.background) add(e.place, r.article.id, 1);
    for (const e of r.entities)
      if (e.place && e.place.precision <= 5) {
        const { geonames: _id, ...place } = e.place;
        add(place, r.article.id, 0);
      }
  }
  return [...found.values()]
    .sort(
      (a, b) =>
        b.events - a.events || b.articles.size - a.articles.size || (a.place.name < b.place.name ? -1 : 1),
    )
    .slice(0, MAX_PLACES)
    .map(({ place, articles }) => ({ ...place, articles: articles.size }));
};
