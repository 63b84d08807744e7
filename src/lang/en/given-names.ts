/**
 * Given names borne by women or by men almost alone, for "she" and "he" beside names; our own short list from general
 * knowledge. Names common to both ("Robin", "Jordan", "Kim") are left out: of them nothing is known.
 */
const list = (names: string): readonly string[] => names.trim().split(/\s+/);

const WOMEN = list(`
abigail adriana agnes aisha alexandra alexandria alice alicia alison allison alma amanda amber amelia amina amy ana anastasia angela angelica angelina angie anita ann anna anne annette annie antonia april ariana arlene asha asma audrey ayesha barbara beatrice
becky belinda benazir bernadette beth bethany betty beverly bonnie brenda bridget brittany camila camille carla carmen carol carole
carolina caroline carolyn carrie catherine cathy cecilia celeste celia charlotte chelsea cheryl christina christine cindy claire
clara clarissa claudia colleen condoleezza connie constance cora cornelia cristina crystal cynthia daisy daniela danielle
daphne darlene dawn debbie deborah debra denise diana diane dianne dolores donna dora doris dorothy edith eileen elaine eleanor elena
elisa elisabeth elise eliza elizabeth ella ellen eloise elsa emily emma erica erika erin esther ethel eugenia eva evelyn fatima fatou
faye felicia fiona florence frances francesca gabriela gabrielle geraldine gertrude gina giorgia giovanna gladys glenda gloria
grace greta gretchen gwen gwendolyn hannah harriet hazel heather heidi helen helena helga henrietta hilary hilda hillary holly hope
ida imelda indira ines inga ingrid irene irina iris isabel isabella ivana ivanka ivy jacinda jacqueline jane janet janice
jasmine jeanette jeanne jenna jennifer jenny jessica jill joan joanna joanne jocelyn josefina josephine joy joyce juanita judith
judy julia juliana julie juliet june kamala karen karin karina kate katerina katherine kathleen kathryn kathy katie katrina kayla
keisha kellyanne kimberly kirsten kristen kristi kristin kristina larisa latoya laura lauren laverne leah leila lena leticia
leyla lillian lily lina linda lisa liz lois lola loretta lori lorraine louisa louise lucia lucille lucy luisa lydia lynn mabel
madeleine maggie mai malala mandy marcia margaret margarita margot maria mariam marian marianne marie marilyn marina marine marisa marjorie marlene marsha martha mary maryam matilda maureen maxine maya megan meghan melania melanie melinda melissa mercedes
meredith mia michelle mildred mina miranda miriam misty molly mona monica muriel myrtle nadia nadine nancy naomi natalia natalie
natasha nicole nikki nina nora norma octavia olga olivia oksana pamela patricia patti paula pauline peggy penelope penny
petra phyllis priscilla rachel ramona rania rebecca regina renee rhonda rita roberta rosa rosalind rosario rose rosemary ruth sabrina
sally samantha sandra sara sarah segolene sharon sheila shelley sherry shirley silvia sofia sonia sonja sophia sophie
stacey stella stephanie sue susan susana susanna susie suzanne svetlana sylvia tamara tammy tanya tara tatiana teresa tess
theresa tiffany tina tracey traci trudy ursula uzra valentina valerie vanessa vera veronica victoria viktoria viola virginia vivian
wanda wendy whitney wilma winifred yasmin yolanda yulia yuliya yvette yvonne zahra zainab zeinab zoe zuzana`);

const MEN = list(`
aaron abdul abdulaziz abdullah abel abraham adam adolf adrian ahmad ahmed alan albert alberto aldo alejandro aleksandr aleksei alexander
alexei alfred alfredo allen alvin ambrose amir anatoly anders andre andreas andrei andres andrew andriy andy angus anthony anton
antonio antony ari arjun armando arnold arthur artur arturo ashraf augusto austin barack barry bart bashar ben benedict benjamin bennie
bernard bernardo bernie bert bill billy bjorn bob bobby boris brad bradley brandon brendan brent brett brian bruce bruno bryan burt
byron calvin carl carlos casper cecil cesar charles charlie chester christian christopher chuck clarence claude clifford clint
clyde colin conrad cornelius craig curtis cyril cyrus damian damon dan daniel danny dario darren daryl dave david dean dennis
derek desmond dick diego dieter dimitri dirk dmitri dmitry dmytro dominic don donald doug douglas dustin dwayne dwight earl ed eddie
edgar edmund eduardo edward edwin elias elijah elliott elmer emilio emmanuel enrico enrique eric erik ernest ernesto ernie ethan eugene
evan fabio fadi faisal felipe felix ferdinand fernando fidel filip floyd francesco francis francisco franco francois frank franklin franz
fred freddie frederick friedrich fritz gabriel garth gary gavin geoffrey george gerald gerard gerardo gerhard gilbert giovanni giuseppe
gonzalo gordon graham grant greg gregory guido guillermo gustavo guy hamid hamza hank hans harold harry hasan hassan hector
heinrich henrik henry herbert herman hosni howard hubert hugh hugo hussein ian ibrahim igor ike imran isaac isaiah ismail ivan jack
jacob jacques jaime jair jake jakob jamal james jared jason javier jeb jeff jefferson jeffrey jens jeremy jerome jerry jesse
jesus jim jimmy joachim joaquin joe joel johan johannes john johnny jon jonathan jorge jose josef joseph josh joshua juan julian julio
julius jurgen justin karim karl kareem keith ken kenneth kevin khalid khalil kirk klaus konstantin kurt kyle lance larry lars lawrence leo leon leonard leonid leopold leroy lester lewis liam lloyd lorenzo louis luc luca lucas luigi luis luke lyndon magnus
mahmoud malcolm manfred manuel marc marcel marco marcos marcus mario marius mark marshall martin marvin mateo mathew matteo matthew
matthias maurice mauricio max maximilian mehmet michael michel miguel mike mikhail miles milos mitch mitchell mitt mohamed mohammad
mohammed moses muhammad murat murray mustafa naftali narendra nathan nathaniel ned neil nelson nicholas nick nicolas nicolás nigel nikita
nikolai nikolay noah noel norman oleg oliver omar orlando oscar osama otto owen pablo paddy pascal patrick paul pavel pedro percy pete
peter petr petro philip philippe phillip pierre piotr rafael rajiv ralph ramon ramzan randall randolph randy rashid raul ray raymond
recep reggie reince reinhard rex ricardo richard rick ricky rob robert roberto rod roderick rodney rodrigo roger roland rolf roman
ronald ronnie ross roy rudolf rudy rupert russ russell ryan saad saddam saeed salman salvador salvatore samuel sanjay scott sean
sebastian sergei sergey sergio seth shane shinzo silvio simon stanley stefan stephen sterling steve steven stewart stuart
sven tariq ted terrence theodore thomas tim timothy tobias todd tom tomas tommy tony travis trent trevor tyler umberto vaclav
valery vernon victor viktor vince vincent vincenzo vitaly vlad vladimir volodymyr wallace walter warren wayne werner wilbur wilfred
wilhelm will willem william winston wolfgang woodrow xavier yasser yevgeny yitzhak yousef youssef yuri yusuf zachary`);

export type Gender = "female" | "male";
const GENDERS: ReadonlyMap<string, Gender> = new Map([
  ...WOMEN.map((n) => [n, "female"] as const),
  ...MEN.map((n) => [n, "male"] as const),
]);

/** genderOfName("Maria") → "female"; undefined where the name does not tell. */
export const genderOfName = (given: string): Gender | undefined =>
  GENDERS.get(given.normalize("NFC").toLowerCase()) ??
  GENDERS.get(given.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase());

/** Titles and nouns that tell: "Ms. Ortiz", "a spokeswoman". */
export const FEMALE_WORD =
  /\b(?:Mrs|Ms|Miss|Madame|Madam|Lady|Dame|Queen|Princess|Duchess|Baroness)\b|\b(?:\p{L}+woman|woman|girl|mother|sister|daughter|wife|widow|actress|aunt|nun|mayoress|grandmother|nurse)$/u;
export const MALE_WORD =
  /\b(?:Mr|Sir|Lord|King|Prince|Duke|Baron|Monsieur)\b|\b(?:\p{L}{3,}sman|\p{L}{3,}[^o]man|man|boy|father|brother|son|husband|widower|actor|uncle|priest|grandfather)$/u;
