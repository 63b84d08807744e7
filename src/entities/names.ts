/**
 * Which names of one article are one entity: "Maria-Elena Duarte", "President Duarte" and "Duarte"; "Collective
 * Security Treaty Organization (CSTO)" and "CSTO". Rules over the names alone, in order of the text: a later short form joins
 * the one earlier (or later) full form it fits; when it fits two, it joins the nearer before it.
 */
import { fold } from "./gazetteer.ts";

export const nameWords = (name: string): string[] =>
  fold(name)
    .replace(/['’]s$/u, "")
    .split(/\s+/)
    .filter((w) => w !== "");

export const nameKey = (name: string): string =>
  fold(name)
    .toLowerCase()
    .replace(/['’]s$/u, "")
    .replace(/^the /, "")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

const PARTICLES = new Set([
  "bin",
  "ibn",
  "al",
  "el",
  "de",
  "del",
  "della",
  "der",
  "den",
  "van",
  "von",
  "da",
  "dos",
  "di",
  "la",
  "le",
  "ben",
  "abu",
]);
const SUFFIXES = new Set(["jr", "jr.", "sr", "sr.", "ii", "iii", "iv"]);

/** The words of a person's name by which it is shortened: the last, with its particles. */
export function familyName(name: string): string {
  const words = nameWords(name).filter((w) => !SUFFIXES.has(w.toLowerCase()));
  let at = words.length - 1;
  while (at > 1 && PARTICLES.has((words[at - 1] ?? "").toLowerCase())) at--;
  return words.slice(Math.max(0, at)).join(" ");
}

/** True when the short form can stand for the full name of a person. */
export function isShortPerson(short: string, full: string): boolean {
  const s = nameWords(short);
  const f = nameWords(full);
  if (s.length === 0 || s.length > f.length) return false;
  if (s.length === f.length)
    return s.every((w, i) => w === f[i] || (/^\p{Lu}\.$/u.test(w) && (f[i] ?? "").startsWith(w.charAt(0))));
  const joined = s.join(" ");
  if (joined === familyName(full)) return true;
  // A family name alone, or a first name alone ("Saddam"), or first and last without the middle.
  if (s.length === 1) return s[0] === f.at(-1) || s[0] === f[0];
  return s[0] === f[0] && s.at(-1) === f.at(-1);
}

/** "Collective Security Treaty Organization" → CSTO; small words may be left out or kept. */
export function isAcronym(short: string, full: string): boolean {
  const letters = short.replace(/[.\s]/g, "");
  if (!/^\p{Lu}[\p{Lu}&]{1,7}$/u.test(letters)) return false;
  const words = nameWords(full).flatMap((w) => w.split("-"));
  const all = words.map((w) => w.charAt(0).toUpperCase()).join("");
  const capitals = words
    .filter((w) => /^\p{Lu}/u.test(w))
    .map((w) => w.charAt(0))
    .join("");
  return words.length > 1 && (letters === all || letters === capitals);
}

const ORG_KINDS =
  /\b(?:inc|corp|co|ltd|plc|llc|group|company|corporation|party|ministry|department|organi[sz]ation)\.?$/i;

export function isShortOrg(short: string, full: string): boolean {
  const s = nameKey(short);
  const f = nameKey(full);
  if (s === f) return true;
  if (isAcronym(short, full) || isAcronym(full, short)) return true;
  const stripped = f.replace(ORG_KINDS, "").trim();
  return s === stripped || (s.includes(" ") && f.startsWith(`${s} `));
}
