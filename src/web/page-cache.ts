/**
 * The front page and the sections ask much of the store and are asked for most, by all in the same words. For a few seconds a page that was made is given again; for two
 * minutes after that it is given while a new one is being made. What the user does through a form empties it.
 */
const FRESH = 4_000;
const USABLE = 120_000;
/** Pages kept at most: of each edition, language and look. */
const MOST = 64;

type Entry = { readonly at: number; readonly html: string };

export type PageCache = {
  get(key: string, make: () => Promise<string>): Promise<string>;
  clear(): void;
};

export function createPageCache(clock: { now(): number }): PageCache {
  const entries = new Map<string, Entry>();
  const making = new Map<string, Promise<string>>();
  let round = 0;
  const remake = (key: string, make: () => Promise<string>): Promise<string> => {
    const known = making.get(key);
    if (known !== undefined) return known;
    const started = round;
    const made = make()
      .then((html) => {
        // A page begun before the last change is not kept.
        if (started === round) {
          entries.delete(key);
          entries.set(key, { at: clock.now(), html });
          for (const oldest of [...entries.keys()].slice(0, Math.max(0, entries.size - MOST)))
            entries.delete(oldest);
        }
        return html;
      })
      .finally(() => making.delete(key));
    making.set(key, made);
    return made;
  };
  return {
    get(key, make) {
      const entry = entries.get(key);
      const age = entry === undefined ? Number.POSITIVE_INFINITY : clock.now() - entry.at;
      if (entry !== undefined && age >= 0 && age < FRESH) return Promise.resolve(entry.html);
      if (entry !== undefined && age >= 0 && age < USABLE) {
        // The reader who comes next gets the failure, if it lasts; this one has a page.
        void remake(key, make).catch(() => entries.delete(key));
        return Promise.resolve(entry.html);
      }
      return remake(key, make);
    },
    clear() {
      round++;
      entries.clear();
      making.clear();
    },
  };
}
