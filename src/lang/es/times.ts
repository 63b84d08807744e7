/** Spanish word lists of times, for text/simple-times.ts. */
import { simpleTimes } from "../../text/simple-times.ts";

const numbered = (text: string): Record<string, number> =>
  Object.fromEntries(
    text
      .trim()
      .split(/\s+/)
      .map((word, i) => [word, i + 1]),
  );
const words = (text: string): string[] => text.trim().split(/\s+/);

export const ES_TIMES = simpleTimes({
  months: {
    ...numbered("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"),
    setiembre: 9,
  },
  weekdays: { ...numbered("lunes martes miércoles jueves viernes sábado domingo"), miercoles: 3, sabado: 6 },
  days: { hoy: 0, ayer: -1, anteayer: -2, mañana: 1, anoche: -1, "pasado mañana": 2 },
  links: ["de", "del"],
  yearWords: [],
  prepositions: ["el", "este", "del", "en", "el pasado", "este pasado", "en el año"],
  yearPrepositions: ["en", "desde", "hasta", "en el año"],
  since: ["desde el", "desde"],
  until: ["hasta el", "hasta"],
  tense: {
    future: new Set(
      words(
        "prevé prevén previsto prevista será serán podría podrían va van espera esperan planea próximo próxima",
      ),
    ),
    nouns: new Set(),
    determiners: new Set(),
    schedule: new Set(words("comienza empieza termina vence inicia")),
    isPast: (word) =>
      /(?:ó|aron|ieron|aba|aban|ía|ían)$/.test(word) ||
      /^(?:fue|fueron|ha|han|había|habían|era|eran|hubo|dijo|hizo|tuvo|estuvo)$/.test(word),
    passive: new Set(["sido"]),
    infinitive: new Set(),
  },
});
