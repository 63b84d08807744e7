/** Turns the zod schemas of src/model into docs/data-model.md, so that the page cannot drift from the types. */
import { z } from "zod";
import * as model from "../model/index.ts";

type JsonSchema = {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
};

const short = (s: JsonSchema): string => {
  if (s.const !== undefined) return `\`${String(s.const)}\``;
  if (s.enum) return s.enum.map((v) => `\`${String(v)}\``).join(" · ");
  if (s.items) return `list of ${short(s.items)}`;
  const any = s.anyOf ?? s.oneOf;
  if (any) return any.map(short).join(" or ");
  if (s.properties) return `{ ${Object.keys(s.properties).join(", ")} }`;
  return String(s.type ?? "any");
};

const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("\n", " ");

/** The whole page, in Markdown. */
export function dataModelPage(): string {
  const out = [
    "# Data model",
    "",
    "Generated from `src/model` by `npm run docs`; a test fails when the two differ. Fields marked *may be absent* are",
    "left out of a record when the text does not support them: absent is never the same as zero or empty.",
    "",
  ];
  const named = Object.entries(model).sort(([a], [b]) => (a < b ? -1 : 1));
  const schemas = named.flatMap(([name, value]): [string, z.ZodType][] =>
    value instanceof z.ZodType ? [[name, value]] : [],
  );
  for (const [name, schema] of schemas) {
    const json = z.toJSONSchema(schema, {
      unrepresentable: "any",
      reused: "inline",
      io: "input",
    }) as JsonSchema;
    out.push(`## ${name}`, "");
    if (json.description) out.push(`${json.description}.`, "");
    if (!json.properties) {
      out.push(`Values: ${short(json)}`, "");
      continue;
    }
    out.push("| field | type | meaning |", "|---|---|---|");
    const required = new Set(json.required ?? []);
    for (const [field, value] of Object.entries(json.properties)) {
      const meaning = [value.description ?? "", required.has(field) ? "" : "*may be absent*"]
        .filter(Boolean)
        .join("; ");
      out.push(`| \`${field}\` | ${cell(short(value))} | ${cell(meaning)} |`);
    }
    out.push("");
  }
  return `${out.join("\n").trim()}\n`;
}
