/** Which treebanks a language is trained and chosen on, and what may be said of their origin on the card. */

export type TreebankPart = {
  readonly file: string;
  /** Sentences used, as for Array.slice. */
  readonly from?: number;
  readonly to?: number;
};
export type LanguageSet = {
  readonly train: readonly TreebankPart[];
  readonly dev: readonly TreebankPart[];
  readonly vectors: boolean;
};
export type Origin = { readonly title: string; readonly licence: string; readonly address: string };

export const SETS: Readonly<Record<string, LanguageSet>> = {
  en: {
    train: [{ file: "ewt-train.conllu" }, { file: "gum12-train-permissive.conllu" }],
    dev: [{ file: "ewt-dev.conllu" }, { file: "gum12-dev.conllu" }],
    vectors: true,
  },
  es: {
    train: [{ file: "es_ancora-OLD-dev.conllu", to: -331 }],
    dev: [{ file: "es_ancora-OLD-dev.conllu", from: -331 }],
    vectors: false,
  },
  ru: {
    train: [{ file: "ru_taiga-OLD-train.conllu" }],
    dev: [{ file: "ru_taiga-ud-dev.conllu" }],
    vectors: false,
  },
};

export const ORIGINS: Readonly<Record<string, Origin>> = {
  "ewt-train.conllu": {
    title: "UD English EWT, train",
    licence: "CC BY-SA 4.0",
    address: "https://github.com/UniversalDependencies/UD_English-EWT",
  },
  "gum12-train-permissive.conllu": {
    title: "UD English GUM 12, train, documents under permissive licences",
    licence: "CC BY 4.0, CC BY-SA 4.0 and public domain, by document",
    address: "https://github.com/UniversalDependencies/UD_English-GUM",
  },
  "es_ancora-OLD-dev.conllu": {
    title: "UD Spanish AnCora, an earlier release, dev without its last 331 sentences",
    licence: "CC BY 4.0",
    address: "https://github.com/UniversalDependencies/UD_Spanish-AnCora",
  },
  "ru_taiga-OLD-train.conllu": {
    title: "UD Russian Taiga, an earlier release, train",
    licence: "CC BY-SA 4.0",
    address: "https://github.com/UniversalDependencies/UD_Russian-Taiga",
  },
};
