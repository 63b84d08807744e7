/**
 * News agencies and syndicates by the names that stand in credit lines. A list of names, no judgement: what each agency
 * is, who owns it and who controls it stands in the table of outlets. Made by hand for this project; dated 2026-01.
 */

/** First the name shown, then what else it is called (compared without case and punctuation). */
const AGENCIES: readonly (readonly string[])[] = [
  ["Reuters", "Thomson Reuters", "Thomson Reuters Foundation"],
  ["Associated Press", "AP", "The Associated Press", "AP News", "The AP"],
  ["Agence France-Presse", "AFP", "Agence France Presse"],
  ["TASS", "ITAR-TASS", "ТАСС", "ИТАР-ТАСС"],
  ["RIA Novosti", "RIA", "РИА Новости", "Sputnik", "Спутник"],
  ["Interfax", "Интерфакс", "Interfax-Ukraine", "Interfax-Kazakhstan"],
  ["Xinhua", "Xinhua News Agency", "新华社"],
  ["EFE", "Agencia EFE", "Agencia Efe"],
  ["Europa Press"],
  ["ANSA"],
  ["dpa", "Deutsche Presse-Agentur", "dpa-AFX"],
  ["Austria Press Agency", "APA-OTS"],
  ["Kyodo", "Kyodo News", "共同通信"],
  ["Jiji Press", "Jiji"],
  ["Yonhap", "Yonhap News Agency", "연합뉴스"],
  ["Press Trust of India", "PTI"],
  ["Asian News International", "ANI"],
  ["Indo-Asian News Service", "IANS"],
  ["PA Media", "Press Association", "PA news agency"],
  ["United Press International", "UPI"],
  ["Anadolu Agency", "Anadolu", "Anadolu Ajansı"],
  ["IRNA", "Islamic Republic News Agency"],
  ["SANA", "Syrian Arab News Agency"],
  ["WAM", "Emirates News Agency"],
  ["KCNA", "Korean Central News Agency"],
  ["BelTA", "БелТА"],
  ["Ukrinform", "Укринформ"],
  ["UNIAN", "УНИАН"],
  ["Kazinform", "Казинформ", "KazTAG", "КазТАГ"],
  ["Canadian Press", "The Canadian Press"],
  ["Australian Associated Press", "AAP"],
  ["Notimex"],
  ["Télam", "Telam"],
  ["Prensa Latina"],
  ["Bloomberg", "Bloomberg News"],
  ["Tribune Content Agency", "Tribune News Service", "TNS"],
  ["King Features Syndicate", "King Features"],
  ["Creators Syndicate", "Creators.com"],
  ["Inter Press Service", "IPS"],
  ["The Conversation"],
  ["Kaiser Health News", "KHN", "KFF Health News"],
  ["ProPublica"],
  ["States Newsroom", "Stateline"],
];

export const nameKey = (name: string): string =>
  name
    .toLowerCase()
    .replace(/^the\s+/, "")
    .replace(/[^\p{L}\p{N}]+/gu, "");

const BY_KEY = new Map(AGENCIES.flatMap((names) => names.map((n) => [nameKey(n), names[0] ?? n] as const)));

/** Shown name of an agency, when it is one of the list. */
export const agencyName = (name: string): string | undefined => BY_KEY.get(nameKey(name));

/** Whether two names mean one outlet: the same key, the same agency, or one the other without a generic ending. */
export const sameOutletName = (a: string, b: string): boolean => {
  const x = nameKey(agencyName(a) ?? a);
  const y = nameKey(agencyName(b) ?? b);
  if (x === "" || y === "") return false;
  if (x === y) return true;
  const bare = (k: string): string => k.replace(/(newsagency|news|online|com|newspaper|agency)$/, "");
  return bare(x).length >= 3 && bare(x) === bare(y);
};
