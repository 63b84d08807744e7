import { describe, expect, it } from "vitest";
import { classifyGenre, genreOf } from "./genre.ts";

const REPORT = `Two men were killed on Tuesday when a bus left the road near the port, police said. The driver, 44, told officers that the brakes had failed, a spokesman said. "We are looking at every cause," the spokesman said. The ministry announced an inquiry on Wednesday and said it would report next month. Witnesses told the local station that the bus had been speeding.`;
const ARGUMENT = `The fall of the cabinet is no surprise. Yet the real lesson is not the one its ministers draw. Rather, it is that a regime which clings to power by force becomes more brittle, not less. The failure to face the gaping gap between the capital and the provinces only stores up risks. Either way, the government must now talk to its opponents. That will be tricky, but it is vital. A brutal crackdown may bring quiet; it will not bring peace. Neighbours should draw the same lesson, and so should those who prop up dictators from afar.`;

const GUIDE = `Your kitchen needs a lemon tree, and it is easier than it looks. You should begin with a fresh seed. If you let it dry, it may fail. Keep the soil damp, but never wet: that is the key mistake. You need patience, of course. Why buy a plant when you can watch your own one grow?`;

const CASES: [string, string, string, string?][] = [
  ["Bus crash kills two near port", REPORT, "news"],
  ["How to grow a lemon tree", GUIDE, "feature"],
  [
    "A quiet you can keep",
    ARGUMENT.replace("Yet the real lesson", "Yet the real lesson you may draw"),
    "opinion",
  ],
  ["A quiet that will not last", ARGUMENT, "opinion"],
  ["Opinion: The port needs a new road", REPORT, "opinion"],
  ["Analysis: Why the port road is deadly", REPORT, "analysis"],
  ["Bus crash – live updates", REPORT, "live"],
  ["Bus crash kills two near port", REPORT, "opinion", "https://herald.example/opinion/2022/bus"],
  [
    "Bus crash kills two near port",
    REPORT,
    "news",
    "https://herald.example/news/2022/opinion-poll-leads-to-bus",
  ],
  ["MEYER: The road nobody mends", REPORT, "opinion"],
  ["Колонка: дорога, которую никто не чинит", REPORT, "opinion"],
  ["Opinión: la carretera que nadie arregla", REPORT, "opinion"],
  ["Новая колонка техники вошла в город: видео", REPORT, "news"],
  ["UPDATE 1-Bus crash kills two near port", REPORT, "news"],
  ["Ministry opens inquiry", `FOR IMMEDIATE RELEASE\n${REPORT}`, "release"],
];

describe("classifyGenre", () => {
  it.each(CASES)("%s", (title, body, genre, url) => {
    expect(
      classifyGenre({ title, url: url ?? "https://herald.example/a", text: `${title}\n\n${body}` }),
    ).toBe(genre);
  });

  it.each(["Мнения", "Колонки", "رأي", "Opinión", "Tribuna"])("knows the section %s", (section) => {
    const text = `T\n\n${REPORT}`;
    expect(genreOf({ title: "T", url: "https://herald.example/a", text, section }).genre).toBe("opinion");
    expect(
      genreOf({ title: "T", url: "https://herald.example/a", text, section: `x${section}x` }).genre,
    ).toBe("news");
  });

  it("believes the section first", () => {
    const text = `T\n\n${REPORT}`;
    expect(genreOf({ title: "T", url: "https://herald.example/a", text, section: "Editorial" }).rule).toBe(
      "genre/section",
    );
  });
});
