/** Spanish word lists of numbers and tolls, for text/plain-numbers.ts. */
import type { PlainNumberTable } from "../../text/plain-numbers.ts";

const listed = (from: number, text: string): Record<string, number> =>
  Object.fromEntries(text.split(" ").map((w, i) => [w, from + i]));

export const ES_NUMBERS: PlainNumberTable = {
  words: {
    ...listed(
      2,
      "dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve treinta",
    ),
    cuarenta: 40,
    cincuenta: 50,
    sesenta: 60,
    setenta: 70,
    ochenta: 80,
    noventa: 90,
    cien: 100,
    ciento: 100,
    doscientos: 200,
    doscientas: 200,
    trescientos: 300,
    trescientas: 300,
    cuatrocientos: 400,
    quinientos: 500,
    quinientas: 500,
    mil: 1000,
  },
  scales: [
    [/^mil$/, 1000],
    [/^mill(?:ón|ones)$/, 1_000_000],
  ],
  thousands: ".\u00a0\u202f ",
  hedges: [
    [/(?:al menos|más de|por lo menos|no menos de|como mínimo) (?:las |los |unas? |unos? )?$/iu, "low"],
    [/(?:casi|cerca de|hasta|menos de|no más de) (?:las |los |unas? |unos? )?$/iu, "high"],
    [/(?:unas|unos|alrededor de|aproximadamente|en torno a) $/iu, "about"],
  ],
  measures: [
    [
      "killed",
      /^ (?:\p{L}+ ){0,2}(?:muert[oa]s?|fallecid[oa]s?|cadáveres|víctimas mortales|asesinad[oa]s?|muri(?:ó|eron)|mueren|muere|fallecieron|perdieron la vida)(?!\p{L})|^(?: \p{L}+){1,2}, [\p{L} ]{3,30}, (?:murieron|mueren|fallecieron)/iu,
      /(?:muert[oa]s?|mueren|murieron|fallecieron|mat[óa](?:ron)? a|balance de|cadáveres de|cuerpos de|muerte de)(?: \p{L}+){0,2} $/iu,
    ],
    [
      "injured",
      /^ (?:\p{L}+ ){0,3}(?:herid[oa]s?|lesionad[oa]s?)(?!\p{L})/iu,
      /(?:herid[oa]s?|hirieron a)(?: \p{L}+)? $/iu,
    ],
    [
      "arrested",
      /^ (?:\p{L}+ ){0,4}(?:detenid[oa]s?|arrestad[oa]s?|detenciones)(?!\p{L})/iu,
      /(?:detenid[oa]s?|detuvo a|detuvieron a|arrest[óo](?:ron)? a)(?: \p{L}+){0,2} $/iu,
    ],
    ["missing", /^ (?:\p{L}+ ){0,2}(?:desaparecid[oa]s?)(?!\p{L})/iu, /desaparecid[oa]s? $/iu],
    [
      "displaced",
      /^ (?:\p{L}+ ){0,2}(?:desplazad[oa]s?|evacuad[oa]s?|refugiad[oa]s?)(?!\p{L})/iu,
      /evacuaron a $/iu,
    ],
    ["participants", /^ (?:manifestantes|asistentes)(?!\p{L})/iu, /$^/],
    ["forces", /^ (?:soldados|militares|efectivos|tropas|policías)(?!\p{L})/iu, /$^/],
  ],
  people: /^ (?:personas|víctimas|civiles|niños|niñas|mujeres|hombres)(?!\p{L})/iu,
  notCounted:
    /^ (?:de (?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)|años|plantas|días|horas|semanas|meses|minutos|kilómetros|metros|puntos|países|veces|por ciento)/iu,
  whom: /^ (?:miembros|agentes|integrantes) de (?:las |los )?([\p{Ll} ]{5,30}?)(?= (?:\p{Ll}{2,3}|han|habían|murieron|fueron) |,|$)/u,
  part: /^ de ell[oa]s|entre ell[oa]s,? (?:las |los |al menos )?$/iu,
  denied: /(?:\bno (?:dio|ha dado|publicó|confirmó)|negó|niega|negara|desmintió)\b[^,;]{0,70}$/iu,
};
