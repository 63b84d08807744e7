/**
 * Per-language tables for splitting text into words: abbreviations that keep their full stop, clitics that are
 * words of their own (Universal Dependencies v2: "do|n't", "city|'s"), contractions whose parts are not
 * substrings (Spanish "del" = "de" + "el") and prefixes that keep their hyphen.
 * The lists are ours; they cover what news uses and are only the first guess that a learnt model may overrule.
 */

export type TokenRules = {
  /** Lower-case, with the full stop: "mr.", "gen.", "a.m." */
  readonly abbreviations: ReadonlySet<string>;
  /** Of these, the ones that a name or number follows, so that a capital after them starts no sentence. */
  readonly titles: ReadonlySet<string>;
  /** Abbreviations whose full stop is never cut off, whatever a learnt model thinks; of these, the titles end no sentence. */
  readonly firm: ReadonlySet<string>;
  /** Matches a chunk "stem + clitic"; group 1 is the stem, group 2 the clitic. */
  readonly clitics: readonly RegExp[];
  /** Whole words cut at these lengths: "cannot" → [3]. */
  readonly splits: ReadonlyMap<string, readonly number[]>;
  /** Whole words replaced by several: "del" → ["de", "el"]. */
  readonly contractions: ReadonlyMap<string, readonly string[]>;
  /** Pronouns written onto a verb: groups are the verb and the pronouns; the verb loses its written accent. */
  readonly enclitics: readonly RegExp[];
  /** Lower-case prefixes after which a hyphen does not split. */
  readonly prefixes: ReadonlySet<string>;
  /** True when every hyphen inside a word separates tokens (English UD since 2.8). */
  readonly splitHyphens: boolean;
};

const words = (text: string): string[] => text.trim().split(/\s+/u);

const EN_TITLES =
  words(`mr. mrs. ms. dr. prof. gen. lt. col. capt. maj. sgt. cpl. pvt. cmdr. adm. brig. gov. sen. sens.
  rep. reps. pres. rev. hon. st. mt. ft. messrs. mme. mlle. supt. det. insp. sr. fr. atty. amb. sec. cllr. no. nos.
  fig. vol. pp. ed. eds. art. vs. v. cf. e.g. i.e. al. approx. est. jan. feb. mar. apr. jun. jul. aug. sep. sept.
  oct. nov. dec. ph. dept. univ.`);

/** Words that are also plain words before a full stop. */
const EN_LOOSE = new Set(
  words("no. nos. art. fig. al. mar. jun. jul. ed. eds. st. ft. mt. v. pp. sec. det. fr. vol. est. apr. sr."),
);

const EN: TokenRules = {
  abbreviations: new Set([
    ...EN_TITLES,
    ...words(`inc. corp. co. ltd. llc. bros. plc. jr. esq. etc. a.m. p.m. a.k.a. u.s. u.k. u.n. e.u. u.s.a. d.c. b.c. a.d.
      ph.d. m.d. b.a. m.a. j.d. r.i.p. ave. blvd. rd. hwy. calif. fla. mass. conn. mich. minn. wis. ill. ind. tenn.
      ala. ariz. ark. colo. del. ga. kan. ky. md. mo. mont. neb. nev. n.c. n.d. n.h. n.j. n.m. n.y. okla. ore. pa. r.i.
      s.c. s.d. tex. va. vt. w.va. wash. wyo. mon. tue. tues. wed. thu. thur. thurs. fri. sat. sun. min. sec. hr. hrs.
      mph. lb. lbs. oz. sq. cu. govt. intl. natl. assn. mfg. misc. tel. ext. incl. excl. max. viz.`),
  ]),
  titles: new Set(EN_TITLES),
  firm: new Set([
    ...EN_TITLES.filter((word) => !EN_LOOSE.has(word)),
    ...words("inc. corp. ltd. bros. jr. esq. a.m. p.m. a.k.a. etc. ph.d. u.s. u.k. u.n. e.u. d.c."),
  ]),
  clitics: [
    /^(.*[\p{L}])([nN]['’`´][tT])$/u,
    /^(.*[\p{L}\p{N}.])(['’`´](?:s|S|m|M|d|D|ll|LL|ve|VE|re|RE))$/u,
  ],
  splits: new Map<string, readonly number[]>([
    ["cannot", [3]],
    ["gonna", [3]],
    ["gotta", [3]],
    ["wanna", [3]],
    ["dunno", [2, 3]],
    ["dont", [2]],
    ["doesnt", [4]],
    ["didnt", [3]],
    ["isnt", [2]],
    ["wouldnt", [5]],
    ["couldnt", [5]],
    ["shouldnt", [6]],
    ["wasnt", [3]],
    ["arent", [3]],
    ["havent", [4]],
    ["hasnt", [3]],
    ["thats", [4]],
    ["whats", [4]],
    ["lemme", [3]],
    ["gimme", [3]],
    ["im", [1]],
    ["ive", [1]],
    ["youre", [3]],
    ["theyre", [4]],
    ["aint", [2]],
    ["outta", [3]],
  ]),
  contractions: new Map(),
  enclitics: [],
  prefixes: new Set(
    words(`non anti pre post re co ex e mid pro sub semi multi inter intra micro mini neo pan para proto pseudo quasi
      self-less super trans ultra un under counter over de dis bi tri uni ante arch auto contra extra hyper infra
      macro mega meta mono omni poly retro tele vice x i a al el`),
  ),
  splitHyphens: true,
};

const ES: TokenRules = {
  abbreviations: new Set(
    words(`sr. sra. sres. sras. srta. dr. dra. d. dña. prof. gral. gen. cnel. cap. tte. lic. ing. arq.
    núm. no. pág. págs. art. av. avda. c. cía. s.a. s.l. ee.uu. etc. p.ej. vs. ud. uds. vd. vds. aprox. tel. admón.
    dpto. ej. excmo. ilmo. fdo. mons. ss.mm. jj.oo. a.m. p.m. a.c. d.c. izq. dcha. esq. gob. min.`),
  ),
  titles: new Set(
    words(
      "sr. sra. sres. srta. dr. dra. d. dña. prof. gral. gen. cnel. cap. tte. lic. ing. núm. art. av. avda. mons.",
    ),
  ),
  firm: new Set(
    words("sr. sra. sres. sras. srta. dr. dra. dña. prof. gral. cnel. lic. ing. núm. avda. ee.uu. p.ej."),
  ),
  clitics: [],
  splits: new Map(),
  contractions: new Map<string, readonly string[]>([
    ["del", ["de", "el"]],
    ["al", ["a", "el"]],
  ]),
  enclitics: [
    /^(\p{L}+[áéí]r)(se|me|te|nos)(lo|los|la|las)$/u,
    /^(\p{L}+[áé]ndo)(se|me|te|nos)(lo|los|la|las)$/u,
    /^(\p{L}{2,}[aeií]r|ir)(se)$/u,
    /^(\p{L}{4,}[aeií]r)(lo|los|la|las|le|les)$/u,
    /^(dar|ver|hacer|decir|saber|tener|poner)(lo|los|la|las|le|les)$/u,
    /^(\p{L}+[áé]ndo)(se|lo|los|la|las|le|les|me|te|nos)$/u,
  ],
  prefixes: new Set(),
  splitHyphens: false,
};

const RU: TokenRules = {
  abbreviations: new Set(
    words(`г. гг. в. вв. ул. пр. просп. пер. д. корп. кв. стр. т. тт. тыс. млн. млрд. трлн. руб. коп. долл.
    им. проф. акад. доц. ген. полк. кап. св. см. ср. напр. др. пр. т.е. т.к. т.д. т.п. т.н. н.э. р. оз. о. обл. р-н.
    рис. табл. гл. ст. п. пп. с. сс. род. ум. англ. нем. фр. лат. чел. мин. сек. час. км. кг. зам. пос. дер. гр.`),
  ),
  titles: new Set(
    words(
      "г. гг. ул. просп. пер. д. корп. кв. им. проф. акад. доц. ген. полк. кап. св. см. ср. оз. обл. рис. табл. гл. ст. п. пп. стр. зам. пос. дер. гр. гос. р. о. с.",
    ),
  ),
  firm: new Set(
    words("ул. просп. корп. им. проф. акад. полк. т.е. т.к. т.д. т.п. т.н. н.э. тыс. руб. млн. млрд."),
  ),
  clitics: [],
  splits: new Map(),
  contractions: new Map(),
  enclitics: [],
  prefixes: new Set(),
  splitHyphens: false,
};

const TABLES: Readonly<Record<string, TokenRules>> = { en: EN, es: ES, ru: RU };

/** The tables of a language; one we do not know gets empty ones and keeps its hyphens. */
export function tokenRules(lang: string): TokenRules {
  return (
    TABLES[lang.slice(0, 2).toLowerCase()] ?? {
      abbreviations: new Set(),
      titles: new Set(),
      firm: new Set(),
      clitics: [],
      splits: new Map(),
      contractions: new Map(),
      enclitics: [],
      prefixes: new Set(),
      splitHyphens: false,
    }
  );
}
