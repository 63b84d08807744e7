/**
 * English words that tell what a number measures: verbs and nouns around it, and nouns counted. Our own lists, made from
 * general knowledge of news prose; the measures are those of model/facts.ts.
 */
import type { Measure } from "../../model/index.ts";

const words = (text: string): readonly string[] => text.trim().split(/\s+/);
const table = (lists: Partial<Record<Measure, string>>): ReadonlyMap<string, Measure> =>
  new Map(
    Object.entries(lists).flatMap(([measure, list]) =>
      words(list).map((w) => [w, measure as Measure] as const),
    ),
  );

/** What is done to those counted, as it stands after them: "were killed", "dead", "remain missing". */
export const STATE_WORDS = table({
  killed:
    "killed dead died die dies dying murdered slain massacred executed perished drowned slaughtered assassinated beheaded lynched",
  injured: "injured wounded hurt hospitalised hospitalized maimed",
  missing: "missing disappeared unaccounted",
  arrested: "arrested detained jailed imprisoned captured held",
  displaced: "displaced homeless evacuated uprooted fled",
  hostages: "kidnapped abducted",
});

/** What is done, as it stands before those counted: "killing 1,400 people", "deaths of 14". */
export const ACT_WORDS = table({
  killed:
    "kill kills killed killing murder murders murdered murdering slaughtered slaughtering massacred massacring deaths death executed executing slaying claimed claiming fatalities toll dead killings execution murders beheaded beheading",
  injured:
    "injure injures injured injuring wound wounds wounded wounding hurt hurting hospitalised hospitalized hospitalising hospitalizing injuries",
  missing: "missing disappearance",
  arrested:
    "arrest arrests arrested arresting detain detains detained detaining detention rounded jailed jailing imprisoned held holding imprisoning seized captured capturing captures",
  displaced: "displaced displacing displace uprooted uprooting evacuated evacuating forced",
  hostages: "kidnapped kidnapping abducted abducting kidnap abduction",
});

/** The noun counted decides alone. */
export const HEAD_NOUNS = table({
  killed: "deaths fatalities dead bodies corpses martyrs lives killings murders homicides",
  injured: "injuries injured wounded",
  arrested: "arrests detainees prisoners detentions inmates",
  missing: "disappearances",
  displaced: "refugees evacuees returnees",
  hostages: "hostages captives hostage captive",
  participants:
    "protesters protestors demonstrators marchers rioters strikers supporters attackers gunmen bombers assailants gunman bomber attacker assailant demonstrator protester hijackers looters activists worshippers mourners spectators crowd attendees participants delegates perpetrators shooters terrorists",
  forces:
    "troops forces troopers soldiers fighters peacekeepers policemen reinforcements servicemen marines paratroopers guardsmen personnel mercenaries battalions brigades divisions commandos conscripts reservists volunteers militiamen police officers militants rebels insurgents gendarmes",
  weapons:
    "missiles missile rockets rocket tanks tank bombs bomb jets warplanes drones drone guns rifles shells grenades mines warships vessels submarines helicopters aircraft warheads weapons firearms explosives launchers howitzers vehicles carriers artillery planes rounds bullets torpedoes",
  votes: "votes ballots vote seats abstentions lawmakers signatures",
  cases:
    "explosions blasts raids attacks incidents cases bombings infections shootings outbreaks clashes fires lawsuits complaints charges counts strikes-on explosion violations",
  distance:
    "miles mile kilometers kilometres kilometer kilometre km kms meters metres meter metre feet foot yards inches inch centimeters centimetres mi nautical-miles mph kph",
  duration:
    "seconds second minutes minute hours hour days day nights night weeks week months month years year decades decade centuries century",
});

/** Heads that count as forces only when they are sent, stationed or fighting; otherwise they are people like others. */
export const SOFT_FORCES: ReadonlySet<string> = new Set(
  words(
    "soldiers servicemen police officers policemen fighters militants rebels insurgents volunteers militiamen personnel officer guards",
  ),
);
export const DEPLOYED =
  /\b(?:deploy\w*|station\w*|sent|send|sending|dispatch\w*|mass(?:ed|ing)|fighting|reinforc\w*|mobili[sz]\w*|are in|were in|garrison\w*|patrol\w*|respond\w*|redeploy\w*|guard(?:ed|ing)?|there are|strong|backed by|force of|withdraw\w*|pull(?:ed|ing)? out)\b/i;
/** Heads that are attackers in one sentence and the dead in another. */
export const SUSPECTS =
  /\b(?:suspect\w*|accused|gunm[ae]n|attack\w*|assail\w*|bomb(?:er|ers|ing|ings)|shooters?)\b/i;
export const PROTEST =
  /\b(?:protest\w*|march(?:ed|es|ing)?|rall(?:y|ied|ies|ying)|demonstrat\w*|gather(?:ed|ing|s)?|took to the streets|take to the streets|join(?:ed|ing)?|attend(?:ed|ing|s)?|turned out|crowd(?:ed)?|drew|draw|mourn\w*|vigil|streets)\b/i;
export const CUSTODY =
  /^(?:(?:being|were|was|been|are|is|have|had|has|peacefully|reportedly) )*(?:taken (?:away|into custody|in)|led away|rounded up|in custody|behind bars|put in prison|under arrest)/i;
export const HOSTAGE = /\b(?:hostage|captive)\b/i;

/** People as such; with them a state or act word decides. */
export const PEOPLE: ReadonlySet<string> = new Set(
  words(`people person persons men man women woman children child boys boy girls girl students student civilians civilian residents
  passengers passenger journalists journalist reporters workers worker officers officer soldiers soldier policemen policeman police
  victims victim members member citizens citizen nationals doctors doctor nurses others individuals suspects suspect militants militant
  fighters fighter rebels rebel insurgents insurgent terrorists terrorist protesters protester demonstrators demonstrator villagers
  brothers brother sisters sister families family friends associates relatives officials official migrants refugees tourists pilgrims
  worshippers guards guard prisoners prisoner inmates detainees employees miners farmers teachers pupils youths teenagers infants babies
  troops servicemen crew sailors pilots politicians lawmakers activists lawyers prosecutors judges candidates diplomats foreigners Americans
  Israelis Palestinians Syrians Russians Ukrainians Afghans Iraqis Kurds Iranians Pakistanis Indians Chinese Britons Egyptians Turks Germans
  witnesses bystanders shoppers patients commuters firefighters medics paramedics peacekeepers troopers agents leaders commanders
  republicans democrats senators congressmen conservatives liberals voters cadets recruits bodyguards bombers bomber gunmen gunman attackers attacker perpetrators survivors aides staff homeless victims`).map(
    (w) => w.toLowerCase(),
  ),
);
export const THINGS: ReadonlySet<string> = new Set(
  words(
    "explosion blast raid attack bomb missile rocket tank house building vehicle bus car truck shell drone plane helicopter ship boat arrest death bullet shot school church mosque hospital village town",
  ),
);

/** Nouns that end in no s and are plural all the same. */
export const PLURALS: ReadonlySet<string> = new Set(
  words(
    "people men women children police policemen servicemen gunmen militiamen firemen dead lives troops personnel staff crew aircraft cattle wounded feet dollars youths spokesmen fishermen businessmen guardsmen congressmen clergymen percent media data criteria gendarmerie cavalry clergy kin others homeless",
  ),
);
/** Plurals that go on to another noun: "rights activists", "police officers". */
export const ATTRIBUTIVE: ReadonlySet<string> = new Set(
  words(
    "rights police arms sports news drugs women people operations human civil communications goods customs sales savings homeless crew staff series species states us",
  ),
);

/** Words that end a noun phrase. */
export const STOPS: ReadonlySet<string> = new Set(
  words(`in on at by for with from to into onto near inside outside of off over under between among against about across along around through during after before since until
  behind beyond within without toward towards amid despite via per as than that which who whom whose where when while if because although though unless and or but nor so yet
  is are was were be been being am has have had having do does did will would shall should can could may might must won't the a an this that these those his her its their our my your
  he she it they we you i him them us there here not no never also still only just even already now then reportedly allegedly apparently including such
  said says say told tells reported reports according remain remains remained died die dies killed live lives-in face faces faced seek seeks sought left fled flee took take went go goes came come
  began begin gathered marched rallied protested stormed attacked opened held hold joined voted turned tried refused demanded called accused work works worked appear appeared ran run fell lost won met
  broke set fired shot got get gets gave give made make makes used use uses showed show want wants need needs become became seem seems start started stopped continue continued threw blocked clashed chanted
  injured wounded arrested detained missing displaced dead hurt ago later earlier old more-than each every both all together so far up down out back away`),
);
