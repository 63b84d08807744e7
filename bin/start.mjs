/** `npm start`: install when needed, build when needed, then run the whole system. */
import { build } from "./build.mjs";
import { install } from "./install.mjs";

install();
build();
process.argv.splice(2, 0, "start");
await import("../dist/main.js");
