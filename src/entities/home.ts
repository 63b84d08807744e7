/**
 * The country a page is written in, as far as its address or language tag says so: a weak hint for names that several
 * countries share. Never told as a fact about the page.
 */

/** Domains of countries that are sold as words. */
const SOLD = new Set(
  "ai am cc co dj eu fm gg im in io is it la ly me ms mu nu pw sc sh st tk to tv vc ws".split(" "),
);
/** Tags that are the default of their software rather than a choice. */
const DEFAULTS = new Set(["en-us", "de-de", "fr-fr", "es-es", "pt-br", "ru-ru", "it-it", "pl-pl"]);

/** @returns ISO 3166-1 alpha-2 */
export function writtenIn(url: string, language: string): string | undefined {
  const host = /^[a-z+.-]+:\/\/(?:[^/@]*@)?([^/:?#]+)/iu.exec(url)?.[1] ?? "";
  const domain = host.split(".").at(-1)?.toLowerCase() ?? "";
  // "in", "it" and "is" name the country where a second level shows it is used as such: "co.in".
  const registered = /\.(?:co|com|org|net|gov|edu|ac)\.[a-z]{2}$/iu.test(host);
  if (/^[a-z]{2}$/.test(domain) && (registered || !SOLD.has(domain)))
    return domain === "uk" ? "GB" : domain.toUpperCase();
  const tag = language.toLowerCase();
  return DEFAULTS.has(tag) ? undefined : /^[a-z]{2,3}-([a-z]{2})$/.exec(tag)?.[1]?.toUpperCase();
}
