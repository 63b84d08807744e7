/** What a story of hundreds of reports and values draws, and what it leaves a link away. */
import { describe, expect, it } from "vitest";
import { articleId, filing, storyId } from "../../../test/conformance/make.ts";
import { createMemoryStore } from "../../adapters/store-memory/index.ts";
import type { ArticleId, LedgerEntry, LedgerSeries, Quantity } from "../../model/index.ts";
import { site } from "../test-site.ts";
import { weightiest } from "../ui/ledger.tsx";

const hour = (i: number): string => new Date(Date.UTC(2024, 0, 1) + i * 3_600_000).toISOString();

const entry = (i: number, more: Partial<LedgerEntry> = {}): LedgerEntry => {
  const id = `a${i}` as ArticleId;
  const quantity: Quantity = {
    id: `${id}.q0`,
    articleId: id,
    span: { start: 0, end: 4 },
    words: `${i} dead`,
    sentence: { start: 0, end: 9 },
    assertion: "claimed",
    voice: "speaker",
    rule: "test",
    pipeline: "test",
    exact: i,
    unit: "people",
    measure: "killed",
    kind: "total",
  };
  return { at: hour(i), quantity, carriers: [id], outlets: 1, status: "latest", direction: "first", ...more };
};
const series = (issuer: string, entries: readonly LedgerEntry[]): LedgerSeries => ({
  key: `killed ${issuer}`,
  measure: "killed",
  scope: {},
  issuer,
  entries: [...entries],
});

describe("values of one number in a drawing", () => {
  const many = Array.from({ length: 60 }, (_, i) => series(`Informant ${i}`, [entry(i)]));

  it("are all drawn where they are few", () => {
    expect(weightiest(many.slice(0, 24))).toHaveLength(24);
  });

  it("are those that weigh most where they are many, in their order", () => {
    const gone = series("Clinic", [
      entry(70, {
        status: "withdrawn",
        statusEvidence: { articleId: "a9" as ArticleId, span: { start: 0, end: 1 }, words: "x" },
      }),
    ]);
    const carried = series("Ministry", [entry(80, { carriers: ["a1", "a2", "a3"] as ArticleId[] })]);
    const drawn = weightiest([...many, gone, carried]);
    expect(drawn).toHaveLength(24);
    expect(drawn.slice(-2)).toEqual([gone, carried]);
  });

  it("are never cut within one series", () => {
    const course = series(
      "Ministry",
      Array.from({ length: 40 }, (_, i) => entry(i, { carriers: ["a1", "a2"] as ArticleId[] })),
    );
    expect(weightiest([...many, course])).toEqual([course]);
  });
});

describe("copies of a long story", () => {
  it("are led back for the texts copied most, the others a link away", async () => {
    const store = createMemoryStore();
    const original = (i: number) => `https://wire.example/${i}`;
    await store.saveFilings([
      ...[0, 1, 2].map((i) => filing({ url: original(i), story: "dam", published: hour(i) })),
      ...Array.from({ length: 50 }, (_, i) =>
        filing({
          url: `https://c${i}.example/1`,
          outlet: `c${i}.example`,
          story: "dam",
          published: hour(10 + i),
          copyOf: original(i < 30 ? 2 : i < 48 ? 1 : 0),
        }),
      ),
    ]);
    const { page } = await site({ store });
    const path = `/story/${storyId("dam")}`;
    const tree = (html: string): string => /<section id="copies".*?<\/section>/s.exec(html)?.[0] ?? "";
    const lines = (html: string): number => tree(html).match(/class="evidence"/g)?.length ?? 0;
    const short = await page(path);
    expect(lines(short)).toBe(40);
    expect(tree(short)).toContain(`href="${path}?copies=all#copies"`);
    expect(tree(short)).toContain(`/article/${articleId(original(2))}`);
    expect(tree(short)).not.toContain(`/article/${articleId(original(0))}`);
    const ticks = (html: string): number => html.match(/name="article"/g)?.length ?? 0;
    expect(ticks(short)).toBe(24);
    expect(short).toContain(`href="${path}?hand=all#hand"`);
    expect(ticks(await page(`${path}?hand=all`))).toBe(53);
    const whole = await page(`${path}?copies=all`);
    expect(lines(whole)).toBe(50);
    expect(tree(whole)).not.toContain("copies=all");
  });
});
