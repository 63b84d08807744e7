/**
 * Chosen blocks → the body without the lines that frame it: dates, signatures and agencies above the text; the newsroom's own
 * credit ("Reporting by …; editing by …"), share bars, "Source link" and lists of other headlines under it. What is cut
 * is handed on, because credits and links are read from it. Inside the text nothing is dropped but share bars.
 */
import type { BodyBlock } from "./body.ts";
import { isStaffCredit } from "./credits.ts";
import { findDates } from "./datewords.ts";
import { kindOfName, nameKey } from "./names.ts";

export type Trimmed = { readonly body: readonly BodyBlock[]; readonly cut: readonly string[] };

const SHARE =
  /^(?:(?:share|shares|post|tweet|mail|e-?mail|print|pin|pin ?it|copy ?link|facebook|twitter|whatsapp|telegram|linkedin|reddit|pinterest|messenger|flipboard|vk|viber|teilen|drucken|merken|mailen|compartir|guardar|imprimir|enviar|partager|imprimer|envoyer|condividi|stampa|compartilhar|delen|поделиться|поделитесь|распечатать|твитнуть|отправить|شارك|مشاركة|طباعة|نسخ الرابط|分享)[\s|·•,/+:-]*)+$/i;
const RELATED_WORDS =
  /(?:you (?:may|might) also (?:like|enjoy)|(?:more|latest|other) (?:stories|news|articles)\b.{0,30}|more (?:from|on|in) .{2,40}|related (?:articles?|stories|news|posts|content|topics)|related|read (?:also|next|more)|also read|see also|recommended(?: for you)?|most (?:read|popular)|trending(?: now)?|don['’]t miss|up next|das könnte sie auch interessieren|auch interessant|mehr zum thema|weitere (?:artikel|meldungen|nachrichten|themen)|lesen sie auch|(?:le|te) puede interesar|también te puede interesar|más noticias|noticias relacionadas|lee también|lea también|à lire aussi|lire aussi|sur le même sujet|leggi anche|potrebbe interessarti|veja também|leia também|читайте также|читать также|ещё по теме|еще по теме|по теме|другие новости|материалы по теме|вам может быть интересно|اقرأ أيضا|اقرأ أيضًا|إقرأ أيضا|مواضيع ذات صلة|أخبار ذات صلة|قد يهمك(?: أيضا)?|ilgili haberler|lees ook|zobacz też|czytaj także)/i
    .source;
const RELATED = new RegExp(`^${RELATED_WORDS}\\s*[:：…]?$`, "i");
/** The words and the first link in one line. */
const RELATED_START = new RegExp(`^${RELATED_WORDS}(?=\\s|:)`, "i");
const SOURCE_LINK =
  /^(?:source link|original link|link to source|enlace original|ссылка на источник|رابط المصدر)\W*$/i;
const AGENCY_WORD =
  /^(?:agency|agencia|agence|agentur|agenzia|credit|credits|provider|wire|source|quelle|fuente)$/;

export function trimBody(chosen: readonly BodyBlock[]): Trimmed {
  const cut: string[] = [];
  let body = chosen;
  let from = 0;
  while (from < 5 && from < body.length - 1) {
    const block = body[from];
    if (block === undefined || !standsAbove(block)) break;
    cut.push(block.text);
    from++;
  }
  if (from > 0) body = body.slice(from);
  const shown = body.filter(({ text }) => text.length > 80 || text.length < 7 || !SHARE.test(text));
  if (shown.length > 0) body = shown;
  body = body.slice(0, relatedFrom(body));
  while (body.length > 1) {
    const text = body.at(-1)?.text ?? "";
    if (!isStaffCredit(text) && !SOURCE_LINK.test(text)) break;
    cut.push(text);
    body = body.slice(0, -1);
  }
  // The credit may be followed by one more line: a note to editors, the agency's name
  const before = body.at(-2)?.text ?? "";
  if (body.length > 3 && isStaffCredit(before)) {
    cut.push(before);
    body = body.filter((_, i) => i !== body.length - 2);
  }
  return { body, cut };
}

/** Without the authors' names where they stand as lines of their own above or right under the text. */
export function withoutNames(body: readonly BodyBlock[], names: readonly string[]): readonly BodyBlock[] {
  const keys = new Set([...names.map(nameKey), nameKey(names.join(" and ")), nameKey(names.join(" "))]);
  const signs = (block: BodyBlock | undefined): boolean =>
    block !== undefined && block.text.length < 120 && keys.has(nameKey(block.text));
  let from = 0;
  while (
    from < 3 &&
    from < body.length - 1 &&
    (signs(body[from]) || (from > 0 && isHeadLine(body[from]?.text ?? "")))
  )
    from++;
  const to = body.length - from > 2 && signs(body.at(-1)) ? -1 : undefined;
  return from === 0 && to === undefined ? body : body.slice(from, to);
}

function standsAbove({ raw, text }: BodyBlock): boolean {
  if (text.length > 110) return false;
  if (isHeadLine(text)) return true;
  if (raw.tag === "address") return true;
  const words = [...raw.frame.words, ...raw.innerWords];
  return text.length < 60 && words.some((word) => AGENCY_WORD.test(word)) && kindOfName(text) !== "lone";
}

function isHeadLine(text: string): boolean {
  if (
    /^(?:[Bb]y|[Vv]on|[Pp]ar|[Pp]or|Автор:?|Текст:?)\s+\p{Lu}[\p{L}.'’-]+(?:\s\p{Lu}[\p{L}.'’-]+){1,3}$|^بقلم\s*:?\s[\p{L}\s]{4,40}$/u.test(
      text,
    )
  )
    return true;
  const date = findDates(text, "dmy")[0];
  if (date === undefined || text.length > 110) return false;
  const rest = text.replace(date.words, "").match(/\p{L}/gu)?.length ?? 0;
  return rest <= 24 && !/[.!?…。]["'”’»)]*$/.test(text);
}

/** Where a list of other texts' headlines begins at the end of the body. */
function relatedFrom(body: readonly BodyBlock[]): number {
  for (let i = Math.max(1, body.length - 24); i < body.length; i++) {
    const block = body[i];
    if (block === undefined) continue;
    const heads = block.text.length <= 60 && RELATED.test(block.text);
    const linked = block.raw.linkChars > block.text.length * 0.5 && RELATED_START.test(block.text);
    if (!heads && !linked) continue;
    const rest = body.slice(i + 1);
    if (
      rest.every(
        ({ raw, text }) =>
          raw.linkChars > text.length * 0.8 || (text.length < 100 && !/[.!?…]["'”’»)]*$/.test(text)),
      )
    )
      return i;
  }
  return body.length;
}

/** Lines whose own names say that they are a credit, above the text or right under it. */
export function isMarkedCredit(block: BodyBlock["raw"]): boolean {
  if (block.text.length > 160) return false;
  const words = [...block.frame.words, ...block.innerWords, ...(block.frame.parent?.words ?? [])];
  return (
    words.some((word) => AGENCY_WORD.test(word)) &&
    !words.some((word) =>
      /^(?:photo|foto|image|img|picture|caption|figure|media|video|gallery|slide|bild)$/.test(word),
    )
  );
}
