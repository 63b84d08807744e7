/**
 * English words of reported speech: reporting verbs with the stance they give and the complement they take, newsrooms,
 * titles, and the small words a reader of quotations steps over. Our own lists.
 */
import type { Stance } from "../../model/index.ts";

/**
 * What follows the verb: `clause` "said (that) …"; `tell` a recipient and then a clause; `object` whatever follows is what
 * was demanded, denied or vowed; `as` "described X as …".
 */
export type Frame = "clause" | "tell" | "object" | "as";
export type Cue = {
  readonly lemma: string;
  readonly stance: Stance;
  readonly frame: Frame;
  readonly participle: boolean;
  readonly nounLike: boolean;
  readonly past: boolean;
};

type Row = readonly [lemma: string, stance: Stance, frame: Frame, forms?: string];
const ROWS: readonly Row[] = [
  ["say", "asserts", "clause", "says said saying"],
  ["add", "asserts", "clause"],
  ["claim", "asserts", "clause"],
  ["report", "asserts", "clause"],
  ["announce", "asserts", "clause"],
  ["declare", "asserts", "clause"],
  ["state", "asserts", "clause"],
  ["argue", "asserts", "clause"],
  ["note", "asserts", "clause"],
  ["explain", "asserts", "clause"],
  ["insist", "asserts", "clause"],
  ["maintain", "asserts", "clause"],
  ["suggest", "asserts", "clause"],
  ["contend", "asserts", "clause"],
  ["assert", "asserts", "clause"],
  ["allege", "asserts", "clause"],
  ["believe", "asserts", "clause"],
  ["estimate", "asserts", "clause"],
  ["reveal", "asserts", "clause"],
  ["conclude", "asserts", "clause"],
  ["write", "asserts", "clause", "writes wrote writing"],
  ["tweet", "asserts", "clause", "tweets tweeted tweeting"],
  ["reply", "asserts", "clause"],
  ["respond", "asserts", "clause"],
  ["recall", "asserts", "clause"],
  ["remark", "asserts", "clause"],
  ["observe", "asserts", "clause"],
  ["stress", "asserts", "clause", "stresses stressed stressing"],
  ["emphasize", "asserts", "clause"],
  ["emphasise", "asserts", "clause"],
  ["reiterate", "asserts", "clause"],
  ["repeat", "asserts", "clause"],
  ["predict", "asserts", "clause"],
  ["testify", "asserts", "clause"],
  ["recount", "asserts", "clause"],
  ["complain", "asserts", "clause"],
  ["boast", "asserts", "clause"],
  ["joke", "asserts", "clause"],
  ["exclaim", "asserts", "clause"],
  ["lament", "asserts", "clause"],
  ["counter", "asserts", "clause"],
  ["opine", "asserts", "clause"],
  ["continue", "asserts", "clause"],
  ["read", "asserts", "clause", "reads"],
  ["find", "asserts", "clause", "finds found"],
  ["show", "asserts", "clause", "shows showed showing"],
  ["indicate", "asserts", "clause"],
  ["admit", "admits", "clause", "admits admitted admitting"],
  ["acknowledge", "admits", "clause"],
  ["concede", "admits", "clause"],
  ["confess", "admits", "clause", "confesses confessed"],
  ["confirm", "confirms", "clause"],
  ["warn", "warns", "clause"],
  ["caution", "warns", "clause"],
  ["fear", "warns", "clause", "fears feared"],
  ["threaten", "warns", "object"],
  ["vow", "vows", "object"],
  ["promise", "vows", "object"],
  ["pledge", "vows", "object"],
  ["swear", "vows", "object", "swears swore"],
  ["deny", "denies", "object", "denies denied denying"],
  ["dispute", "denies", "object"],
  ["dismiss", "denies", "object", "dismisses dismissed dismissing"],
  ["rebut", "denies", "object", "rebuts rebutted rebutting"],
  ["refute", "denies", "object"],
  ["reject", "denies", "object"],
  ["doubt", "doubts", "object"],
  ["question", "doubts", "object"],
  ["demand", "demands", "object"],
  ["urge", "demands", "object"],
  ["call on", "demands", "object", "call calls called calling"],
  ["ask", "asks", "object"],
  ["request", "asks", "object"],
  ["appeal", "asks", "object", "appeals appealed appealing"],
  ["implore", "asks", "object"],
  ["beg", "asks", "object", "begs begged begging"],
  ["wonder", "asks", "object"],
  ["accuse", "asserts", "object"],
  ["criticize", "asserts", "object"],
  ["criticise", "asserts", "object"],
  ["condemn", "asserts", "object"],
  ["denounce", "asserts", "object"],
  ["blame", "asserts", "object"],
  ["praise", "asserts", "object"],
  ["applaud", "asserts", "object"],
  ["hail", "asserts", "object"],
  ["blast", "asserts", "object"],
  ["slam", "asserts", "object", "slams slammed slamming"],
  ["defend", "asserts", "object"],
  ["describe", "asserts", "as"],
  ["brand", "asserts", "as"],
  ["label", "asserts", "as", "labels labeled labelled labeling labelling"],
  ["deem", "asserts", "as"],
  ["tell", "asserts", "tell", "tells told telling"],
  ["inform", "asserts", "tell"],
  ["assure", "vows", "tell"],
  ["remind", "asserts", "tell"],
  ["clarify", "asserts", "clause"],
  ["answer", "asserts", "clause"],
  ["press", "asks", "clause", "presses pressed pressing"],
  ["object", "asserts", "clause"],
  ["interject", "asserts", "clause"],
  ["interrupt", "asserts", "clause"],
  ["quip", "asserts", "clause", "quips quipped quipping"],
  ["shout", "asserts", "clause"],
  ["yell", "asserts", "clause"],
  ["chant", "asserts", "clause"],
  ["scream", "asserts", "clause"],
  ["whisper", "asserts", "clause"],
  ["chirp", "asserts", "clause"],
  ["agree", "asserts", "clause", "agrees agreed"],
  ["decline", "declines", "object"],
  ["refuse", "declines", "object"],
  ["retract", "retracts", "object"],
  ["recant", "retracts", "object"],
];
/** Verbs that report only beside speech in marks or before "that": elsewhere one answers questions and presses buttons. */
export const BESIDE_SPEECH: ReadonlySet<string> = new Set(
  "show find read indicate reveal continue believe maintain repeat note recall observe counter question respond clarify answer press object interject interrupt quip shout yell chant scream whisper chirp agree".split(
    " ",
  ),
);
const NOUN_FORMS = new Set(
  "answer answers press object objects shout shouts chant chants scream screams whisper whispers claim claims report reports demand demands promise promises pledge pledges call calls note notes fear fears estimate estimates show shows state states question questions doubt doubts request requests appeal appeals warning dispute disputes brand brands label labels blame praise vow vows finding findings writing saying reading remark remarks tweet tweets blasts repeat counter charge quote stress reply joke caution threat deal blast slam hail read find finds continue continues offer reports".split(
    " ",
  ),
);

function forms(lemma: string): string[] {
  const e = lemma.endsWith("e");
  const y = /[^aeiou]y$/.test(lemma);
  const stem = e ? lemma.slice(0, -1) : lemma;
  const s = y ? `${lemma.slice(0, -1)}ies` : /(?:s|sh|ch|x)$/.test(lemma) ? `${lemma}es` : `${lemma}s`;
  const ed = y ? `${lemma.slice(0, -1)}ied` : `${stem}ed`;
  return [lemma, s, ed, `${stem}ing`];
}

export const CUES: ReadonlyMap<string, Cue> = new Map(
  ROWS.flatMap(([lemma, stance, frame, given]) =>
    (given?.split(" ").concat(lemma.includes(" ") ? [] : [lemma]) ?? forms(lemma)).map((form) => [
      form,
      {
        lemma,
        stance,
        frame,
        participle: /ing$/.test(form),
        nounLike: NOUN_FORMS.has(form),
        past: !/ing$|s$/.test(form) && form !== lemma,
      },
    ]),
  ),
);

/** Names of newsrooms that are relayed; matched without article. */
const NEWSROOMS = `AP|Associated Press|Reuters|AFP|Agence France-Presse|DPA|BBC|CNN|CNBC|MSNBC|NBC|NBC News|ABC|ABC News|CBS|CBS News|CBS's|Fox News|Fox|NPR|PBS|Al Jazeera|Al-Jazeera|Al Arabiya|Sky News|ITV|Channel 4 News|New York Times|Washington Post|Wall Street Journal|Los Angeles Times|L\\.A\\. Times|Chicago Tribune|USA Today|USA TODAY|Guardian|Telegraph|Daily Telegraph|Daily Mail|Daily Beast|Times of London|Financial Times|Independent|Economist|Politico|Politico Europe|Axios|Bloomberg|Bloomberg News|BuzzFeed|BuzzFeed News|HuffPost|Huffington Post|Time|Newsweek|Vox|Vice|Slate|The Hill|National Review|Yonhap|Yonhap News Agency|Xinhua|Kyodo|Interfax|Interfax-Ukraine|TASS|Itar-Tass|RIA Novosti|RIA|Anadolu|IRNA|Fars|Haaretz|Jerusalem Post|Times of Israel|Der Spiegel|Spiegel|Bild|Le Monde|Le Figaro|El Pais|Asahi Shimbun|Donga Ilbo|Hurriyet|Dawn|Geo News|Times of India|Hindustan Times|Globe and Mail|Toronto Star|Radio Free Europe|RFE/RL|Voice of America|VOA|Deutsche Welle|France 24|RT|Sputnik|Russia 24|Rossiya 24|Channel 1|Channel One|Kommersant|Novaya Gazeta|Monitor|Christian Science Monitor|AJC|WSJ|NNA|SANA|MENA|PTI|ANI|ANSA|EFE|Boston Globe|Miami Herald|Business Insider|Newsmax|Breitbart|Mother Jones|Atlantic|New Yorker|Foreign Policy|NHK|Global Times|People's Daily|South China Morning Post|SCMP|Nikkei|Straits Times|Telesur|Meduza|Ukrinform|UNIAN|Dozhd|TV Rain|WABC|KTLA`;
export const NEWSROOM = new RegExp(`^(?:the |The )?(?:${NEWSROOMS})(?:['’]s?)?$`);
/** Anything that is named like a newsroom: "the Daily Planet newspaper", "Kitsap Tribune". */
export const NEWSROOM_LIKE =
  /(?:\b(?:news agency|news service|newspaper|daily|broadcaster|magazine|television|news website|news channel|Times|Tribune|Herald|Gazette|Chronicle|Journal|Courier|Observer|Inquirer|Examiner|Dispatch|Broadcasting|newswire|wire service|\w+\.com|TV|Radio))$/;

export const TITLES: ReadonlySet<string> = new Set(
  `president vice prime minister premier chancellor king queen prince princess sheikh emir sultan pope archbishop bishop cardinal rabbi imam ayatollah mullah reverend rev father sister
  secretary undersecretary ambassador envoy diplomat consul governor gov lt lieutenant mayor senator sen sens representative rep reps congressman congresswoman congressmen councilman councilwoman councillor assemblyman delegate lawmaker mp
  general gen colonel col major maj captain capt commander cmdr admiral adm sergeant sgt corporal private marshal brigadier brig inspector superintendent detective officer sheriff chief commissioner marshal
  attorney prosecutor judge justice magistrate lawyer solicitor director executive ceo chairman chairwoman chair chairperson spokesman spokeswoman spokesperson press deputy assistant acting former ex interim senior junior top
  foreign defense defence interior finance health state homeland national security adviser advisor aide leader head coach manager professor prof doctor dr mr mrs ms miss sir dame lord lady baroness baron
  author writer historian economist analyst expert journalist reporter correspondent editor columnist activist dissident opposition candidate nominee police fire city county district u.s. us american british french german russian chinese
  israeli palestinian syrian turkish iranian iraqi ukrainian afghan pakistani indian japanese korean egyptian saudi canadian australian mexican brazilian italian spanish polish greek dutch belgian swiss swedish kazakh north south party majority minority house senate speaker
  commerce treasury labor education energy transportation agriculture justice trade interior republican democratic democrat rep. independent conservative labour liberal cabinet government federal supreme court army navy air force military nato eu european union commission un united nations council affairs of for and to the`.split(
    /\s+/,
  ),
);
/** Titles that cannot be a name by themselves: where one stands the name begins after it. */
export const HARD_TITLES: ReadonlySet<string> = new Set(
  `president minister premier chancellor secretary ambassador envoy governor gov mayor senator sen sens representative rep reps congressman congresswoman councilman councilwoman general gen colonel col major maj captain capt commander cmdr admiral adm
  sergeant sgt chief commissioner attorney prosecutor judge justice director chairman chairwoman chair spokesman spokeswoman spokesperson adviser advisor aide leader head coach manager professor prof dr mr mrs ms sir dame lord lady writer author
  historian economist analyst journalist reporter correspondent editor columnist activist officer sheriff lawyer speaker superintendent detective inspector pope king queen prince princess sheikh diplomat candidate prosecutors officials`.split(
    /\s+/,
  ),
);

export const ADVERBS: ReadonlySet<string> = new Set(
  `also later then again repeatedly publicly reportedly previously earlier never not already further still even only just always often once recently separately privately subsequently initially immediately
  has have had is are was were will would did does do can could may might flatly strongly bluntly explicitly since now long formally angrily quickly once-again both all himself herself itself themselves went on to n't`.split(
    /\s+/,
  ),
);
/** Words that end the subject on its left side. */
export const LEFT_STOPS: ReadonlySet<string> = new Set(
  `what that which who whom whose but while as after because when where whether although though if since before until unless so than yet or nor amid despite
  is are was were be been being has have had do does did will would shall should can could may might must said says told saying according quoted quotes quoting cited citing cites`.split(
    /\s+/,
  ),
);
/** "I" outside quotation marks is the author, who is no speaker. */
export const PERSON_PRONOUNS: ReadonlyMap<string, "male" | "female"> = new Map([
  ["he", "male"],
  ["she", "female"],
]);
export const PRONOUNS: ReadonlySet<string> = new Set([
  "he",
  "she",
  "they",
  "it",
  "we",
  "i",
  "you",
  "who",
  "which",
  "that",
  "this",
  "there",
  "one",
]);
/** Sentence openers that are no part of a subject. */
export const OPENERS: ReadonlySet<string> = new Set(
  "but and however meanwhile yet still so then also later earlier instead moreover furthermore additionally nevertheless nonetheless although though while when as if in on at by for with from after before during since under amid despite separately similarly indeed".split(
    " ",
  ),
);
