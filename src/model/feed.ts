/** Feeds as read: what the wire says, normalised, nothing judged yet. Follows RSS 2.0, Atom (RFC 4287), JSON Feed 1.1, Media RSS, GeoRSS. */
import { z } from "zod";
import { type Declined, list, type Note } from "./span.ts";
import { Instant } from "./time.ts";

export const Person = z.object({
  name: z.string().optional(),
  email: z.string().optional(),
  url: z.string().optional(),
});
export type Person = Readonly<z.infer<typeof Person>>;

export const Category = z.object({
  term: z.string(),
  scheme: z.string().optional().describe("Address of the vocabulary; absent when none was named"),
  label: z.string().optional(),
});
export type Category = Readonly<z.infer<typeof Category>>;

export const Media = z
  .object({
    url: z.string().describe("Absolute address of the picture, film or sound"),
    kind: z.enum(["image", "video", "audio", "other"]),
    type: z.string().optional().describe("Media type as stated (RFC 6838)"),
    title: z.string().optional(),
    caption: z.string().optional(),
    credit: z.string().optional(),
    thumbnail: z.string().optional().describe("Absolute address of a still"),
    player: z.string().optional().describe("Page or embed address that plays it"),
    durationSeconds: z.number().nonnegative().optional(),
    bytes: z.number().nonnegative().optional(),
    width: z.number().nonnegative().optional(),
    height: z.number().nonnegative().optional(),
    published: Instant.optional(),
  })
  .describe("A picture, film or sound that belongs to an article");
export type Media = Readonly<z.infer<typeof Media>>;

export const FeedShape = z
  .object({
    type: z.enum(["Point", "LineString", "Polygon", "Box"]),
    coordinates: z
      .union([list(z.number()), list(list(z.number())), list(list(list(z.number())))])
      .describe("Longitude, latitude (and height), nested as in GeoJSON; a box is its two corners"),
    system: z
      .string()
      .optional()
      .describe("Name of a projected coordinate system; then the numbers are as written and not degrees"),
  })
  .describe("GeoRSS shape of an entry");
export type FeedShape = Readonly<z.infer<typeof FeedShape>>;

export const FeedItem = z
  .object({
    guid: z.string().optional().describe("Identifier given by the feed; absent when none"),
    guidIsLink: z.boolean().optional(),
    url: z.string().optional().describe("Absolute address of the article page"),
    title: z.string().optional().describe("Plain text"),
    summary: z.string().optional().describe("Sanitised HTML of the short form"),
    content: z.string().optional().describe("Sanitised HTML of the full form"),
    authors: list(Person),
    published: Instant.optional().describe("As stated, with zone; absent when unreadable"),
    updated: Instant.optional(),
    categories: list(Category),
    media: list(Media),
    language: z.string().optional().describe("BCP 47"),
    source: z
      .object({ title: z.string().optional(), url: z.string().optional() })
      .optional()
      .describe("The feed or outlet it says it comes from: provenance"),
    via: list(z.string()).optional().describe("Addresses of rel=via and rel=related links"),
    point: z
      .object({ lat: z.number(), lon: z.number() })
      .optional()
      .describe("GeoRSS or geo: position in degrees, WGS 84"),
    shape: FeedShape.optional().describe("GeoRSS line, polygon, box or point as stated"),
    originalUrl: z
      .string()
      .optional()
      .describe("Address of the page behind a counting redirect (feedburner:origLink)"),
    comments: z.string().optional().describe("Address of the page of comments"),
    commentCount: z.number().int().nonnegative().optional().describe("slash:comments or thr:total"),
    rights: z.string().optional(),
  })
  .describe("One entry of a feed");
export type FeedItem = Readonly<z.infer<typeof FeedItem>>;

export const Feed = z
  .object({
    format: z.enum(["rss", "atom", "rdf", "json", "cdf", "sitemap", "unknown"]),
    version: z.string().optional(),
    id: z.string().optional().describe("Identifier the feed gives for itself (atom:id, rdf:about)"),
    title: z.string().optional(),
    subtitle: z.string().optional(),
    url: z.string().optional().describe("Address of the site"),
    self: z.string().optional().describe("Address the feed gives for itself"),
    hub: z.string().optional().describe("WebSub hub"),
    next: z.string().optional().describe("Next page of the feed (RFC 5005)"),
    language: z.string().optional(),
    image: z.string().optional(),
    authors: list(Person),
    updated: Instant.optional(),
    ttlMinutes: z
      .number()
      .nonnegative()
      .optional()
      .describe(
        "Minutes between readings the feed asks for: ttl, or sy:updatePeriod over sy:updateFrequency",
      ),
    moved: z.string().optional().describe("New address it announces (itunes:new-feed-url)"),
    skipHours: list(z.number().int())
      .optional()
      .describe("Hours of the day, GMT, when the feed asks not to be read"),
    skipDays: list(z.string()).optional(),
    rights: z.string().optional(),
    items: list(FeedItem),
  })
  .describe("A feed as read");
export type Feed = Readonly<z.infer<typeof Feed>>;

export type FeedResult =
  | { readonly ok: true; readonly feed: Feed; readonly notes: readonly Note[] }
  | Declined;
