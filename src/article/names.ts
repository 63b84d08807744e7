/**
 * Words of a by-line → the names in it: "By Ann Example and Bo Muster, Staff" → ["Ann Example", "Bo Muster"].
 * Labels ("Von", "Автор:", "بقلم"), dates, handles, titles of office and counts are cut off; what is left is judged:
 * a full name of a person, a name on its own (a first name, initials, a user name), or the name of a body.
 * Leaves out telling a person from a place or a product by knowledge: only form and the words of newsrooms are looked at.
 */
import { foldSpace } from "./dom.ts";
import { wordsIn } from "./features.ts";

export const nameKey = (text: string): string => wordsIn(text).join("");

const KIND =
  "(?:(?:article|text|story|words|posted|published|written|reported|created|submitted|reviewed|analysis|interview|opinion|comment|geschrieben|verfasst|veröffentlicht|erstellt|gespeichert|eingestellt|(?:eine? |im )?(?:artikel|beitrag|blog ?beitrag|gastbeitrag|gastkommentar|kommentar|interview|gespräch|analyse|kolumne|essay|rezension|reportage|glosse|bericht|wortlaut|disko|pressemitteilung)|publié|écrit|rédigé|propos recueillis|escrito|publicado|redactado|enviado|entrevista|scritto|pubblicato|intervista|geplaatst|geschreven|napisane|opublikowane)\\s+(?:\\w+\\s+)?(?:by|von|vom|par|por|per|door|av|af|de|di|da|przez))";
const BY = new RegExp(
  `^\\s*(?:${KIND}|by|von|vom|par|por|door|автор(?:ы|ка)?|текст|автори|author|autor|autorin|autoren|auteur|autore|verfasser|verfasserin|text|texte|words|with)\\b\\s*[:.]?\\s+(?=\\S)|^\\s*(?:per|de|di|da|av|af)\\s*:\\s*|^\\s*(?:(?:подготовил[аи]?|автор(?:ы)?|текст|записал[аи]?|корреспондент)\\s*[:—–-]?|بقلم|كتبت?|الكاتبة?|إعداد|تحرير|نویسنده|מאת)\\s*[:：]?\\s+(?=\\p{L})`,
  "iu",
);
const LABEL =
  /^\s*(?:authors?|autor(?:\/in|:in|\*in|in|innen|en|es|i|zy)?|auteurs?|autore|autori|verfasser(?:in)?|text|texte|tekst|textos?|testo|words|by-?line|автор(?:ы)?|текст|redakteur(?:in)?|redacción|reporter|writer|interview|foto|name|redaktion|von|by|por|yazan|haber|責任編輯|责任编辑|作者|记者|編輯|编辑|撰文|文|بقلم|الكاتب|كتب|المصدر)\s*[:：|]\s*/iu;
const GLUED =
  /^(?:(?:[Gg]eschrieben|[Vv]erfasst|[Ee]rstellt|[Ww]ritten|[Pp]osted) ?)?(?:[Bb]eitrag|[Aa]rtikel)?(?:By|Von|von|Par|Por)(?=\p{Lu}\p{Ll}|\p{Lu}\.)/u;
const MONTHS =
  "(?:jan|feb|mar|mär|märz|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez|ene|abr|ago|dic|janv|févr|mars|avr|juin|juil|août|déc|янв|фев|мар|апр|мая|июн|июл|авг|сен|окт|ноя|дек)\\p{L}{0,7}\\.?";
const STOP_AT = new RegExp(
  `\\s*(?:[|•·—]|\\s[-–]\\s|\\d{1,2}[./:]\\d|\\(|\\s@|\\b(?:updated|published|posted|veröffentlicht|aktualisiert|erschienen|published on|on|am|vom|le|il|el|em|um|at)\\b\\s*(?=\\d|${MONTHS}|\\p{Lu}?\\p{L}+\\s*\\d|monday|tuesday|wednesday|thursday|friday|saturday|sunday|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|$)|\\b(?:19|20)\\d\\d\\b|\\s\\d{1,2}\\.?\\s${MONTHS}(?=\\s|$|,)|\\s${MONTHS}\\s\\d|\\b\\d+\\s*(?:min|comment|kommentar|share|view|hour|day|stunde|tag)|[,;]\\s*(?:updated|published|staff|special to|correspondent|reporter|senior|editor|chief|dpa|afp|reuters|ap\\b|kna|epd|sid|apa|contributor|author|redakteur|freie|political|business|sports|health|science|politics|associate|managing|published|photo|the associated)).*$`,
  "isu",
);
const SPLIT = /\s*(?:,|;|\/|\||&|\+|،|、|\s(?:and|und|et|y|e|i|och|og|en|и|та|و|sowie|with|mit)\s)\s*/iu;
const TRAILING =
  /\s+(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mo|di|mi|do|fr|sa|so|mon|tue|wed|thu|fri|sat|sun)[.,]?|am|um|on|at|(?:\p{Lu}[\p{L}]*\s)?staff(?:\s(?:writer|reporter))?|publiziert|veröffentlicht|contactar|contact|im gespräch|ph\.?d\.?|m\.?d\.?|[A-Z]{2,4}\s?news|shares?|follow|email|autor|author|stand|eine? (?:kommentar|analyse|kolumne|interview))$/iu;
/** "Lowmere staff" is no person called Lowmere. */
const OF_STAFF = /^\S+\s(?:staff|newsroom|desk)$/i;
const POSTS_BY =
  /^(?:(?:view|see|show|read)?\s*(?:all|more)?\s*(?:posts|articles|stories)\s(?:by|from|of)|(?:zeige?\s)?(?:alle|weitere)\s(?:beiträge|artikel|posts)\s(?:von|anzeigen von)|(?:beiträge|artikel|alles|mehr)\s(?:von|des autors):?|voir tous les articles de|ver todas las entradas de|publicaciones de|about|über|avatar of|photo of|profil von|author archives?:?|posts by|articles by)\s+/i;
const DATE_PART =
  /^(?:\d{1,2}\.?\s*\p{L}{3,12}\.?|\p{L}{3,12}\.?\s\d{1,2}|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch)$/iu;
const NOT_A_NAME =
  /https?:|www\.|(?:^|\s)@|@\S+\.|(?:^|[\s#])\d{2,}(?:\s|$)|^(?:by|von|admin|administrator|editor|staff|redaktion|redacción|redaccion|redação|rédaction|la rédaction|redazione|редакция|редакція|التحرير|newsroom|news desk|web ?desk|online|team|unknown|anonymous|guest|gast|author|authors|autor|autoren|profile|profil|comments?|share|share this|follow|posted|published|all posts|mehr|more|read more|subscribe|contact|kontakt|home|view all|facebook|twitter|instagram|linkedin|email|e-mail|print|about the author|über den autor|über die autorin|zum profil|no author|alle artikel|zum autor|zur artikelübersicht|more posts|buch der woche|gesponserte inhalte|laboratorio|ph\.?d\.?|m\.?d\.?|jr\.?|n\/a|none|no|yes|null|undefined|false|true|super user|webmaster|root|test|wordpress|wp-?admin|wordpressadmin|redaktionsteam|nachricht|nachrichten|meldung|news|news agencies|agencies|agencias|agenturen|агентства|وكالات|afp|reuters|ap|dpa|associated press|the associated press|tass|efe|ansa|xinhua|staff and news service reports|news service reports|(?:.{2,30} )?(?:desk|newsroom)|zuletzt geändert|zuletzt aktualisiert|last updated|wire reports|staff reports?)$/iu;

/** Words of bodies, desks and newsrooms: who bears one is no single person. */
const BODY_WORDS =
  /(?:^|[\s.-])(?:e\.\s?v\.?|gmbh|ag|se|ltd|inc|llc|s\.a\.|redaktion|redaktionsteam|editors?|desk|newsroom|staff|team|crew|agency|agencies|wire|service|services|reports|press|presse|pressestelle|zeitung|times|post|herald|tribune|gazette|journal|magazin|magazine|news|nachrichten|online|media|medien|radio|tv|blog|stiftung|foundation|institut|institute|landesanstalt|anstalt|verband|bund|verein|university|universität|ministerium|ministry|commission|company|group|association|council|redacción|agencia|diario|periódico|agence|rédaction|agenzia|редакция|агентство|пресс-служба|news\.|وكالة|وكالات|صحيفة)(?=[\s.,-]|$)|\.(?:com|de|ch|at|org|net|info|it|ru|es|fr)$/iu;

const PARTICLE =
  "(?:van|von|vom|zu|zur|de|del|della|da|dos|di|du|la|le|bin|ibn|al|el|ben|y|af|av|st)(?:\\s(?:der|den|dem|la|las|los|le))?";
const CAPITAL = "(?:[OD]['’])?\\p{Lu}[\\p{L}\\p{M}'’.-]*";
const FULL_NAME = new RegExp(
  `^(?:(?:dr|prof|mag|dipl|ing|rev|sir|dame)\\.?\\s(?:[a-z-]+\\.\\s)*)?${CAPITAL}(?:\\s(?:${PARTICLE}\\s)?${CAPITAL}){1,4}$`,
  "u",
);
/** Scripts without capitals: two to five words of letters. */
const FULL_NAME_CASELESS = /^[\p{Lo}\p{M}]{2,}(?:\s[\p{Lo}\p{M}.-]+){1,4}$|^\p{Script=Han}{2,4}$/u;

/** Two to five words in the form of a person's full name. */
export function isFullName(name: string): boolean {
  if (name.length > 60 || BODY_WORDS.test(name)) return false;
  const plain = name.replace(/^(?:Dr|Prof|Mag|Dipl|Ing|Rev)\.?\s(?:[a-z-]+\.\s)*/i, "");
  if (FULL_NAME_CASELESS.test(plain)) return true;
  return FULL_NAME.test(plain) && /\p{Lu}\p{L}/u.test(plain);
}

/** The name of a body by its own words: "Tarn Wire", "Hafen-Stiftung e.V.". */
export const namesBody = (name: string): boolean =>
  BODY_WORDS.test(name) && !/\d{2}/.test(name) && name.split(/\s+/).length <= 6;

/** What sort of signature a name is. `lone`: a first name, initials or a user name. */
export type NameKind = "person" | "lone" | "body";
export function kindOfName(name: string): NameKind {
  if (BODY_WORDS.test(name)) return "body";
  if (isFullName(name)) return "person";
  return /^\p{Lu}{2,5}$/u.test(name) || wordsIn(name).length > 5 ? "body" : "lone";
}

/** "By Ann Example and Bo Muster, Staff" → ["Ann Example", "Bo Muster"]. */
export function splitNames(text: string): readonly string[] {
  let line = foldSpace(
    text
      .slice(0, 1000)
      .replace(/<[^<>]{0,300}>/g, " ")
      .replace(/https?:\S+/g, " ")
      .replace(/(\S)\s@[\w.]{2,30}(?=\s|$|,)/g, "$1"),
  );
  for (let i = 0; i < 2; i++)
    line = line.replace(POSTS_BY, "").replace(GLUED, "").replace(BY, "").replace(LABEL, "");
  // "Discussion Von Ann Example": the capital says that a by-line begins inside the line
  line = line.replace(/^\p{Lu}[\p{L} -]{2,30}\s(?:Von|By|Por|Par)\s+(?=\p{Lu})/u, "");
  line = line.replace(STOP_AT, "").trim();
  if (line === "") return [];
  // "Muster, Bo" is one name
  const turned = /^(\p{Lu}[\p{L}'’-]+), (\p{Lu}[\p{L}'’.-]+)$/u.exec(line);
  if (turned !== null && turned[1] !== undefined && turned[2] !== undefined && !line.includes(" and "))
    return [`${turned[2]} ${turned[1]}`];
  return line
    .slice(0, 400)
    .split(SPLIT)
    .map((name) => foldSpace(name.replace(/^[\s:.,–-]+|[\s:,–»«>-]+$/g, "")))
    .map((name) => (OF_STAFF.test(name) ? name : name.replace(TRAILING, "")))
    .filter((name) => name !== "" && !DATE_PART.test(name) && !OF_STAFF.test(name));
}

/** Can it be the name of whoever signs? Newsroom labels and furniture cannot. */
export function isName(name: string): boolean {
  if (name.length < 2 || name.length > 70 || NOT_A_NAME.test(name)) return false;
  const words = name.split(/\s+/);
  if (words.length > 7 || !/\p{L}{2}|\p{Script=Han}|\p{L}\. ?\p{L}\./u.test(name)) return false;
  if (/[?!:{}[\]=]/.test(name)) return false;
  // "news service reports": a phrase, not a name; "sam reed" may still be one
  if (words.length > 1 && !/\p{Lu}|\p{Lo}/u.test(name) && (words.length > 3 || BODY_WORDS.test(name)))
    return false;
  return true;
}

const WHOLE = `${CAPITAL}(?:\\s(?:${PARTICLE}\\s)?${CAPITAL}){1,3}`;
const PIECE = `${CAPITAL}(?:\\s(?:${PARTICLE}\\s)?${CAPITAL}){0,3}`;
/** A by-line that begins a line: "By Ann Example and Bo Muster", "Text: …", "Eine Kolumne von …". */
export const LINE_BY = new RegExp(
  `^(?:[-–—]{1,4}\\s*)?(?:[Bb][Yy]|[Vv]on|VON|[Pp]ar|[Pp]or|[Tt]ext(?: von)?|TEXT|[Tt]exte?s?|[Aa]utor(?:in|en|innen|es)?|AUTOR|[Aa]uth?ors?|[Aa]utore|[Ww]ords(?: by)?|[Ff]otos? und [Tt]ext|[Tt]ext und [Ff]otos?|[Ee]in (?:\\p{L}+ )?von|[Ee]ine? \\p{L}+ von|(?:\\p{L}+[ -])?(?:[Bb]eitrag|[Ii]nterview|[Kk]ommentar|[Aa]nalyse|[Rr]eportage) von|[Ss]tory by|[Ww]ritten by|[Pp]osted by|[Rr]eported by|[Gg]eschrieben von|[Dd]oor|[Dd]i|[Ee]scrito por|[Pp]ublié par|[Aa]втор(?:ы)?|[Тт]екст|Автор(?:ы)?|[Ii]nterview)\\s*:?\\s+(${WHOLE}(?:(?:,|\\sund|\\sand|\\set|\\sy|\\sи|\\s&)\\s${PIECE}){0,4})(?=$|\\s*[|,•·(/—–@]|\\s+-|\\.?\\s*$|\\s+\\d|\\s+(?:am|on|vom|le|el|in|für|mit|from|aus)\\s)`,
  "u",
);
/** "Posted by rita @ 12:00", "erstellt von Rita — zuletzt …": what systems print, so a user name will do. */
export const POSTED_BY = new RegExp(
  `^(?:[Pp]osted|[Ww]ritten|[Pp]ublished|[Ss]ubmitted|[Ee]rstellt|[Gg]eschrieben|[Vv]erfasst|[Gg]espeichert|[Ee]ingestellt|[Pp]ublicado|[Ee]scrito|[Pp]ublié|[Éé]crit|[Oo]publikowane) (?:by|von|por|par|przez):? ([\\p{L}\\d_.-]{2,30}(?:\\s(?:${PARTICLE}\\s)?${CAPITAL}){0,3})(?=\\s*(?:$|[@|·•,—–]|-\\s|\\d)|\\s(?:am|on|le|el|um|at)\\s)`,
  "u",
);
/** "21 September 2020 by Ann Example", "06.11.2023 13:30 von Olga", "12.03.2020 | 13:10 Uhr | Ann Example". */
const DATE_BY = new RegExp(
  `\\d(?:\\s?(?:Uhr|h|am|pm|AM|PM|[ap]\\.m\\.|GMT|UTC))?\\s*(?:[,|·•–-]\\s*)?(?:[Bb]y|[Vv]on|[Pp]ar|[Pp]or|[Аа]втор:?|[Rr]edaktion:)\\s+(${PIECE})(?=$|\\s*[|,•·(/—–@-]|\\s+(?:in|am|um|on|at)\\s)`,
  "u",
);
const DATE_BAR = new RegExp(
  `^\\D{0,14}\\d[\\d\\s.:/,|\\p{L}]{4,28}(?:\\s*(?:Uhr|h|am|pm))?\\s*[|·•–—-]\\s*(${CAPITAL}(?:\\s(?:${PARTICLE}\\s)?${CAPITAL}){1,3})$`,
  "u",
);
const BY_INSIDE = new RegExp(`^\\P{Lu}{0,4}(?:Posted|Published|Updated)\\b.{4,40}\\sby\\s+(${PIECE})$`, "u");

/** Names in a line of date and signature; undefined when it is none. */
export function namesBesideDate(line: string): string | undefined {
  if (line.length > 120) return undefined;
  const by = DATE_BY.exec(line) ?? BY_INSIDE.exec(line);
  if (by?.[1] !== undefined && /^\p{Lu}/u.test(by[1])) return by[1];
  const bar = DATE_BAR.exec(line)?.[1];
  return bar !== undefined && isFullName(bar) ? bar : undefined;
}

/** The same in scripts without capitals: "بقلم: …", "作者：…". */
export const LINE_BY_CASELESS =
  /^(?:بقلم|كتبت?|الكاتبة?|إعداد|نویسنده|מאת|作者|记者|撰文|責任編輯|责任编辑)\s*[:：]?\s*([\p{Lo}\p{M}]{2,}(?:\s[\p{Lo}\p{M}]+){0,3})$/u;

/** A line that is only the label of a signature: "Von", "Autor:", "Text". */
export const LABEL_ALONE =
  /^(?:by|von|par|por|autor(?:in|en|:in)?|authors?|auteurs?|autore|text|texte|words|interview|written by|posted by|geschrieben von|автор|текст|بقلم)\s*:?$/i;
