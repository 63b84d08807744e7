/** Russian word lists of times, for text/simple-times.ts: names in every case that dates use. */
import { simpleTimes } from "../../text/simple-times.ts";

const forms = (lines: readonly string[]): Record<string, number> =>
  Object.fromEntries(lines.flatMap((line, i) => line.split(" ").map((word) => [word, i + 1] as const)));
const words = (text: string): string[] => text.trim().split(/\s+/);

export const RU_TIMES = simpleTimes({
  months: forms([
    "январь января январе",
    "февраль февраля феврале",
    "март марта марте",
    "апрель апреля апреле",
    "май мая мае",
    "июнь июня июне",
    "июль июля июле",
    "август августа августе",
    "сентябрь сентября сентябре",
    "октябрь октября октябре",
    "ноябрь ноября ноябре",
    "декабрь декабря декабре",
  ]),
  weekdays: forms([
    "понедельник понедельника",
    "вторник вторника",
    "среду среда среды",
    "четверг четверга",
    "пятницу пятница пятницы",
    "субботу суббота субботы",
    "воскресенье воскресенья",
  ]),
  days: { сегодня: 0, вчера: -1, позавчера: -2, завтра: 1, послезавтра: 2 },
  links: [],
  yearWords: ["года", "году", "год", "г."],
  prepositions: ["в", "во", "на"],
  yearPrepositions: ["в", "с", "до"],
  since: ["с", "со"],
  until: ["до", "по"],
  tense: {
    future: new Set(
      words(
        "будет будут должен должна должны намерен намерены планирует планируют пройдет пройдёт пройдут состоится состоятся ожидается может могут начнется начнётся",
      ),
    ),
    nouns: new Set(),
    determiners: new Set(),
    schedule: new Set(words("начинается заканчивается истекает")),
    isPast: (word) =>
      /(?:ал|ала|али|ил|ила|или|ел|ела|ели|ло|лся|лась|лись|лось|шел|шёл|шла|шли)$/.test(word) &&
      word.length > 4,
    passive: new Set(),
    infinitive: new Set(),
  },
});
