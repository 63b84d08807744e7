import { describe, expect, it } from "vitest";
import type { Article, Document, Entity } from "../model/index.ts";
import { withoutOwnName } from "./own-name.ts";

const org = (name: string, sector?: Entity["sector"]): Entity => ({
  key: `org:${name.toLowerCase()}`,
  name,
  type: "ORG",
  ...(sector === undefined ? {} : { sector }),
});
const documentOf = (entities: readonly Entity[]): Document => ({
  text: "",
  language: "en",
  sentences: [],
  entities: [...entities],
  mentions: entities.map((e, entity) => ({
    span: { start: entity, end: entity + 1 },
    words: e.name,
    type: "ORG",
    kind: "name",
    entity,
    made: "test",
  })),
  times: [],
});
// Only these fields are looked at.
const article = (outletName: string, ...credits: string[]): Article =>
  ({ outletName, credits: credits.map((words) => ({ words })) }) as unknown as Article;

describe("withoutOwnName", () => {
  it("leaves out the outlet and what it credits, and keeps the others in order", () => {
    const doc = documentOf([
      org("Northgate Wire"),
      org("Port Council"),
      org("Harbour Press"),
      org("Sea Union"),
    ]);
    const left = withoutOwnName(doc, article("The Northgate Wire", "Harbour Press"));
    expect(left.entities.map((e) => e.name)).toEqual(["Port Council", "Sea Union"]);
    expect(left.mentions.map((m) => [m.words, left.entities[m.entity]?.name])).toEqual([
      ["Port Council", "Port Council"],
      ["Sea Union", "Sea Union"],
    ]);
  });

  it("knows other newsrooms for journalists", () => {
    const left = withoutOwnName(
      documentOf([org("Reuters"), org("Harbour Gazette")]),
      article("Northgate Wire"),
    );
    expect(left.entities.map((e) => e.sector)).toEqual(["JRN", "JRN"]);
  });

  it("keeps a body that publishes its own news", () => {
    const doc = documentOf([org("Ministry of Ports"), org("Sea Guard", "MIL")]);
    expect(withoutOwnName(doc, article("Ministry of Ports"))).toBe(doc);
    expect(withoutOwnName(doc, article("Sea Guard"))).toBe(doc);
  });
});
