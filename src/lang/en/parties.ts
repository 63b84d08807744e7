/** English nouns for those who act and those acted upon, by PLOVER sector, and classes for the conditions of patterns. */
const words = (text: string): readonly string[] => text.trim().split(/\s+/);

const BY_SECTOR: Readonly<Record<string, string>> = {
  COP: "police policeman policemen policewoman officer officers cop cops constable sheriff deputy patrolman patrolmen trooper troopers detective gendarme gendarmes gendarmerie guard guards",
  MIL: "army military troop troops soldier soldiers forces force navy marines airforce brigade battalion serviceman servicemen commander commanders paratroopers warplanes jets regiment militarymen peacekeepers reservists conscripts convoy tank tanks warship warships general colonel",
  GOV: "government president minister premier chancellor administration ministry official officials authority authorities cabinet regime secretary governor mayor spokesman spokeswoman spokesperson leader leaders envoy ambassador diplomat diplomats king queen prince emir sultan junta state nation country city council kremlin pentagon downing embassy consulate presidency delegation delegations",
  JUD: "court courts judge judges prosecutor prosecutors tribunal magistrate jury attorney",
  LEG: "parliament senate congress house lawmaker lawmakers legislator legislators senator senators mp mps assembly congressman congresswoman legislature duma knesset",
  SPY: "spy spies agent agents intelligence",
  PTY: "party parties",
  OPP: "opposition dissident dissidents activist activists",
  REB: "rebel rebels insurgent insurgents guerrilla guerrillas separatist separatists jihadist jihadists militant militants militia militias",
  UAF: "gunman gunmen attacker attackers bomber bombers assailant assailants terrorist terrorists hijacker hijackers extremist extremists fighter fighters militiamen",
  CRM: "gang gangs cartel cartels trafficker traffickers robber robbers thieves mafia",
  CVL: "protester protesters protestor protestors demonstrator demonstrators marcher marchers civilian civilians people person man men woman women child children resident residents villager villagers citizen citizens family families crowd crowds voter voters victim victims suspect suspects passenger passengers youth youths girl boy tourists tourist worshippers rioters rioter looters mob campaigners supporters bystander bystanders community members hundreds thousands dozens",
  LAB: "worker workers union unions miner miners farmer farmers strikers",
  EDU: "student students teacher teachers school schools university pupil pupils professor",
  MED: "doctor doctors nurse nurses medic medics hospital paramedics surgeon",
  JRN: "journalist journalists reporter reporters photographer photographers newspaper broadcaster broadcasters editor cameraman correspondent media",
  BUS: "company companies bank banks firm firms business businessman businessmen oligarch oligarchs industry corporation",
  REL: "mosque mosques church churches synagogue priest bishop pastor imam cleric muslims christians jews hindus",
  NGO: "charity charities ngo ngos watchdog",
  IGO: "alliance bloc",
  REF: "refugee refugees migrant migrants asylum-seekers",
  ELI: "elite elites oligarchy establishment hardliners",
};
export const SECTOR_OF: ReadonlyMap<string, string> = new Map(
  Object.entries(BY_SECTOR).flatMap(([sector, list]) => words(list).map((w) => [w, sector] as const)),
);

const FORCES = new Set([
  ...words(BY_SECTOR["COP"] ?? ""),
  ...words(BY_SECTOR["MIL"] ?? ""),
  ...words(BY_SECTOR["REB"] ?? ""),
  ...words(BY_SECTOR["UAF"] ?? ""),
  "authorities",
  "government",
  "regime",
  "officials",
  "agents",
  "commandos",
  "investigators",
  "fbi",
  "patrolmen",
  "unit",
  "units",
  "contingent",
  "contingents",
]);
const OFFICIALS = new Set([
  ...words(BY_SECTOR["GOV"] ?? ""),
  ...words(BY_SECTOR["LEG"] ?? ""),
  ...words(BY_SECTOR["JUD"] ?? ""),
  "chief",
  "commander",
  "general",
  "head",
  "director",
  "chairman",
  "republicans",
  "democrats",
  "officer",
  "police",
  "pope",
]);
const PEOPLE = new Set([
  ...SECTOR_OF.keys(),
  ...words(
    "group groups coalition coalitions organization organizations organisation organisations association associations federation agency agencies department departments bureau committee commission campaign movement movements network team delegates chairman chairwoman chair head director chief boss nominee candidate candidates ally allies critics republicans democrats conservatives liberals lawyers lawyer attorneys businesses companies advocates campaigner survivors relatives neighbors neighbours",
  ),
  "prisoner",
  "prisoners",
  "hostage",
  "hostages",
  "captive",
  "captives",
  "brother",
  "brothers",
  "driver",
  "soldiers",
  "guest",
  "guests",
  "shooter",
  "fugitive",
  "teenager",
  "teenagers",
  "widow",
  "wife",
  "husband",
  "son",
  "daughter",
  "americans",
  "others",
  "expatriates",
  "foreigners",
  "associates",
  "pilot",
  "pilots",
  "aide",
  "members",
  "predecessor",
  "successor",
  "rival",
  "rivals",
  "opponent",
  "opponents",
  "critics",
  "ally",
  "allies",
  "counterpart",
  "counterparts",
  "colleague",
  "colleagues",
  "supporters",
  "foe",
  "foes",
  "half",
  "all",
]);
const PLACES = new Set(
  words(
    "town city village base airport building hall palace residence parliament ministry courthouse barracks road street square border checkpoint port station district territory region province bridge highway area house compound hill island crossing neighborhood neighbourhood peninsula stronghold capital headquarters plant factory field position positions outpost prison land",
  ),
);
const THINGS = new Set([
  ...PLACES,
  ...words(
    "ship vessel tanker boat bus buses weapons arms drugs cocaine assets property oil goods equipment documents computers tunnel tunnels vehicle vehicles car cars truck trucks homes houses market mosque church school hospital shop shops statue headquarters pipeline network depot convoy plane aircraft helicopter offices office restaurant hotel mall theater theatre museum camp embassy consulate power farm land",
  ),
]);
const LEGISLATURES = new Set([
  ...words(BY_SECTOR["LEG"] ?? ""),
  "council",
  "cabinet",
  "committee",
  "voters",
  "commission",
]);

export type PartyClass =
  | "@dignitary"
  | "@country"
  | "@party"
  | "@person"
  | "@force"
  | "@official"
  | "@place"
  | "@thing"
  | "@state"
  | "@legislature";
export const CLASS_WORDS: Readonly<Record<PartyClass, ReadonlySet<string>>> = {
  "@dignitary": new Set(
    words(
      "president minister premier chancellor secretary envoy ambassador diplomat king queen prince leader leaders governor foreign officials delegation",
    ),
  ),
  "@country": new Set(),
  "@party": PEOPLE,
  "@person": PEOPLE,
  "@force": FORCES,
  "@official": OFFICIALS,
  "@place": PLACES,
  "@thing": THINGS,
  "@state": new Set([
    "government",
    "country",
    "regime",
    "nation",
    "state",
    "military",
    "army",
    "kremlin",
    "neighbor",
    "neighbour",
  ]),
  "@legislature": LEGISLATURES,
};

/** Verbs whose infinitive did happen: "managed to seize", "went on to attack". */
export const IMPLICATIVE = new Set(
  words(
    "begin begins began begun beginning start starts started starting continue continues continued manage manages managed go goes went gone going proceed proceeded move moved moves rush rushed help helped appear appears appeared seem seems seemed believed reported said alleged thought known used force forced keep kept stop stopped",
  ),
);
/** Verbs whose complement is only intended, ordered, tried, refused or feared: what becomes of the event named in it. */
export const TRIED = new Set(
  words(
    "try tries tried trying attempt attempts attempted attempting seek seeks sought seeking struggle struggled fail fails failed failing bid plot plotted",
  ),
);
export const PLANNED = new Set(
  words(
    "plan plans planned planning intend intends intended prepare prepares prepared preparing set due expect expected expects schedule scheduled going about aim aims aimed consider considering considered decide decided ready hope hopes want wants wanted would-be agree agreed",
  ),
);
export const ASKED = new Set(
  words(
    "urge urged urges urging ask asked asks asking call called calls calling demand demanded demands order ordered orders tell told request requested want wants wanted allow allowed allows let permit permitted force forced press pressed beg invite invited help helped encourage encouraged threaten threatened threatens vow vowed vows promise promised pledge pledged refuse refused refuses decline declined warn warned offer offered propose proposed swear able need needs",
  ),
);
export const DENIED = new Set(
  words("deny denied denies denying reject rejected dismiss dismissed refute refuted"),
);
export const MODAL = new Set(words("could would might may should can must"));
/** Words of a phrase that belong to one country alone: its parties, houses and offices. */
export const NATIONAL: readonly (readonly [RegExp, string])[] = [
  [
    /\b(?:Republicans?|Democrats?|Democratic|U\.?S\.? Senate|Capitol Hill|White House|Pentagon|State Department|Justice Department|Department of Homeland Security|Homeland Security|National Guard|Secretary of State|Congressional|Supreme Court Justice|FBI|CIA|NYPD|LAPD|Obama|Trump|Biden)\b|\b(?:Sen|Rep|Gov)\.|\bGOP\b/,
    "USA",
  ],
  [
    /\b(?:Downing Street|Whitehall|Scotland Yard|Tory|Tories|Commons|Home Office|Foreign Office|Crown Prosecution Service)\b/,
    "GBR",
  ],
  [/\b(?:Bundestag|Bundeswehr)\b/, "DEU"],
  [/\b(?:Kremlin|Duma|FSB|Putin)\b/, "RUS"],
  [/\b(?:Knesset|IDF|Likud)\b/, "ISR"],
  [/\b(?:Lok Sabha|Rajya Sabha|BJP)\b/, "IND"],
  [/\b(?:Élysée|Elysee)\b/, "FRA"],
];
/** Words around a clause that tell of games, films and figures of speech. */
export const NOT_NEWS =
  /\b(?:match|goal(?:s|keeper)?|coach(?:es|ed)?|league|quarterback|touchdown|inning|playoffs?|championship|tournament|striker|midfielder|defender|batsman|wicket|semi-?final|quarter-?final|film|movie|novel|viewers|ratings (?:war|battle)|talent show|contestants?|choirs?|baking|episode|sitcom|album|box office|screenplay|video game|stock market|shares|investors|heart attack|panic attack|locked and loaded|charm offensive|price war|war of words|trade war|hunger for|battle of the (?:bands|sexes)|battling (?:cancer|illness|flames|inflation|obesity)|fight(?:ing)? (?:cancer|inflation|poverty|obesity|climate|fires?|corruption)|chess|boxing|bout|knockout|marathon|olympic)\b/i;

/** Nouns under which an event is only feared, wanted or spoken of: "the threat of an attack", "calls for sanctions". */
export const UNREAL_NOUNS: ReadonlySet<string> = new Set(
  words(
    "threat threats fear fears risk risks possibility prospect prospects danger dangers likelihood plan plans call calls warning warnings concern concerns worry worries talk chance chances idea notion scenario simulation allegation allegations accusation accusations suspicion suspicions intent intention intentions aim purpose hope hopes proposal proposals",
  ),
);
/** Verbs whose object did not happen by that sentence: "simulates an attack", "presses for sanctions". */
export const UNREAL_VERBS: ReadonlySet<string> = new Set(
  words(
    "simulate depict portray imagine prevent avoid avert deter forestall fear plan press push lobby seek propose consider mull weigh debate contemplate envisage rehearse",
  ),
);
/** Words of real violence, apart from those that also name quarrels. */
export const VIOLENT =
  /\b(?:kill\w*|dead|deadly|death\w*|die[ds]?|wound\w*|injur\w*|shot|shoot\w*|gun\w*|bomb\w*|explo\w*|blast\w*|shell(?:ed|ing|s)|missiles?|rockets?|drones?|air ?strikes?|airstrikes?|troops?|soldiers?|army|military|militar\w*|militants?|militias?|rebels?|insurgen\w*|terror\w*|police\w*|fighters?|weapon\w*|armed|violen\w*|hostages?|convoy|massacre\w*|stab\w*|knife|beaten|mob|riot\w*|protesters?|suicide|hospital\w*|casualt\w*|blood\w*|battlefield|ceasefire|troop|war)\b/i;
/** What destroys and kills with nobody's doing. */
export const NATURAL =
  /\b(?:eruptions?|erupted|volcan\w+|tsunami|earthquakes?|quake|hurricanes?|cyclones?|typhoons?|tornado(?:es)?|floods?|flooding|floodwaters?|landslides?|mudslides?|avalanches?|wildfires?|storms?|blizzards?|lightning)\b/i;
/** Accidents of roads, water, fire and work. */
export const ACCIDENT =
  /\b(?:crash(?:ed|es)?|collisions?|collided|accident\w*|derail\w*|drown\w*|overturned|capsiz\w*|plunged|pile-?up|hit-and-run|left the road|ran off the road|(?:hit|struck|run over|killed|injured) by an? (?:\w+ )?(?:car|van|truck|lorry|bus|train|tram|vehicle|motorbike|motorcycle|tree)|stampede|house fire|apartment fire|(?:bridge|building|roof|mine|tunnel) collapse)\b/i;
/** What makes a death under such words a deed after all. */
export const DELIBERATE =
  /\b(?:attack\w*|assault\w*|shot|shoot\w*|gun\w*|bomb\w*|explosives?|shell(?:ed|ing)|missiles?|rockets?|drones?|air ?strikes?|militants?|rebels?|terror\w*|stab\w*|knife|mob|riot\w*|protest\w*|clash\w*|massacre\w*|ramm(?:ed|ing)|deliberate\w*|murder\w*|intentional\w*|soldiers?|troops)\b/i;
/** Words of campaigns, markets and ceremonies, whose rallies and gatherings are no protests. */
export const CAMPAIGN =
  /\b(?:campaign\w*|candidate\w*|voters?|primary|primaries|caucus\w*|nominee|nomination|fundrais\w*|convention|stump\w*|re-?election|running mate|stocks?|shares|index|equit(?:y|ies)|bonds?|dow|nasdaq|commodit\w*|vigil|mourners?|memorial|funeral|ceremony|prayers?|summit|conference|watch part\w+)\b/i;
