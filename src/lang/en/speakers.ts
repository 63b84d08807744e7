/** English nouns for those who speak and know, where no name stands: which of them speak to the press, which know at first hand. */
const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** They speak to the press and know at first hand. */
const BOTH = words(
  "source sources chief head witness witnesses group study monitor expert experts analyst analysts kremlin pentagon embassy ministry office",
);

const SPEAKERS = new Set([
  ...BOTH,
  ...words(
    "police minister president premier official officials authorities government army military prosecutor prosecutors court officer governor mayor agency committee council commission un nato eu report reports watchdog union company leader envoy ambassador rescuers firefighters doctors hospital chancellor senator king pope",
  ),
]);
/** Nouns of those who speak to the press, in lower case: the side of a colon that names the speaker ends so. */
export const isSpeakerNoun = (word: string): boolean => SPEAKERS.has(word) || /^spokes\p{L}+$/u.test(word);

/** Nouns for those who know something at first hand, beside the sectors of the party lists and nouns of agents in -er, -or, -ist. */
export const FIRST_HAND: ReadonlySet<string> = new Set([
  ...BOTH,
  ...words(
    "relative relatives staff secretariat presidency document documents statement data registry network channel owner neighbour neighbor neighbours neighbors economist spokesman spokeswoman spokesperson fund foundation institute airline operator operators observatory headquarters coalition alliance federation association society team crew survivor survivors volunteer volunteers service",
  ),
]);
