/**
 * The commonest function words of the languages news is read in: enough to tell a language from a paragraph
 * and running text from a menu. Written for this purpose; BCP 47 tag → words. Not meant for searching.
 */
const LISTS: Readonly<Record<string, string>> = {
  en: "the of and to in a is that for it on was with as by at from he be are his has have this not but they an or which who will their been its were had would said after more about up out when there one all also than we you can if",
  de: "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis mehr durch wurde sei ich wir man",
  fr: "le la les de des et en un une du que est pour dans qui par sur au plus pas ne se ce il sont avec son aux a elle ont cette mais été ou être nous vous ses leur comme fait après tout même si sans entre d'un c'est",
  es: "el la de que y en los las del se por un una con no para es al su lo como más pero sus le ha o este sí porque esta son entre está cuando muy sin sobre también me hasta hay donde han quien desde todo nos durante",
  pt: "o a de que e do da em um para com não uma os no se na por mais as dos como mas ao ele das à seu sua ou quando muito nos já eu também só pelo pela até isso ela entre depois sem mesmo aos são está foi você",
  it: "il di che e la in un per è una con non del si da i le dei al gli nel della alla anche più come ma sono ha lo su dal delle o questo se hanno nella stato ai dalla tra all dell ed essere loro cui era suo",
  nl: "de het een en van in is dat op te zijn met voor niet die aan er om ook als bij door maar naar hij uit dan nog over heeft worden ze wordt tot meer werd deze was hebben of kan geen",
  ru: "и в не на что с по как это к из у за от то его для он но а мы они был о было так же вы бы до если или при уже после их также она только который были может еще чтобы все когда году под со",
  uk: "і в на що не з у до та за це як від про він для його але є по так були було який які під також при або вже та якщо бо її ми ви вони чи після року коли тільки",
  be: "і ў у на што не з да як гэта па за для але ён яго быў было пра мы яны ад каб таксама ці пры калі",
  bg: "и в на се да за от не с е че по са до като ще от си но това или който това със бяха беше той след при още както",
  sr: "i je u se na da za su od sa ne što kao koji to o iz bi će ali i po koja biti nije ili li samo već kako",
  pl: "w i na z się do nie to że o jest po od jak za ale dla przez co przy oraz są ma tym był który tego być tylko ich już jego może jednak także było które czy lub więcej pod ze a",
  cs: "a v se na že je s z do o to i ve pro by jsou ale za jako po od při který jeho už která které bude byl jen k nebo podle také tak být si či však až",
  sk: "a v sa na že je s z do o to aj vo pre by sú ale za ako po od pri ktorý jeho už ktoré bude bol len k alebo podľa tak byť si či však",
  sl: "in je v na se da za so ki z tudi pa po bi kot s ne od pri iz ali še do ker kar bil",
  hr: "i je u se na da za su od s ne što kao koji to o iz bi će ali po koja biti nije ili samo već kako te",
  sv: "och i att det som en på är av för med den till inte har om ett de var men från vi så kan när han nu eller ska efter också sig vid hade år",
  da: "og i at det som en på er af for med den til ikke har om et de var men fra vi så kan når han nu eller skal efter også sig ved blev",
  no: "og i at det som en på er av for med den til ikke har om et de var men fra vi så kan når han nå eller skal etter også seg ved ble",
  fi: "ja on ei että se oli mutta kun ovat joka myös hän tai kuin niin mukaan sen jo nyt vain ole jos mitä kanssa olla sekä jotka ollut",
  hu: "a az és hogy nem is egy meg ez de csak van már mint el azt még volt lesz ha vagy ami kell pedig szerint után nagyon",
  ro: "de și în la a cu pe nu o că este din un care pentru mai sunt au fost se ce prin după dar al ale lui dacă sau fi când",
  tr: "ve bir bu için ile da de olarak olan çok daha ne gibi var kadar sonra en ise ya o ancak oldu olduğu her ama",
  el: "και το να του η της την που με για τα από είναι στο ο των στην τον δεν οι θα σε τις μια ότι αλλά",
  id: "yang dan di untuk dengan dari ini pada itu dalam tidak akan ke juga ada bisa oleh karena sebagai kata saat telah adalah lebih kami",
  vi: "của và là các trong cho được không có với một những người này đã để khi từ cũng đến tại về",
  ca: "de la i el que a en les per un els del amb una no es al ha com més però també són dels aquest",
  eo: "la de kaj en estas al ne por ke kun pri mi pli oni sed el ĝi li estis",
  eu: "eta da ez du bat dira ere baina egin izan den dute edo zen",
  lt: "ir yra į kad su iš ne bet kaip už apie tai jau po dėl nuo buvo jis",
  lv: "un ir ka no uz ar par arī bet kā lai nav pēc tas tika",
  et: "ja on ei et ka see mis oli kui aga ning selle kes või siis",
  ar: "في من على إلى أن عن التي الذي ما لا هذا كان مع هذه بعد قد بين كما أو ذلك",
  fa: "و در به از که این را با است برای آن یک خود تا بر هم نیز شد",
  he: "של את על לא הוא זה עם כי גם אל היא אבל או כל יש",
  hi: "के में की है और से को का ने पर यह हैं कि भी एक नहीं",
};

export const STOPWORDS: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(LISTS).map(([language, words]) => [language, new Set(words.split(" "))]),
);
