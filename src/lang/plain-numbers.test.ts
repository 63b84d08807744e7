import { describe, expect, it } from "vitest";
import { asciiDigits, plainNumbers } from "../text/plain-numbers.ts";
import { plainNumberTable } from "./numbers.ts";

/** Language, sentence, then of each number: value, bound when not plain, measure, who. */
const CASES: [string, string, ...string[]][] = [
  ["es", "Casi 8.000 personas han sido detenidas en la ciudad.", "8000 high arrested"],
  ["es", "Unos 100.000 manifestantes salieron a la calle.", "100000 about participants"],
  ["es", "Diecinueve personas, nueve de ellas niñas, murieron en el incendio.", "19 killed", "9 part killed"],
  ["es", "El balance es de 225 muertos y más de 40 heridos.", "225 killed", "40 low injured"],
  ["es", "El 5 de enero de 2031 la torre de 19 plantas ardió durante 3 horas.", ...[]],
  ["ru", "Задержаны около 8 тыс. человек.", "8000 about arrested"],
  ["ru", "Число погибших выросло до 225 человек.", "225 killed"],
  ["ru", "Прокуратура сообщила о 225 погибших, в том числе 18 силовиках.", "225 killed", "18 part killed"],
  ["ru", "В больницах 2 300 раненых, сказал врач.", "2300 injured"],
  ["ru", "Погибли 18 человек; 5 января 2031 года мост был закрыт на 3 дня.", "18 killed"],
  ["ru", "Найдены 18 погибших полицейских.", "18 killed полицейских"],
  ["ru", "Министерство заявило, что не сообщало о гибели 164 человек.", "164 denied killed"],
  ["ar", "أعلنت النيابة مقتل 225 شخصا.", "225 killed"],
  ["ar", "سقط ٢٢٥ قتيلا و٤٠ جريحا في المدينة.", "225 killed", "40 injured"],
  ["ar", "بلغ عدد المحتجزين نحو ثمانية آلاف شخص.", "8000 about arrested"],
  ["ar", "وقع الانفجار في 5 يناير عام 2031.", ...[]],
];

describe("plain numbers", () => {
  it.each(CASES)("%s: %s", (lang, text, ...expected) => {
    const table = plainNumberTable(lang);
    const found = table === undefined ? [] : plainNumbers(text, table);
    expect(
      found.map((n) =>
        [
          n.value,
          n.bound === "plain" ? "" : n.bound,
          n.part ? "part" : "",
          n.denied ? "denied" : "",
          n.measure,
          n.whom ?? "",
        ]
          .filter((w) => w !== "")
          .join(" "),
      ),
    ).toEqual(expected);
  });
});

describe("asciiDigits", () => {
  it.each([
    ["٢٢٥", "225"],
    ["۱۲", "12"],
    ["१२३", "123"],
    ["৯০", "90"],
    ["no. 7", "no. 7"],
  ])("%s", (text, digits) => expect(asciiDigits(text)).toBe(digits));
});
