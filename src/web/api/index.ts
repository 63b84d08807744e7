/** Extends the site with the API, the feeds and the notices. */
import type { Extend } from "../app.tsx";
import { apiPage } from "../pages/api.tsx";
import { createApi } from "./api.ts";
import { addFeeds } from "./feeds.ts";

export const withApi =
  (version: string): Extend =>
  (app, contextOf) => {
    app.route("/api/v1", createApi(contextOf, version));
    app.all("/api/v1/*", (c) => c.json({ error: "No such route: see /api/v1/openapi.json" }, 404));
    app.get("/api/openapi.json", (c) => c.redirect("/api/v1/openapi.json"));
    app.get("/api", async (c) => {
      // The description is asked of the site itself, with the visitor's own headers: what guards one guards the other.
      const answer = await app.request("/api/v1/openapi.json", { headers: c.req.raw.headers });
      return c.html(`<!doctype html>${String(await apiPage(contextOf(c), await answer.json()))}`);
    });
    addFeeds(app, contextOf);
  };
