/**
 * Table of background document frequencies → how telling a term is. The table is text: a line `# documents N`, then
 * `term<TAB>documents it stands in`. A term that is not in the table is as rare as the rarest. Each language has its own.
 */

export type Background = {
  /** Inverse document frequency, scaled to 0 (in every document) … 1 (never seen); below 0.1 it is given as 0. */
  readonly idf: (term: string) => number;
  readonly documents: number;
};

/** @example createBackground("# documents 100\nthe\t100\ncoup\t2").idf("coup") // about 0.85 */
export const createBackground = (table: string): Background => {
  const counts = new Map<string, number>();
  let documents = 1;
  for (const line of table.split("\n")) {
    const head = /^# documents (\d+)/.exec(line);
    if (head) documents = Number(head[1]);
    const tab = line.indexOf("\t");
    if (tab > 0 && !line.startsWith("#")) counts.set(line.slice(0, tab), Number(line.slice(tab + 1)));
  }
  // A term of the table stands in three documents at least; one outside it is taken for half a document.
  const top = Math.log((documents + 1) / 1);
  return {
    documents,
    idf: (term) => {
      const value = Math.log((documents + 1) / ((counts.get(term) ?? 0.5) + 0.5)) / top;
      return value < 0.1 ? 0 : value;
    },
  };
};

/** For a language without a table: short words are mostly grammar, long ones mostly tell something. */
export const NO_BACKGROUND: Background = {
  documents: 0,
  idf: (term) => (/^\d/.test(term) ? 0.6 : term.length <= 3 ? 0 : term.length <= 5 ? 0.15 : 0.8),
};
