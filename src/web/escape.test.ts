/** Whatever an article says, it stays text: no markup of a title, body, name or query reaches the page as markup. */
import fc from "fast-check";
import { Parser } from "htmlparser2";
import { beforeAll, describe, expect, it } from "vitest";
import { createMemoryStore } from "../adapters/store-memory/index.ts";
import type { Filing } from "../model/index.ts";
import { site } from "./test-site.ts";

type App = Awaited<ReturnType<typeof site>>;

/** Element names and attribute names of a page, with values of addresses. */
function shape(html: string): {
  readonly tags: Set<string>;
  readonly attributes: Set<string>;
  readonly links: string[];
} {
  const tags = new Set<string>();
  const attributes = new Set<string>();
  const links: string[] = [];
  const parser = new Parser({
    onopentag(name, given) {
      tags.add(name);
      for (const [key, value] of Object.entries(given)) {
        attributes.add(key);
        if (key === "href" || key === "src" || key === "action") links.push(value);
      }
    },
  });
  parser.end(html);
  return { tags, attributes, links };
}

const nasty = fc
  .oneof(
    fc.string(),
    fc.constantFrom(
      "<script>alert(1)</script>",
      '"><img src=x onerror=alert(1)>',
      "'><svg/onload=alert(1)>",
      "</title><style>*{}</style>",
      "javascript:alert(1)",
      "&lt;b&gt;",
      "\u0000\u0002<mark>\u0003",
      "--><marquee>",
      "{{7*7}}",
    ),
  )
  .map((s) => `a${s}`);

describe("escaping", () => {
  let fixture: App;
  let plain: ReturnType<typeof shape>;
  beforeAll(async () => {
    fixture = await site();
    plain = shape(
      (
        await Promise.all(
          ["/search?q=dam", "/latest", "/article/adam02", "/", "/outlet/andenwire.example"].map((p) =>
            fixture.page(p),
          ),
        )
      ).join(""),
    );
  });

  it("keeps any query as text", async () => {
    await fc.assert(
      fc.asyncProperty(nasty, async (q) => {
        const { tags, attributes, links } = shape(
          await fixture.page(`/search?q=${encodeURIComponent(q)}&genre=${encodeURIComponent(q)}`),
        );
        expect([...tags].filter((t) => !plain.tags.has(t))).toEqual([]);
        expect([...attributes].filter((a) => a.startsWith("on") || a === "style")).toEqual([]);
        expect(links.filter((l) => /^\s*(javascript|data|vbscript):/i.test(l))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it("keeps any text of an article as text", async () => {
    await fc.assert(
      fc.asyncProperty(nasty, nasty, nasty, async (title, body, name) => {
        const store = createMemoryStore();
        const filings = (await import("../../test/web/fixture.ts")).filings();
        const first = filings.find((f) => f.reading.article.id === "adam02");
        if (first === undefined) throw new Error("The fixture lost its article");
        const { article } = first.reading;
        const text = `${title}\n\n${body} ${article.text}`;
        const changed: Filing = {
          ...first,
          copies: [],
          reading: {
            ...first.reading,
            article: {
              ...article,
              title,
              text,
              blocks: [],
              outletName: name,
              byline: [name],
              summary: body,
              section: name,
              correction: body,
            },
            quantities: first.reading.quantities.map((q) => ({
              ...q,
              words: body,
              speaker: name,
              span: { start: title.length + 2, end: title.length + 2 + body.length },
            })),
          },
        };
        await store.saveFilings([changed]);
        const app = await site({ store });
        for (const path of ["/", "/latest", `/article/adam02`, "/search?q=people"]) {
          const { tags, attributes, links } = shape(await app.page(path));
          expect(
            [...tags].filter((t) => ["img", "marquee", "style", "iframe", "object"].includes(t)),
          ).toEqual([]);
          expect([...attributes].filter((a) => a.startsWith("on") || a === "style")).toEqual([]);
          expect(links.filter((l) => /^\s*(javascript|data|vbscript):/i.test(l))).toEqual([]);
        }
      }),
      { numRuns: 25 },
    );
  });

  it("links only to addresses of the web", async () => {
    const store = createMemoryStore();
    const [first] = (await import("../../test/web/fixture.ts")).filings();
    if (first === undefined) throw new Error("The fixture is empty");
    const { article } = first.reading;
    await store.saveFilings([
      {
        ...first,
        reading: {
          ...first.reading,
          article: {
            ...article,
            url: "javascript:alert(1)",
            sourceLinks: [{ url: "data:text/html,x", words: "x", relation: "source" }],
            media: [{ url: "javascript:alert(2)", kind: "video" }],
          },
        },
      },
    ]);
    const app = await site({ store });
    const { links } = shape(await app.page(`/article/${article.id}`));
    expect(links.filter((l) => /^\s*(javascript|data|vbscript):/i.test(l))).toEqual([]);
  });
});
