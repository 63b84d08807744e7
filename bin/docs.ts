/** Writes the pages of docs/ that are made from the code. */
import { writeFileSync } from "node:fs";
import { dataModelPage } from "../src/formats/data-model-page.ts";

writeFileSync(new URL("../docs/data-model.md", import.meta.url), dataModelPage());
