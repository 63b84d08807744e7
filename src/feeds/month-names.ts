/**
 * The name of a month, full or cut, in some thirty languages → its number.
 *
 * Names are those of Unicode CLDR in the forms that dates use (Slavic genitives too), without diacritics. A word is
 * taken for a month when it is one of the names, or a beginning of at least three letters that belongs to one month
 * only. Leaves out scripts whose feeds write months as numbers (Chinese, Japanese, Korean).
 */

const NAMES: readonly string[] = [
  // One line per month: English, Spanish, French, German, Italian, Portuguese, Dutch, Polish, Czech, Hungarian, Turkish, …
  "january enero janvier januar gennaio janeiro januari styczen stycznia leden ledna ocak ianuarie januar tammikuu sijecanj janner gener xaneiro sausis sausio jaanuar ιανουαριος ιανουαριου январь января сiчень сiчня січень січня яануари януари јануар қаңтар يناير كانون ינואר जनवरी",
  "february febrero fevrier februar febbraio fevereiro februari luty lutego unor unora subat februarie helmikuu veljaca feber febrer vasaris vasario veebruar φεβρουαριος φεβρουαριου февраль февраля лютий лютого февруари фебруар ақпан فبراير شباط פברואר फरवरी",
  "march marzo mars marz maerz marco maart marzec marca brezen brezna marcius mart martie maaliskuu ozujak marts marc kovas kovo marts μαρτιος μαρτιου март марта березень березня наурыз مارس آذار מרץ मार्च",
  "april abril avril aprile kwiecien kwietnia duben dubna aprilis nisan aprilie huhtikuu travanj balandis balandzio aprill απριλιος απριλιου апрель апреля квітень квітня април сәуір أبريل نيسان אפריל अप्रैल",
  "may mayo mai maggio maio mei maj maja kveten kvetna majus mayis toukokuu svibanj geguze geguzes maijs μαιος μαιου май мая травень травня мај мамыр مايو أيار מאי मई",
  "june junio juin juni giugno junho czerwiec czerwca cerven cervna junius haziran iunie kesakuu lipanj juny xuno birzelis birzelio juunius ιουνιος ιουνιου июнь июня червень червня юни јун маусым يونيو حزيران יוני जून",
  "july julio juillet juli luglio julho lipiec lipca cervenec cervence julius temmuz iulie heinakuu srpanj juliol xullo liepa liepos juuli ιουλιος ιουλιου июль июля липень липня юли јул шілде يوليو تموز יולי जुलाई",
  "august agosto aout augustus sierpien sierpnia srpen srpna augusztus agustos elokuu kolovoz agost rugpjutis rugpjucio augusti αυγουστος αυγουστου август августа серпень серпня тамыз أغسطس آب אוגוסט अगस्त",
  "september septiembre septembre settembre setembro setiembre wrzesien wrzesnia zari szeptember eylul septembrie syyskuu rujan setembre rugsejis rugsejo σεπτεμβριος σεπτεμβριου сентябрь сентября вересень вересня септември септембар қыркүйек سبتمبر أيلول ספטמבר सितंबर",
  "october octubre octobre oktober ottobre outubro pazdziernik pazdziernika rijen rijna ekim octombrie lokakuu spalis spalio oktoober οκτωβριος οκτωβριου октябрь октября жовтень жовтня октомври октобар қазан أكتوبر אוקטובר अक्टूबर",
  "november noviembre novembre novembro listopad listopada november kasim noiembrie marraskuu studeni lapkritis lapkricio νοεμβριος νοεμβριου ноябрь ноября листопад листопада ноември новембар қараша نوفمبر נובמבר नवंबर",
  "december diciembre decembre dezember dicembre dezembro grudzien grudnia prosinec prosince aralik decembrie joulukuu prosinac desember desembre gruodis gruodzio detsember δεκεμβριος δεκεμβριου декабрь декабря грудень грудня декември децембар желтоқсан ديسمبر דצמבר दिसंबर",
];

function namesAndBeginnings(): ReadonlyMap<string, number> {
  const full = new Map<string, number>();
  const cut = new Map<string, number>();
  NAMES.forEach((line, index) => {
    for (const name of line.split(" ").map(plain)) {
      full.set(name, index + 1);
      for (let length = 3; length < name.length; length++) {
        const beginning = name.slice(0, length);
        const other = cut.get(beginning);
        cut.set(beginning, other === undefined || other === index + 1 ? index + 1 : 0); // 0: two months share it
      }
    }
  });
  for (const [beginning, month] of cut) if (month > 0 && !full.has(beginning)) full.set(beginning, month);
  // Beginnings that two languages share, settled for the one whose feeds use them.
  for (const [name, month] of SHORT) full.set(name, month);
  return full;
}

const SHORT: readonly (readonly [string, number])[] = [
  ["jan", 1],
  ["feb", 2],
  ["mar", 3],
  ["mrt", 3],
  ["apr", 4],
  ["jun", 6],
  ["jul", 7],
  ["aug", 8],
  ["sep", 9],
  ["sept", 9],
  ["oct", 10],
  ["okt", 10],
  ["nov", 11],
  ["dec", 12],
  ["ene", 1],
  ["ago", 8],
  ["dic", 12],
  ["set", 9],
  ["gen", 1],
  ["mag", 5],
  ["giu", 6],
  ["lug", 7],
  ["ott", 10],
  ["out", 10],
  ["dez", 12],
  ["фев", 2],
  ["мар", 3],
  ["лют", 2],
  ["ιον", 6],
  ["ιολ", 7],
];

const BY_NAME = namesAndBeginnings();

export function monthNumber(word: string): number | undefined {
  return BY_NAME.get(plain(word));
}

function plain(word: string): string {
  // The decomposition turns й into и with a breve, so both sides of a comparison go through here.
  return word
    .toLowerCase()
    .replace(/ı/g, "i")
    .replace(/ł/g, "l")
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "");
}
