import { describe, expect, it } from "vitest";
import { guessLanguage, normalTag, settleLanguage } from "./language.ts";

describe("guessLanguage", () => {
  it.each([
    ["en", "The council said that the pier would be closed for eight months and that boats had to move."],
    [
      "de",
      "Der Rat hat beschlossen, dass der Steg für acht Monate geschlossen wird und die Boote nach Westen müssen.",
    ],
    [
      "fr",
      "Le conseil a décidé de fermer la jetée pour huit mois et les bateaux doivent partir vers le port.",
    ],
    [
      "es",
      "El consejo decidió cerrar el muelle durante ocho meses y los barcos tienen que ir al otro puerto.",
    ],
    ["ru", "Совет решил закрыть причал на восемь месяцев, и лодки должны перейти на западную сторону."],
    ["uk", "Рада вирішила закрити причал на вісім місяців, і човни мають перейти на західний бік та чекати."],
    ["zh", "港务委员会决定将东码头关闭八个月，渔船必须移到西侧的泊位。"],
    ["ja", "港湾委員会は東埠頭を八か月閉鎖することを決め、船は西側に移る。"],
  ])("%s", (language, text) => {
    expect(guessLanguage(text).language).toBe(language);
  });
});

describe("settleLanguage", () => {
  const russian = guessLanguage(
    "Совет решил закрыть причал на восемь месяцев, и лодки должны перейти на западную сторону.",
  );
  it("prefers what the text is when the template says otherwise", () => {
    expect(settleLanguage("en-US", russian)).toEqual({ language: "ru", disagree: true });
  });
  it("keeps the region of a declaration that agrees", () => {
    expect(settleLanguage("ru_RU", russian)).toEqual({ language: "ru-RU", disagree: false });
  });
  it("says und when nothing is known", () => {
    expect(settleLanguage(undefined, guessLanguage("7"))).toEqual({ language: "und", disagree: false });
  });
  it.each([
    ["en_us", "en-US"],
    ["zh-hant", "zh-Hant"],
    ["english", undefined],
    ["", undefined],
  ])("reads the tag %s", (tag, normal) => {
    expect(normalTag(tag)).toBe(normal);
  });
});
