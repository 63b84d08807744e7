/** Rows → CSV (RFC 4180): comma, CRLF, quotes doubled. A cell that a spreadsheet would run as a formula gets a leading apostrophe. */
export type Cell = string | number | boolean | undefined | null;

export function csvCell(value: Cell): string {
  if (value === undefined || value === null) return "";
  const text = String(value);
  const safe = typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export const csvLine = (cells: readonly Cell[]): string => `${cells.map(csvCell).join(",")}\r\n`;

/** Head and lines for rows that share their keys; `columns` fixes the order. */
export function csvTable<K extends string>(
  columns: readonly K[],
  rows: Iterable<Readonly<Record<K, Cell>>>,
): string {
  let out = csvLine(columns);
  for (const row of rows) out += csvLine(columns.map((c) => row[c]));
  return out;
}
