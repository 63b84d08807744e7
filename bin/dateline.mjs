#!/usr/bin/env node
/** The command `dateline`: builds when needed, then hands over. */
import { build } from "./build.mjs";
import { install } from "./install.mjs";

install();
build();
await import("../dist/main.js");
