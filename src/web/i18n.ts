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

type Rules = { readonly number: Intl.NumberFormat; readonly plural: Intl.PluralRules };
const rules = new Map<UiLanguage, Rules>();
/** Making these takes longer than a small page: once for each language. */
const rulesOf = (language: UiLanguage): Rules => {
  const locale = localeOf(language);
  const known = rules.get(language) ?? {
    number: new Intl.NumberFormat(locale),
    plural: new Intl.PluralRules(locale),
  };
  rules.set(language, known);
  return known;
};

/** `translator(catalogues, "en")("count.reports", {count: 2})` → "2 reports" */
export function translator(catalogues: WebOptions["catalogues"], language: UiLanguage): Words {
  const own: Catalogue = catalogues[language] ?? {};
  const english: Catalogue = catalogues.en ?? {};
  const { number, plural } = rulesOf(language);
  return (key, values) => {
    const entry = own[key] ?? english[key] ?? key;
    if (typeof entry === "string" && values === undefined) return entry;
    const count = values?.["count"];
    const text =
      typeof entry === "string"
        ? entry
        : (entry[
            (key in own ? plural : rulesOf("en").plural).select(typeof count === "number" ? count : 0)
          ] ??
          entry["other"] ??
          key);
    return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = values?.[name];
      return value === undefined ? whole : typeof value === "number" ? number.format(value) : value;
    });
  };
}
