/** Interfaces only: what the core and the apps ask of the world. Only main.ts chooses who answers. */
export * from "./clock.ts";
export * from "./fetcher.ts";
export * from "./files.ts";
export * from "./mailer.ts";
export * from "./store.ts";
