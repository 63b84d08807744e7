/** What the rules for names (src/entities/name-rules.ts) know of a language; words are stems in lower case. */
import { ES_NAMES } from "./es/names.ts";
import { RU_NAMES } from "./ru/names.ts";

export type NameLists = {
  /** A word as it stands in the text, lower case → as it stands in the lists: case endings off. */
  readonly stem: (word: string) => string;
  readonly given: ReadonlySet<string>;
  /** Offices and callings that stand before a person's name. */
  readonly titles: ReadonlySet<string>;
  /** Words that open, or follow the adjective of, a body's name. */
  readonly bodies: ReadonlySet<string>;
  /** Words after which a name is a firm's, a paper's, an agency's. */
  readonly kinds: ReadonlySet<string>;
  /** Bodies are written with one capital only ("Верховный суд"). */
  readonly lowerBodies: boolean;
  readonly acronyms: ReadonlySet<string>;
  readonly surname: RegExp;
  readonly innerOfPerson: ReadonlySet<string>;
  readonly innerOfBody: ReadonlySet<string>;
  /** Prepositions after which a name is a place. */
  readonly places: ReadonlySet<string>;
  /** Capitalised words that name nobody and nowhere. */
  readonly never: ReadonlySet<string>;
};

const LISTS: Readonly<Record<string, NameLists>> = { es: ES_NAMES, ru: RU_NAMES };
export const nameLists = (language: string): NameLists | undefined => LISTS[language];
