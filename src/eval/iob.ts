/** IOB2 files of named entities: blocks of lines, token in the first or second column, comments begin with `# `. */
export type IobToken = { readonly form: string; readonly tag: string; readonly line: number };
export type IobSentence = { readonly tokens: readonly IobToken[] };

/** UNER's columns are: number, form, tag, … ; plain IOB2 has form first and tag last. */
export function readIob(text: string): IobSentence[] {
  const out: IobSentence[] = [];
  let tokens: IobToken[] = [];
  const flush = () => {
    if (tokens.length > 0) out.push({ tokens });
    tokens = [];
  };
  text.split("\n").forEach((raw, line) => {
    const row = raw.replace(/\r$/, "");
    if (row.trim() === "") {
      flush();
      return;
    }
    if (row.startsWith("# ") || row === "#") return;
    const columns = row.split("\t");
    const numbered = /^\d+$/.test(columns[0] ?? "") && columns.length >= 3;
    const form = (numbered ? columns[1] : columns[0]) ?? "";
    const tag = (numbered ? columns[2] : columns.at(-1)) ?? "O";
    tokens.push({ form, tag: /^([BI]-[A-Z]+|O)$/i.test(tag) ? tag : "O", line });
  });
  flush();
  return out;
}

/** The file again, with other tags in the place of its own. */
export function writeIob(text: string, tags: readonly (readonly string[])[]): string {
  const rows = text.split("\n");
  readIob(text).forEach((sentence, s) => {
    sentence.tokens.forEach((token, i) => {
      const columns = (rows[token.line] ?? "").split("\t");
      const numbered = /^\d+$/.test(columns[0] ?? "") && columns.length >= 3;
      columns[numbered ? 2 : columns.length - 1] = tags[s]?.[i] ?? "O";
      rows[token.line] = columns.join("\t");
    });
  });
  return rows.join("\n");
}
