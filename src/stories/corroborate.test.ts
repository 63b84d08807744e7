import { describe, expect, it } from "vitest";
import { makeReading } from "../../test/make-reading.ts";
import type { CopyLink, Outlet } from "../model/index.ts";
import { originsOf } from "./corroborate.ts";
import { issuerOf } from "./issuers.ts";

const reading = (id: string, outlet: string, more = {}) =>
  makeReading({ id, outlet, body: `Text of ${id}.`, ...more });
const copyOf = (copy: string, original: string): CopyLink =>
  ({ copy, original, evidence: [], confidence: 0.9, kind: "reprint" }) as unknown as CopyLink;
const outlet = (name: string, more: Partial<Outlet>): Outlet =>
  ({
    id: `${name.toLowerCase().replace(/[^a-z]+/g, "")}.example`,
    name,
    hosts: [],
    languages: [],
    kind: "national",
    stateControl: "unknown",
    admiralty: "F",
    demo: false,
    ...more,
  }) as Outlet;
const prosecutor = issuerOf("the prosecutor general's office");

describe("originsOf", () => {
  const four = ["Ridge Post", "Hill Gazette", "Vale Herald", "Lake News"].map((o, i) => reading(`r${i}`, o));
  const ids = four.map((r) => r.article.id);
  it.each<[string, CopyLink[], Outlet[], number]>([
    ["four newsrooms at one briefing are four", [], [], 4],
    ["a copy goes with its original", [copyOf("r1", "r0")], [], 3],
    ["copies of copies too", [copyOf("r1", "r0"), copyOf("r2", "r1"), copyOf("r3", "r2")], [], 1],
    [
      "outlets of one owner are one",
      [],
      [outlet("Ridge Post", { owner: "Fenn Group" }), outlet("Lake News", { owner: "Fenn Group" })],
      3,
    ],
    ["an official channel is no newsroom", [], [outlet("Lake News", { kind: "official" })], 3],
  ])("%s", (_, links, outlets, newsrooms) => {
    const c = originsOf(four, links, outlets).corroborate(ids, [prosecutor]);
    expect(c).toMatchObject({ newsrooms, outlets: 4, informants: ["prosecutor general's office"] });
    expect(c.words).toContain(
      "one informant: prosecutor general's office; no second informant in our sources",
    );
  });

  it("counts a wire once, also when its own text is not in the archive", () => {
    const credit = { credits: [{ words: "(AFP)", agency: "AFP" }] };
    const two = [reading("a", "Ridge Post", credit), reading("b", "Vale Herald", credit)];
    const c = originsOf(two, [], []).corroborate(["a", "b"], []);
    expect(c).toMatchObject({ newsrooms: 1, outlets: 2 });
    expect(c.words).toContain("2 texts from a wire counted once per wire");
    expect(c.words).toContain("no informant named");
  });

  it("does not take a quoted newsroom for an informant", () =>
    expect(
      originsOf(four, [], []).corroborate(ids, [issuerOf("Hill Gazette"), prosecutor]).informants,
    ).toEqual(["prosecutor general's office"]));
});
