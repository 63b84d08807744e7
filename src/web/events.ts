/** Server-sent events for open pages: one poll of the store for all listeners, a word when something new has come in. */
import type { Hono } from "hono";
import { streamSSE } from "hono/streaming";
import type { Store } from "../ports/index.ts";

const EVERY = 10_000;

/** `onChange` is called before the listeners are told, so that what they load is new. */
export function mountEvents(app: Hono, store: Store, onChange: () => void): void {
  const listeners = new Set<(articles: number) => void>();
  let timer: ReturnType<typeof setInterval> | undefined;
  let known: number | undefined;
  const look = async (): Promise<void> => {
    const { articles } = await store.stats();
    const before = known;
    known = articles;
    if (before === undefined || before === articles) return;
    onChange();
    for (const tell of [...listeners]) tell(articles);
  };
  app.get("/events", (c) =>
    streamSSE(c, async (stream) => {
      const tell = (articles: number): void => {
        stream
          .writeSSE({ event: "change", data: JSON.stringify({ articles }) })
          .catch(() => listeners.delete(tell));
      };
      listeners.add(tell);
      if (timer === undefined) {
        // A failed look is tried again at the next tick; the page it serves needs no answer.
        timer = setInterval(() => void look().catch(() => undefined), EVERY);
        timer.unref();
        await look();
      }
      await new Promise<void>((resolve) => {
        const beat = setInterval(() => {
          stream.writeSSE({ event: "beat", data: "" }).catch(() => resolve());
        }, 25_000);
        beat.unref();
        stream.onAbort(() => {
          clearInterval(beat);
          resolve();
        });
      });
      listeners.delete(tell);
      if (listeners.size === 0 && timer !== undefined) {
        clearInterval(timer);
        timer = undefined;
      }
    }),
  );
}
