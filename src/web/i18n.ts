/** Turns a key and values into words of the interface, with plural forms; English where a catalogue lacks the key. */
import type { Catalogue, UiLanguage, WebOptions } from "./options.ts";

export type Words = (key: string, values?: Readonly<Record<string, string | number>>) => string;

const LOCALES: Readonly<Record<UiLanguage, string>> = {
  en: "en-GB",
  es: "es",
  ru: "ru",
  ar: "ar-u-nu-latn",
};
export const localeOf = (language: UiLanguage): string => LOCALES[language];
export const directionOf = (language: UiLanguage): "ltr" | "rtl" => (language === "ar" ? "rtl" : "ltr");

/** `translator(catalogues, "en")("count.reports", {count: 2})` → "2 reports" */
export function translator(catalogues: WebOptions["catalogues"], language: UiLanguage): Words {
  const own: Catalogue = catalogues[language] ?? {};
  const english: Catalogue = catalogues.en ?? {};
  const number = new Intl.NumberFormat(localeOf(language));
  const rules = { own: new Intl.PluralRules(localeOf(language)), english: new Intl.PluralRules("en") };
  return (key, values = {}) => {
    const entry = own[key] ?? english[key] ?? key;
    const plural = key in own ? rules.own : rules.english;
    const count = values["count"];
    const text =
      typeof entry === "string"
        ? entry
        : (entry[plural.select(typeof count === "number" ? count : 0)] ?? entry["other"] ?? key);
    return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = values[name];
      return value === undefined ? whole : typeof value === "number" ? number.format(value) : value;
    });
  };
}
