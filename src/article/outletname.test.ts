import { describe, expect, it } from "vitest";
import { withoutSlogan } from "./outletname.ts";

describe("the name of an outlet", () => {
  it.each([
    ["Harbour News, Weather, Sports | WXYZ 7News", "wxyz.example", "WXYZ 7News"],
    ["Noticias del país - La Voz Gráfica | Infórmate", "www.lavozgrafica.example", "La Voz Gráfica"],
    ["Anything Goes | MIXED.example", "mixed.example", "MIXED.example"],
    ["COAST - COAST for nature and water", "coast.example", "COAST"],
  ])("%s at %s is %s", (name, host, expected) => {
    expect(withoutSlogan(name, host)).toBe(expected);
  });

  it.each([
    ["LN - Hafener Nachrichten", "ln-online.example"],
    ["The Coast Post", "coastpost.example"],
    ["Jazz | Blues", "records.example"],
    ["One | Two", undefined],
    ["Sun-Times", "suntimes.example"],
  ])("%s stays whole", (name, host) => {
    expect(withoutSlogan(name, host)).toBe(name);
  });
});
