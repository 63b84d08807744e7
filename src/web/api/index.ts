/** Extends the site with the API, the feeds and the notices. */
import type { Extend } from "../app.tsx";
import { createApi } from "./api.ts";
import { addFeeds } from "./feeds.ts";

export const withApi =
  (version: string): Extend =>
  (app, contextOf) => {
    app.route("/api/v1", createApi(contextOf, version));
    app.get("/api/openapi.json", (c) => c.redirect("/api/v1/openapi.json"));
    addFeeds(app, contextOf);
  };
