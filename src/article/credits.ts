/**
 * Lines and markup → credits: whose text this is, or who contributed. A credit names an agency we know, an outlet of the
 * table, or whatever its own phrase says stands behind the text ("Compiled from reports by …", "Источник: …").
 * Pictures' credits are not read here, and nothing is concluded: the copy tracer weighs what is found.
 */
import type { Credit, Span } from "../model/index.ts";
import { nameKey, namesBody } from "./names.ts";

const AGENCIES: readonly (readonly [string, RegExp])[] = [
  ["Reuters", /\bReuters\b/i],
  ["Associated Press", /\b(?:The )?Associated Press\b|\bAP\b/],
  ["Agence France-Presse", /\bAgence France[- ]Presse\b|\bAFP\b/],
  ["dpa", /\b(?:dpa|Deutsche Presse-Agentur)\b/],
  ["EFE", /\b(?:Agencia )?EFE\b/],
  ["ANSA", /\bANSA\b/],
  ["Xinhua", /\bXinhua\b/i],
  ["TASS", /\b(?:TASS|ТАСС)\b/],
  ["Interfax", /\b(?:Interfax|Интерфакс)\b/i],
  ["RIA Novosti", /\b(?:RIA Novosti|РИА Новости)\b/i],
  ["Ukrinform", /\b(?:Ukrinform|Укринформ|Укрінформ)\b/i],
  ["Press Trust of India", /\bPress Trust of India\b|\bPTI\b/],
  ["ANI", /\bANI\b/],
  ["IANS", /\bIANS\b/],
  ["Anadolu Agency", /\bAnadolu(?: Agency| Ajansı)?\b/i],
  ["Kyodo", /\bKyodo\b/i],
  ["Yonhap", /\bYonhap\b/i],
  ["Bloomberg", /\bBloomberg\b/],
  ["United Press International", /\bUnited Press International\b|\bUPI\b/],
  ["PA Media", /\b(?:PA Media|Press Association)\b/],
  ["APA", /\bAPA\b/],
  ["Keystone-SDA", /\b(?:Keystone-SDA|sda)\b/],
  ["PAP", /\bPAP\b/],
  ["CNN Wire", /\bCNN(?: Newsource| Wire)\b/],
];

export function agencyIn(text: string): string | undefined {
  return AGENCIES.find(([, pattern]) => pattern.test(text))?.[0];
}

/** Words by which a whole line says where its text is from; the group holds the names. */
const SAYS_ORIGIN: readonly RegExp[] = [
  /^(?:compiled|written|prepared|adapted|rewritten) (?:from|with|using) (?:the )?(?:reports?|reporting|dispatches|material|copy|wire(?:s| services| reports)?)(?: (?:by|from|of))? (.{2,120})$/i,
  /^(?:based on|with information from|with reporting from|with reports? (?:by|from)|additional reporting by) (?:reports? (?:by|from|in) |reporting by )?(.{2,120})$/i,
  /^(?:.{0,60}\. )?(?:(?:this|the) (?:article|story|text|report) (?:was )?)?(?:first|originally) (?:published|appeared|ran) (?:by|in|on|at|with) (.{2,80})$/i,
  /^(?:republished|reprinted|reproduced|syndicated) (?:from|with permission (?:of|from)|by permission of|courtesy of) (.{2,80})$/i,
  /^(?:via|vía|через|über|par|tramite) (.{2,60})$/i,
  /^(?:source|sources|credit|quelle|quellen|fuente|fuentes|fonte|fonti|bron|kaynak|źródło|источник(?:и)?|джерело|المصدر|المصادر|来源|來源|出典)\s*[:：–—-]\s*(.{2,80})$/i,
  /^(?:con|com|elaborad[oa] con) informaci(?:ón|ones) de (.{2,80})$|^com informações d[aeo]s? (.{2,80})$|^con informazioni di (.{2,80})$/i,
  /^(?:publicado originalmente|publicada originalmente|zuerst erschienen|ursprünglich erschienen|publié initialement|pubblicato originariamente) (?:por|en|in|bei|auf|par|dans|sur|da|su) (.{2,80})$/i,
  /^(?:mit material|mit agenturmaterial) (?:von|der|des) (.{2,80})$|^avec (?:l['’])?(.{2,40})$|^d['’]après (.{2,60})$/i,
  /^(?:подготовлено )?по материалам(?: агентства| издания| сайта)? (.{2,80})$|^(?:перепечатано из|перепечатка из|впервые опубликовано(?: в| на)?:?|первая публикация:?) (.{2,80})$/i,
  /^(?:نقلا?ً? عن|بالاعتماد على تقارير|نشر(?:ت)? (?:أولا|لأول مرة) في|عن موقع) (.{2,80})$/,
];
/** A newsroom's own credit, which agencies print under the text: cut from the body, kept as a credit. */
export const STAFF_CREDIT =
  /^[([]?\s*(?:(?:additional |further )?(?:reporting|writing|reported|written|compiled|edited|editing)(?: and (?:writing|editing))? by\s.{3,240}|(?:información|reporte|reportaje|redacción)(?: adicional)? de\s.{3,160};\s*(?:editad[oa]|edición|escrito|traducid[oa]).{0,160}|(?:editado|traducido) (?:en español )?por\s.{3,100}|(?:репортаж|автор|подготовил[аи]?|репортёр|корреспондент)\s*[:—–-]?\s.{3,100};\s*редактор.{0,100}|(?:إعداد|تغطية|كتابة)\s.{3,80}(?:[؛;-]|\s-\s)\s*تحرير\s.{2,80})[)\]]?\.?$/i;
/** The same words that may begin a sentence of the text: only inside brackets or with an editor are they a credit. */
const IN_BRACKETS =
  /^[([].*[)\]]\.?$|;\s*(?:additional|further|edit|writ|compil|redac|edici|tradu|редак|تحرير)/i;
export const isStaffCredit = (line: string): boolean =>
  line.length < 320 &&
  STAFF_CREDIT.test(line) &&
  (IN_BRACKETS.test(line) || (line.length < 90 && !/[.!?]\s\p{Lu}/u.test(line)));
const AGENCIES_ANY =
  /^[([]?(?:news )?(?:agencies|agencias|agenturen|agences|agenzie|агентства|وكالات|agency reports|wire reports)[)\]]?$/i;

const CREDIT_LINE =
  /(?:^|[.\s(])((?:\(?(?:with|additional)?\s*(?:reporting|inputs?|contributions?|material)\s(?:by|from)\s[^.()\n]{3,160}\)?)|(?:(?:the )?[\p{L} .]{2,40} contributed to this (?:report|story|article))|(?:with (?:files|inputs?|reports?|post wires|agency reports|wire reports)(?: (?:from|by) [^.\n]{2,80})?)|(?:©|\(c\)|copyright)\s?(?:\d{4}\s)?(?:the )?[^.\n]{2,80}|contributing:\s[^.\n]{3,120}|(?:quelle|source|fuente|fonte|источник)\s*:\s[^.\n]{2,80}|mit (?:material|agenturmaterial) (?:von|der) [^.\n]{2,60}|avec (?:l')?afp|con información de [^.\n]{2,60})\.?\s*$/iu;

export type CreditPage = {
  readonly text: string;
  readonly blocks: readonly { readonly span: Span; readonly kind: string }[];
  /** Names given as authors: agencies among them are credits. */
  readonly authors: readonly string[];
  /** Lines and markup that stand as a credit by their name or place. */
  readonly marked: readonly string[];
  /** Lines that follow the body on the page but are not part of it. */
  readonly after: readonly string[];
  /** Names of outlets we know. */
  readonly known: readonly string[];
  /** Folded names of the page's own outlet. */
  readonly own: ReadonlySet<string>;
};

export function readCredits(page: CreditPage): readonly Credit[] {
  const credits: Credit[] = [];
  const add = (words: string, agency: string | undefined, span: Span | undefined): void => {
    if (agency !== undefined && page.own.has(nameKey(agency))) return;
    if (credits.some((c) => c.words === words && c.agency === agency)) return;
    credits.push({
      words,
      ...(agency === undefined ? {} : { agency }),
      ...(span === undefined ? {} : { span }),
    });
  };
  const read = (line: string, span: Span | undefined, copyright: boolean): void => {
    const origin = originOf(line);
    if (origin !== undefined) {
      for (const agency of namesIn(origin, page.known)) add(line, agency, span);
      return;
    }
    const words = CREDIT_LINE.exec(line.length > 400 ? line.slice(-400) : line)?.[1]?.trim();
    if (words !== undefined) {
      if (!copyright && /^©|copyright|\(c\)/i.test(words)) return;
      const start = span === undefined ? -1 : page.text.indexOf(words, span.start);
      add(
        words,
        agencyIn(words) ?? knownIn(words, page.known),
        start < 0 ? undefined : { start, end: start + words.length },
      );
    } else if (isStaffCredit(line)) add(line, agencyIn(line), span);
    else if (isCreditAlone(line)) {
      const agency = agencyIn(line) ?? knownIn(line, page.known) ?? bodyIn(line);
      if (agency !== undefined || AGENCIES_ANY.test(line)) add(line, agency, span);
    }
  };
  for (const { span } of page.blocks.slice(-4)) read(page.text.slice(span.start, span.end), span, true);
  for (const line of page.after) if (line.length <= 240) read(line, undefined, false);
  for (const marked of page.marked) {
    // "Tarn Wire | 7 January 2022": the credit without its date
    const line = marked.split(/\s*[|·•]\s*/).find((part) => !/\d{4}|\d[:.]\d/.test(part)) ?? marked;
    if (line.length > 320) continue;
    if (isStaffCredit(line) || originOf(line) !== undefined) read(line, undefined, false);
    else if (line.length < 80) {
      const agency =
        agencyIn(line) ??
        knownIn(line, page.known) ??
        (namesBody(line) && !AGENCIES_ANY.test(line) ? line : undefined);
      if (agency !== undefined || AGENCIES_ANY.test(line)) add(line, agency, undefined);
    }
  }
  for (const name of page.authors) {
    const agency = name.length < 160 ? (agencyIn(name) ?? knownIn(name, page.known)) : undefined;
    if (agency !== undefined) add(name, agency, undefined);
  }
  return credits;
}

/** What a line that says where the text is from names. */
export function originOf(line: string): string | undefined {
  if (line.length > 240) return undefined;
  const plain = line.replace(/^[([—–\s-]+|[\s.)\]]+$/g, "");
  for (const pattern of SAYS_ORIGIN) {
    const named = pattern
      .exec(plain)
      ?.slice(1)
      .find((group) => group !== undefined);
    // "Via the northern road": what follows must be a name
    if (named !== undefined && /^(?:the |der |die |das |l['’])?["«“„]?[\p{Lu}\p{Lo}\d]/u.test(named))
      return named;
  }
  return undefined;
}

function namesIn(named: string, known: readonly string[]): readonly string[] {
  const found = known.filter((name) => holds(named, name));
  if (found.length > 0) return found;
  return named
    .split(/\s*(?:,|;|\/|\s(?:and|und|y|e|et|и|و)\s)\s*/iu)
    .map((part) =>
      part
        .replace(/\s(?:on|am|le|el|il|em)\s\d.*$/i, "")
        .replace(/^(?:the|der|die|das|l['’])\s+|^[\s"«“„]+/i, "")
        .replace(/[\s."»”“]+$/g, "")
        .trim(),
    )
    .filter((part) => part.length > 1 && part.length < 60)
    .map((part) => agencyIn(part) ?? part)
    .slice(0, 6);
}

const holds = (text: string, name: string): boolean =>
  name.length >= 3 &&
  ` ${text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ")} `.includes(
    ` ${name
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, " ")
      .trim()} `,
  );

export function knownIn(text: string, known: readonly string[]): string | undefined {
  return known.find((name) => holds(text, name));
}

/** "(Tarn Wire)", "— Reuters", "Associated Press" as a line of its own. */
function isCreditAlone(line: string): boolean {
  return (
    line.length < 60 && /^[([—–-]?\s*[\p{L}\s/.,&-]+[)\]]?\.?$/u.test(line) && line.split(/\s+/).length <= 6
  );
}

/** In brackets at the end, the name of a body is a credit though we do not know it. */
function bodyIn(line: string): string | undefined {
  const inner = /^[([]\s*([^()[\]]{2,50}?)\s*[)\]]\.?$/.exec(line)?.[1];
  return inner !== undefined && namesBody(inner) ? inner : undefined;
}
