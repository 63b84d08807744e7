/** Words that stand for an article in a list. */
const MOST = 90;

/** The headline, or the opening words of a text that has none, as posts and notices do. */
export const headingOf = (article: { readonly title: string; readonly text: string }): string => {
  if (article.title !== "") return article.title;
  const [line = ""] = article.text.trimStart().split("\n");
  if (line.length <= MOST) return line;
  const cut = line.slice(0, MOST);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(" "), MOST / 2)).trimEnd()}…`;
};
