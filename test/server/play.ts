/** Plays one case of the hostile server through the fetcher (and the feed reader) and says how it ended. */
import { readFeed } from "../../src/feeds/read-feed.ts";
import type { Fetcher } from "../../src/ports/index.ts";
import { decodeBytes } from "../../src/text/charset.ts";
import type { Case } from "./hostile.ts";

export type Outcome = { readonly ending: string; readonly asExpected: boolean; readonly detail: string };

export const play = async (fetcher: Fetcher, base: string, c: Case): Promise<Outcome> => {
  const answer = await fetcher.fetch({ url: `${base}${c.path}`, purpose: c.purpose });
  if (!answer.ok) return declined(c, answer.reason, answer.detail);
  if (c.purpose !== "feed") {
    const { text } = decodeBytes(answer.bytes, { kind: "html" });
    const fits = c.expected.ok && (c.expected.text === undefined || text.includes(c.expected.text));
    return { ending: `${answer.bytes.length} bytes`, asExpected: fits, detail: "" };
  }
  const contentType = answer.headers["content-type"];
  const read = readFeed(answer.bytes, {
    url: answer.url,
    ...(contentType === undefined ? {} : { contentType }),
  });
  if (!read.ok) return declined(c, read.reason, read.detail);
  const titles = read.feed.items.map((i) => i.title ?? "").join(" ");
  const fits =
    c.expected.ok &&
    (c.expected.items === undefined || c.expected.items === read.feed.items.length) &&
    (c.expected.text === undefined || titles.includes(c.expected.text)) &&
    !titles.includes("root:") &&
    titles.length < 100_000;
  return {
    ending: `${read.feed.items.length} items`,
    asExpected: fits,
    detail: read.notes.map((n) => n.code).join(", "),
  };
};

const declined = (c: Case, reason: string, detail: string): Outcome => ({
  ending: reason,
  asExpected: !c.expected.ok && c.expected.reason === reason && detail !== "",
  detail,
});
