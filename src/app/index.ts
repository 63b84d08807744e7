/** The applications: pipeline and ports put to work. main.ts hands them their adapters. */
export * from "./alert.ts";
export * from "./change.ts";
export * from "./forget.ts";
export * from "./hub.ts";
export * from "./hub-http.ts";
export * from "./ingest.ts";
export * from "./inputs.ts";
export * from "./intake.ts";
export * from "./poll.ts";
export * from "./recode.ts";
export * from "./reread.ts";
export * from "./rhythm.ts";
export * from "./scheduler.ts";
export * from "./sources.ts";
export * from "./stories.ts";
export * from "./tools.ts";
