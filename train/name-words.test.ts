import { describe, expect, it } from "vitest";
import { joinNameWords } from "./name-words.ts";

describe("lists of names", () => {
  it.each([
    [
      "words in several lists get the letters of all",
      [
        ["f", "Ada\nAlex"],
        ["m", "Alex"],
      ],
      "ada\tf\nalex\tfm\n",
    ],
    ["a line of two words is two words", [["p", "Van Dijk"]], "dijk\tp\nvan\tp\n"],
    [
      "a word twice in a list counts once",
      [["c", "Arlen Ferry\nArlen Mill"]],
      "arlen\tc\nferry\tc\nmill\tc\n",
    ],
    [
      "comments, numbers and single letters are left out",
      [["c", "# firms\n3M\nX\nA & B\nArlen Co."]],
      "arlen\tc\nco\tc\n",
    ],
  ] as const)("%s", (_, lists, text) => {
    expect(joinNameWords(lists)).toBe(text);
  });
});
