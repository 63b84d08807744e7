/**
 * robots.txt of each origin, asked at most once a day (RFC 9309): 4xx allows everything, 5xx and no answer forbid everything
 * until asked again, an older copy outlives a failure. Concurrent questions for one origin share one request.
 */
import { crawlDelay, isAllowed, parseRobots, type Robots } from "../../feeds/robots.ts";
import type { Clock } from "../../ports/index.ts";

export type RobotsVerdict = {
  readonly allowed: boolean;
  readonly detail?: string | undefined;
  readonly delaySeconds?: number | undefined;
  /** When a refusal for want of an answer will be asked again. */
  readonly retryAt?: number | undefined;
};

type Entry = {
  readonly robots: Robots | undefined;
  readonly until: number;
  readonly failure: string | undefined;
};

const DAY = 24 * 3_600_000;
const AFTER_FAILURE = 3_600_000;
const MOST = 5000;

/** Fetches one robots.txt: its text, or a status, or why there was no answer. */
export type AskRobots = (
  url: URL,
) => Promise<{ readonly status: number; readonly text: string } | { readonly failure: string }>;

export type RobotsCache = { check(url: URL, agent: string): Promise<RobotsVerdict> };

export const createRobotsCache = (clock: Clock, ask: AskRobots): RobotsCache => {
  const entries = new Map<string, Entry>();
  const asking = new Map<string, Promise<Entry>>();

  const fetchEntry = async (origin: string, old: Entry | undefined): Promise<Entry> => {
    const answer = await ask(new URL("/robots.txt", origin));
    const now = clock.now();
    if ("failure" in answer)
      return { robots: old?.robots, until: now + AFTER_FAILURE, failure: answer.failure };
    if (answer.status >= 200 && answer.status < 300)
      return { robots: parseRobots(answer.text), until: now + DAY, failure: undefined };
    if (answer.status >= 400 && answer.status < 500 && answer.status !== 429)
      return { robots: { groups: [], sitemaps: [] }, until: now + DAY, failure: undefined };
    return {
      robots: old?.robots,
      until: now + AFTER_FAILURE,
      failure: `robots.txt answered ${answer.status}`,
    };
  };

  const entryOf = async (origin: string): Promise<Entry> => {
    const old = entries.get(origin);
    const now = clock.now();
    // The second half guards against a clock that was once in the future.
    if (old && old.until > now && old.until <= now + DAY) return old;
    let running = asking.get(origin);
    if (!running) {
      running = fetchEntry(origin, old).finally(() => asking.delete(origin));
      asking.set(origin, running);
    }
    const entry = await running;
    entries.delete(origin);
    entries.set(origin, entry);
    if (entries.size > MOST) {
      const first = entries.keys().next();
      if (!first.done) entries.delete(first.value);
    }
    return entry;
  };

  return {
    check: async (url, agent) => {
      if (url.pathname === "/robots.txt") return { allowed: true };
      const entry = await entryOf(url.origin);
      if (!entry.robots)
        return {
          allowed: false,
          detail: `The site's robots.txt could not be read (${entry.failure ?? "no answer"}), so nothing is fetched from it for now.`,
          retryAt: entry.until,
        };
      const delaySeconds = crawlDelay(entry.robots, agent);
      const allowed = isAllowed(entry.robots, agent, url.href);
      return {
        allowed,
        delaySeconds,
        ...(allowed ? {} : { detail: `${url.host} asks in its robots.txt not to fetch this address.` }),
      };
    },
  };
};
