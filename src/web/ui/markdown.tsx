/**
 * The part of Markdown that our own docs use: headings, paragraphs, lists, tables, code, emphasis, links. Text stays text.
 * On a phone each part under a heading is folded away.
 */
import type { Child } from "hono/jsx";

export const Markdown = ({ text }: { text: string }) => {
  const [first = "", ...parts] = text.split(/^(?=## )/m);
  return (
    <div class="markdown">
      {blocks(first)}
      {parts.map((part) => {
        const [, title = "", rest = ""] = /^## (.*)\n?([\s\S]*)$/.exec(part) ?? [];
        return (
          <details class="fold-narrow fold-head">
            <summary>
              <h3>{inline(title)}</h3>
            </summary>
            {blocks(rest)}
          </details>
        );
      })}
    </div>
  );
};

function blocks(text: string): Child[] {
  const out: Child[] = [];
  const lines = text.replace(/<!--[\s\S]*?-->/g, "").split(/\r?\n/);
  for (let i = 0; i < lines.length; ) {
    const line = lines[i] ?? "";
    const heading = /^(#{1,6})\s+(.*)$/.exec(line);
    const run = (test: RegExp): string[] => {
      const from = i;
      while (i < lines.length && test.test(lines[i] ?? "")) i++;
      return lines.slice(from, i);
    };
    if (line.trim() === "") i++;
    else if (heading !== null) {
      // The page has its own h1 and h2 above.
      out.push(
        (heading[1] ?? "").length <= 2 ? (
          <h3>{inline(heading[2] ?? "")}</h3>
        ) : (
          <h4>{inline(heading[2] ?? "")}</h4>
        ),
      );
      i++;
    } else if (line.startsWith("```")) {
      i++;
      const code = run(/^(?!```)/);
      i++;
      out.push(<pre>{code.join("\n")}</pre>);
    } else if (line.startsWith("|")) out.push(table(run(/^\|/)));
    else if (/^[-*]\s/.test(line))
      out.push(
        <ul>
          {run(/^([-*]\s|\s{2,}\S)/).map((l) => (
            <li>{inline(l.replace(/^\s*[-*]?\s+/, ""))}</li>
          ))}
        </ul>,
      );
    else out.push(<p>{inline(run(/^(?!\s*$|#|\||[-*]\s|```)/).join(" "))}</p>);
  }
  return out;
}

const cells = (line: string): string[] =>
  line
    .replace(/^\||\|\s*$/g, "")
    .split(/(?<!\\)\|/)
    .map((c) => c.trim().replaceAll("\\|", "|"));

function table(lines: readonly string[]) {
  const [head = "", ...rest] = lines;
  const body = rest.filter((l) => !/^[|\s:-]+$/.test(l));
  const heads = cells(head);
  return (
    <div class="scroll">
      <table class="stack scores">
        <thead>
          <tr>
            {heads.map((c) => (
              <th scope="col">{c === "" ? <span class="vh">·</span> : inline(c)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {body.map((l) => (
            <tr>
              {heads.map((name, i) => {
                const c = cells(l)[i] ?? "";
                return (
                  <td
                    class={c === "" ? "none" : undefined}
                    data-label={i === 0 || name === "" ? undefined : name}
                  >
                    {inline(c)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function inline(text: string): Child[] {
  return text.split(/(`[^`]+`|\*\*[^*]+\*\*|\*[^*]+\*|\[[^\]]+\]\([^)\s]+\))/).map((part): Child => {
    if (/^`.*`$/.test(part)) return <code>{part.slice(1, -1)}</code>;
    if (/^\*\*.*\*\*$/.test(part)) return <b>{part.slice(2, -2)}</b>;
    if (/^\*.*\*$/.test(part)) return <em>{part.slice(1, -1)}</em>;
    const link = /^\[([^\]]+)\]\((https?:[^)\s]+)\)$/.exec(part);
    // A link to a file of the project leads nowhere on the site: its words remain.
    if (link !== null)
      return (
        <a class="link" href={link[2]} rel="noopener noreferrer external">
          {link[1]}
        </a>
      );
    return part.replace(/^\[([^\]]+)\]\([^)\s]+\)$/, "$1");
  });
}
