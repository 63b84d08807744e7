/** The part of Markdown that our own docs use: headings, paragraphs, lists, tables, code, emphasis, links. Text stays text. */
import type { Child } from "hono/jsx";

export const Markdown = ({ text }: { text: string }) => <div class="markdown">{blocks(text)}</div>;

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
      <table>
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
              {cells(l).map((c) => (
                <td class={/^[\d.,%±–-]+$/.test(c) ? "num" : undefined}>{inline(c)}</td>
              ))}
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
