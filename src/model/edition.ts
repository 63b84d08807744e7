/** An edition: name, sections, regions and languages of a site, so that one engine can be many. */
import { z } from "zod";
import { list } from "./span.ts";

export const Edition = z
  .object({
    id: z.string(),
    name: z.string(),
    tagline: z.string(),
    language: z.enum(["en", "es", "ru", "ar"]).describe("Language of the interface"),
    zone: z.string().describe("IANA zone in which the front page counts its days"),
    sections: list(z.enum(["breaking", "latest", "world", "headlines", "videos"])),
    regions: list(z.object({ id: z.string(), name: z.string(), countries: list(z.string()) })).describe(
      "Regions of the World section with ISO 3166-1 alpha-3 codes",
    ),
    languages: list(z.string()).describe("Languages of articles shown; empty = all"),
    countries: list(z.string()).describe("Countries to which the site keeps; empty = all"),
    accent: z.string().optional().describe("Accent colour as #rrggbb"),
  })
  .describe("An edition of the site");
export type Edition = Readonly<z.infer<typeof Edition>>;
