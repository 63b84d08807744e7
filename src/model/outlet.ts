/** Who publishes. Ownership and control come from dated, cited tables; `unknown` is a value and the user may edit. */
import { z } from "zod";
import { list, OutletId } from "./span.ts";

export const OutletKind = z
  .enum([
    "agency",
    "national",
    "local",
    "international",
    "state",
    "party",
    "aggregator",
    "official",
    "video",
    "opinion",
    "specialist",
    "unknown",
  ])
  .describe("Kind of outlet; `official` is a channel of a public body: an origin, not a newsroom");
export type OutletKind = z.infer<typeof OutletKind>;

export const StateControl = z
  .enum(["independent", "state-funded", "state-run", "party", "unknown"])
  .describe("Control by a state or party");
export type StateControl = z.infer<typeof StateControl>;

export const AdmiraltyLetter = z
  .enum(["A", "B", "C", "D", "E", "F"])
  .describe("Reliability of the source, Admiralty scale; F = cannot be judged, the default");

export const Outlet = z
  .object({
    id: OutletId,
    name: z.string().describe("Name as the outlet writes it"),
    hosts: list(z.string()).describe("Hosts it publishes on, lower case, without www."),
    homepage: z.string().optional(),
    country: z
      .string()
      .regex(/^[A-Z]{3}$/)
      .optional()
      .describe("ISO 3166-1 alpha-3 of its seat; absent when unknown"),
    languages: list(z.string()).describe("BCP 47 tags of the languages it publishes in; empty when unknown"),
    kind: OutletKind,
    owner: z.string().optional().describe("Owner as publicly stated; absent when unknown"),
    stateControl: StateControl,
    asOf: z.string().optional().describe("Date of the row in the table it comes from"),
    basis: z.string().optional().describe("What the row rests on, in words"),
    admiralty: AdmiraltyLetter.describe("F unless the user has judged the outlet"),
    demo: z.boolean().describe("True for the invented outlets of the demonstration archive"),
  })
  .describe("An outlet: who publishes");
export type Outlet = Readonly<z.infer<typeof Outlet>>;
