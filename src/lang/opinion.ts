/** Words that mark a section, an address or a label as opinion, in the languages we know them in. */

/** Words on their own in any script: the word boundary of regular expressions knows Latin letters alone. */
export const alone = (words: string): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}_])(?:${words})(?![\\p{L}\\p{N}_])`, "iu");

/** Parts of regular expressions, joined by "|". */
export const OPINION_WORDS =
  "opinions?|op-?ed|editorials?|comment(?:ary|isfree)?|columns?|columnists?|views|viewpoints?|perspectives?|opinión|columnas?|мнени[ея]|колонк[аи]|رأي|آراء";
