/** Persons in lists: a surname alone and the full name it belongs to are one person, where only one bears it. */
type Named = { readonly name: string; readonly articles: number };

const last = (name: string): string => name.slice(name.lastIndexOf(" ") + 1).toLowerCase();

/**
 * Folds "Oduya" into "Lena Oduya" and adds its reports up when exactly one full name of the list ends so. Within a
 * report short and full names are one entity already, so that no report is counted twice. Two bearers: both stay, and so does
 * the doubt. Most named first.
 */
export function foldShortNames<P extends Named>(people: readonly P[]): readonly P[] {
  const bearers = new Map<string, P[]>();
  for (const person of people)
    if (person.name.includes(" "))
      bearers.set(last(person.name), [...(bearers.get(last(person.name)) ?? []), person]);
  const more = new Map<P, number>();
  const rest = people.filter((person) => {
    const [only, second] = person.name.includes(" ") ? [] : (bearers.get(person.name.toLowerCase()) ?? []);
    if (only === undefined || second !== undefined) return true;
    more.set(only, (more.get(only) ?? 0) + person.articles);
    return false;
  });
  return rest
    .map((person) => ({ ...person, articles: person.articles + (more.get(person) ?? 0) }))
    .toSorted((a, b) => b.articles - a.articles);
}
