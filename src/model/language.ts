/** Language tags (BCP 47) as articles, sources and readers carry them. */

/** "en-GB" → "en": a list of one language holds all its regions. */
export const primaryLanguage = (tag: string): string => tag.split("-")[0] ?? tag;
