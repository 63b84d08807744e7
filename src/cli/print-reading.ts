/** A reading for people: what was read on top, the text with its facts marked, then the facts in tables. Pure: text in, text out. */
import type { Quantity, Reading, Span } from "../model/index.ts";
import type { Paint, Palette } from "./colour.ts";

type Mark = { readonly span: Span; readonly paint: Paint };

function wrap(text: string, width: number, indent: string): string {
  // Colour codes take no room on the screen.
  const visible = (s: string) => s.replace(new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, "g"), "").length;
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/)) {
    if (line !== "" && visible(line) + visible(word) + 1 > width - indent.length) {
      lines.push(indent + line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  if (line !== "") lines.push(indent + line);
  return lines.join("\n");
}

/** Paints the spans of a stretch of text; where spans overlap the first wins. */
function marked(text: string, from: number, to: number, marks: readonly Mark[]): string {
  let out = "";
  let at = from;
  for (const { span, paint } of marks) {
    if (span.start < at || span.end > to) continue;
    // A painted phrase may be broken over lines: each word is painted by itself.
    out +=
      text.slice(at, span.start) +
      text
        .slice(span.start, span.end)
        .split(/(\s+)/)
        .map((w) => (/^\s*$/.test(w) ? w : paint(w)))
        .join("");
    at = span.end;
  }
  return out + text.slice(at, to);
}

const bounds = (q: Quantity): string => {
  const n = (x: number) => x.toLocaleString("en-GB");
  if (q.exact !== undefined && q.low === q.exact && q.high === q.exact) return n(q.exact);
  if (q.low !== undefined && q.high !== undefined) return `${n(q.low)}–${n(q.high)}`;
  if (q.low !== undefined) return `from ${n(q.low)}`;
  if (q.high !== undefined) return `to ${n(q.high)}`;
  return q.exact === undefined ? "" : `about ${n(q.exact)}`;
};

export function printReading(reading: Reading, p: Palette, columns: number): string {
  const { article } = reading;
  const width = Math.min(columns, 110);
  const out: string[] = [];
  const field = (name: string, value: string | undefined) => {
    if (value !== undefined && value !== "") out.push(`${p.dim(name.padEnd(11))}${value}`);
  };
  out.push(p.bold(wrap(article.title, width, "")), "");
  field("outlet", `${article.outletName}${article.demo ? p.magenta("  demo: the outlet is invented") : ""}`);
  field(
    "published",
    article.published
      ? `${article.published.value} ${p.dim(`(${article.published.precision}, from ${article.published.basis}, zone ${article.published.zone})`)}`
      : p.yellow("not stated"),
  );
  field("modified", article.modified?.value);
  field("first seen", article.firstSeen);
  field("by", article.byline.join(", "));
  field("language", article.language);
  field("genre", article.genre === "news" ? "news" : p.yellow(article.genre));
  field(
    "countries",
    reading.countries
      .slice(0, 6)
      .map((c) => `${c.code} ${Math.round(100 * c.weight)}%`)
      .join("  "),
  );
  field("wire", article.wireTags.join(" "));
  field("credit", article.credits.map((c) => c.words).join("; "));
  field(
    "origin",
    article.sourceLinks.length > 0
      ? article.sourceLinks.map((l) => `${l.words} → ${l.url || "address not kept"}`).join("; ")
      : undefined,
  );
  if (article.sourceLinks.length === 0 && article.notes.some((n) => n.code === "source-link-bare"))
    field("origin", p.yellow("unknown: the page points to a source whose address was not kept"));
  field("correction", article.correction);
  field("text", `${article.text.length} characters, sha256 ${article.textSha256.slice(0, 16)}…`);
  out.push("");

  const paints: readonly (readonly [readonly { readonly span: Span }[], Paint])[] = [
    [reading.quantities, p.red],
    [reading.quotes, p.green],
    [reading.times, p.cyan],
    [reading.mentions, p.blue],
  ];
  const marks = paints
    .flatMap(([facts, paint], rank) => facts.map((f) => ({ span: f.span, paint, rank })))
    .sort((a, b) => a.span.start - b.span.start || a.rank - b.rank);
  for (const block of article.blocks) {
    if (block.kind === "headline") continue;
    const body = wrap(
      marked(article.text, block.span.start, block.span.end, marks),
      width,
      block.kind === "quote" || block.kind === "list-item" ? "    " : "  ",
    );
    out.push(block.kind === "heading" ? p.bold(body) : body, "");
  }
  out.push(`${p.red("number")}  ${p.green("quote")}  ${p.cyan("time")}  ${p.blue("name")}`, "");

  const section = (title: string, lines: readonly string[]) => {
    if (lines.length === 0) return;
    out.push(p.bold(`${title} (${lines.length})`), ...lines, "");
  };
  section(
    "Numbers",
    reading.quantities.map(
      (q) =>
        `  ${p.red(`“${q.words}”`)} ${p.dim(`${q.measure}${q.kind ? `, ${q.kind}` : ""}${q.per ? `, per ${q.per}` : ""}${q.ofWhom ? `, of ${q.ofWhom}` : ""}: ${bounds(q)} — ${q.assertion}${q.speaker ? ` by ${q.speaker}` : ""}${q.via ? ` via ${q.via}` : ""}${q.certainty ? ` (${q.certainty})` : ""}`)}`,
    ),
  );
  section(
    "Quotes",
    reading.quotes.map(
      (q) =>
        `  ${p.green(q.speaker ?? "unnamed")} ${p.dim(`${q.stance}${q.cue ? ` (“${q.cue.words}”)` : ""}, ${q.kind}${q.via ? `, via ${q.via}` : ""}:`)} ${q.words.replace(/\s+/g, " ").slice(0, 160)}`,
    ),
  );
  section(
    "Events",
    reading.events.map(
      (e) =>
        `  ${p.magenta(`${e.eventType}${e.mode ? `/${e.mode}` : ""}`)} ${e.actor.map((a) => a.words).join(", ") || "?"} → ${e.recipient.map((a) => a.words).join(", ") || "–"} ${p.dim(`${e.happened?.start ?? ""} ${e.place?.name ?? ""} ${e.status}, ${e.assertion}`)}`,
    ),
  );
  section(
    "Names",
    reading.entities
      .map((e, i) => ({ e, n: reading.mentions.filter((m) => m.entity === i).length }))
      .sort((a, b) => b.n - a.n)
      .slice(0, 20)
      .map(
        ({ e, n }) =>
          `  ${p.blue(e.name)} ${p.dim(`${e.type} ×${n}${e.office ? `, ${e.office}` : ""}${e.country ? `, ${e.country}` : ""}`)}`,
      ),
  );
  section(
    "Notes",
    reading.notes.map((n) => `  ${p.yellow(n.code)} ${p.dim(n.detail ?? "")}`),
  );
  return `${out.join("\n")}\n`;
}
