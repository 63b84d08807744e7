/** One line that names a person, as RSS writes it → name, address, page. Leaves out lines that name several people: they stay one name. */
import type { Person } from "../model/index.ts";
import { oneLine } from "./html-text.ts";

const EMAIL = /[\w.+'-]+@[\w-]+(?:\.[\w-]+)*/;

/**
 * @example readPerson("me@gazette.example (A. Writer)") // {name: "A. Writer", email: "me@gazette.example"}
 */
export function readPerson(line: string): Person | undefined {
  const plain = oneLine(line);
  if (plain === "" || plain.length > 1000) return undefined;
  const email = EMAIL.exec(plain)?.[0];
  const name = oneLine(
    (email === undefined ? plain : plain.replace(email, " "))
      .replace(/mailto:/i, " ")
      .replace(/<\s*>|\(\s*\)|\[\s*\]/g, " ")
      .replace(/^\s*[(<[]\s*([^()<>[\]]*?)\s*[)>\]]\s*$/, "$1")
      .replace(/^[\s,;:–-]+|[\s,;:–-]+$/g, ""),
  );
  if (name === "" && email === undefined) return undefined;
  return { ...(name === "" ? {} : { name }), ...(email === undefined ? {} : { email }) };
}
