import { expect, it } from "vitest";
import { filing } from "../../test/conformance/make.ts";
import { createMemoryStore } from "../adapters/store-memory/index.ts";
import { withParts } from "./parts.ts";

const WIRE = "The dam at Quill broke before dawn and the lower town was under water by noon.";
const OWN = "Nobody had told the school in the valley, and the buses went out as on any other day.";

it.each([
  ["an original that is stored", false],
  ["an original of the same batch", true],
])("tells which paragraphs come from %s", async (_, together) => {
  const store = createMemoryStore();
  const original = filing({ url: "https://wire.example/dam", title: "Dam breaks", body: WIRE });
  const copy = filing({
    url: "https://paper.example/dam",
    title: "A day in the valley",
    body: `${OWN}\n\n${WIRE}`,
    copyOf: "https://wire.example/dam",
    copyKind: "rewrite",
  });
  if (!together) await store.saveFilings([original]);
  const filed = (await withParts(store, together ? [original, copy] : [copy])).at(-1);
  const parts = filed?.copies[0]?.parts?.map((p) =>
    copy.reading.article.text.slice(p.span.start, p.span.end),
  );
  expect(parts).toEqual([WIRE]);
});
