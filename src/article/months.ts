/** Month names and usual short forms in the languages news is read in → 1–12. Written for this purpose. */
const TABLE: readonly string[] = [
  // One line per language, months separated by bars, forms by spaces
  "january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|september sept sep|october oct|november nov|december dec",
  "januar jänner jän|februar feber|märz mär mrz maerz|april|mai|juni|juli|august|september|oktober okt|november|dezember dez",
  "janvier janv|février févr fév fevrier fevr|mars|avril avr|mai|juin|juillet juil|août aout|septembre|octobre|novembre|décembre déc decembre",
  "enero ene|febrero|marzo|abril abr|mayo|junio|julio|agosto ago|septiembre setiembre set|octubre|noviembre|diciembre dic",
  "janeiro|fevereiro fev|março marco|abril|maio|junho|julho|agosto|setembro|outubro out|novembro|dezembro",
  "gennaio gen|febbraio|marzo|aprile|maggio mag|giugno giu|luglio lug|agosto|settembre|ottobre ott|novembre|dicembre",
  "januari|februari|maart mrt|april|mei|juni|juli|augustus|september|oktober|november|december",
  "января янв январь|февраля фев февраль|марта мар март|апреля апр апрель|мая май|июня июн июнь|июля июл июль|августа авг август|сентября сен сент сентябрь|октября окт октябрь|ноября ноя нояб ноябрь|декабря дек декабрь",
  "січня січ|лютого лют|березня бер|квітня квіт|травня трав|червня черв|липня лип|серпня серп|вересня вер|жовтня жовт|листопада лист|грудня груд",
  "stycznia sty styczeń|lutego lut luty|marca marzec|kwietnia kwi kwiecień|maja maj|czerwca cze czerwiec|lipca lip lipiec|sierpnia sie sierpień|września wrz wrzesień|października paź październik|listopada lis listopad|grudnia gru grudzień",
  "ledna leden|února únor|března březen|dubna duben|května květen|června červen|července červenec|srpna srpen|září|října říjen|listopadu listopad|prosince prosinec",
  "januára|februára|marca|apríla|mája|júna|júla|augusta|septembra|októbra|novembra|decembra",
  "januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december",
  "januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|desember des",
  "tammikuuta|helmikuuta|maaliskuuta|huhtikuuta|toukokuuta|kesäkuuta|heinäkuuta|elokuuta|syyskuuta|lokakuuta|marraskuuta|joulukuuta",
  "január|február|március|április|május|június|július|augusztus|szeptember|október|november|december",
  "ianuarie ian|februarie|martie|aprilie|mai|iunie iun|iulie iul|august|septembrie|octombrie|noiembrie noi|decembrie",
  "ocak|şubat|mart|nisan|mayıs|haziran|temmuz|ağustos|eylül|ekim|kasım|aralık",
  "ιανουαρίου|φεβρουαρίου|μαρτίου|απριλίου|μαΐου|ιουνίου|ιουλίου|αυγούστου|σεπτεμβρίου|οκτωβρίου|νοεμβρίου|δεκεμβρίου",
  "yanuari|pebruari|maret|april|mei|juni|juli|agustus|september|oktober|nopember|desember",
  "gener|febrer|març|abril|maig|juny|juliol|agost|setembre|octubre|novembre|desembre",
  "siječnja|veljače|ožujka|travnja|svibnja|lipnja|srpnja|kolovoza|rujna|listopada|studenoga studenog|prosinca",
  "януари|февруари|март|април|май|юни|юли|август|септември|октомври|ноември|декември",
  "يناير|فبراير|مارس|أبريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر",
  "ינואר|פברואר|מרץ|אפריל|מאי|יוני|יולי|אוגוסט|ספטמבר|אוקטובר|נובמבר|דצמבר",
];

/** Polish and Croatian disagree about one word ("listopad" is November in Polish, October in Croatian): the first line wins. */
export const MONTHS: ReadonlyMap<string, number> = (() => {
  const months = new Map<string, number>();
  for (const line of TABLE)
    line.split("|").forEach((forms, index) => {
      for (const form of forms.split(" ")) if (!months.has(form)) months.set(form, index + 1);
    });
  return months;
})();
