/** The API for people: each route of the OpenAPI description with its parameters and an example one can open. */
import { z } from "zod";
import type { Ctx } from "../context.ts";
import { Sheet } from "../ui/layout.tsx";
import { PageHead, Section } from "../ui/parts.tsx";

/** The parts of the description that are printed; whatever else it holds is left to programs. */
const Described = z.object({
  paths: z.record(
    z.string(),
    z.object({
      get: z
        .object({
          summary: z.string().optional(),
          parameters: z.array(z.object({ name: z.string(), description: z.string().optional() })).optional(),
        })
        .optional(),
    }),
  ),
});

const EXAMPLES: Readonly<Record<string, string>> = {
  "/search": "?q=emergency&since=2022-01-05&until=2022-01-06",
  "/stories": "?limit=5",
  "/articles": "?limit=5",
  "/coverage": "?country=KAZ",
  "/changes": "?after=0",
};
const FEEDS = ["latest", "headlines", "breaking", "world", "videos"] as const;

export function apiPage(ctx: Ctx, description: unknown) {
  const { t } = ctx;
  const doc = Described.safeParse(description);
  const routes = doc.success ? Object.entries(doc.data.paths) : [];
  return (
    <Sheet ctx={ctx} title={t("site.api")} section="api" permalink="/api">
      <PageHead title={t("site.api")}>
        <p class="small">
          {t("api.about")}{" "}
          <a class="link" href="/api/v1/openapi.json">
            OpenAPI 3.1
          </a>
        </p>
      </PageHead>
      <Section id="routes" title={t("api.routes")} note={<code>/api/v1</code>}>
        <table class="stack routes" lang="en" dir="ltr">
          <tbody>
            {routes.map(([path, { get }]) => (
              <tr>
                <td>
                  {path.includes("{") ? (
                    <code>{path}</code>
                  ) : (
                    <a class="link" href={`/api/v1${path}${EXAMPLES[path] ?? ""}`}>
                      <code>
                        {path}
                        {EXAMPLES[path] ?? ""}
                      </code>
                    </a>
                  )}
                </td>
                <td>
                  {get?.summary ?? ""}
                  {get?.parameters === undefined ? null : (
                    <p class="small">
                      {get.parameters.map((p, i) => (
                        <>
                          {i === 0 ? "" : " · "}
                          <code class="parameter">{p.name}</code>
                          {p.description === undefined ? "" : ` ${p.description}`}
                        </>
                      ))}
                    </p>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Section>
      <Section id="feeds" title={t("api.feeds")} note="RSS · Atom · JSON Feed">
        <ul class="tally feeds">
          {FEEDS.map((name) => (
            <li>
              <span>{t(`section.${name}`)}</span>
              <span class="spaced">
                {(["rss", "atom", "json"] as const).map((format) => (
                  <a class="link" href={ctx.href(`/feeds/${name}.${format}`)}>
                    {t(`export.${format}`)}
                  </a>
                ))}
              </span>
            </li>
          ))}
        </ul>
        <p class="small">{t("api.moreFeeds")}</p>
      </Section>
    </Sheet>
  );
}
