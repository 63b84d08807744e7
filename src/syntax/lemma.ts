/**
 * Lemmas as edit scripts, after UDPipe 2 (Straka 2018): what to do with letter case, which ending goes and which
 * comes instead ("l|ies>y": lower case, -ies becomes -y), or a whole lemma for words that share nothing with it
 * ("=be"). `lemmaScript` learns a script from a pair, `applyScript` runs one.
 */

type Case = "k" | "l" | "t";
const title = (form: string): string => form.charAt(0).toUpperCase() + form.slice(1).toLowerCase();
const recase = (form: string, how: Case): string =>
  how === "k" ? form : how === "l" ? form.toLowerCase() : title(form);

function commonPrefix(a: string, b: string): number {
  let n = 0;
  while (n < a.length && n < b.length && a.charCodeAt(n) === b.charCodeAt(n)) n++;
  return n;
}

export function lemmaScript(form: string, lemma: string): string {
  const order: readonly Case[] = lemma === lemma.toLowerCase() ? ["l", "k", "t"] : ["k", "t", "l"];
  let best: Case = "k";
  let shared = -1;
  for (const how of order) {
    const n = commonPrefix(recase(form, how), lemma);
    if (n > shared) {
      shared = n;
      best = how;
    }
  }
  if (shared === 0 || lemma.length - shared > 6) return `=${lemma}`;
  return `${best}|${recase(form, best).slice(shared)}>${lemma.slice(shared)}`;
}

/** The lemma, or undefined when the script does not fit the form. */
export function applyScript(form: string, script: string): string | undefined {
  if (script.startsWith("=")) return script.slice(1);
  const how = script.charAt(0) as Case; // Scripts are made by lemmaScript only.
  const split = script.indexOf(">", 2);
  const gone = script.slice(2, split);
  const base = recase(form, how);
  if (!base.endsWith(gone) || (gone.length === base.length && split + 1 === script.length)) return undefined;
  return base.slice(0, base.length - gone.length) + script.slice(split + 1);
}
