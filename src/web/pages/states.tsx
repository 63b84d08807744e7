/** Pages for what is not there or went wrong: each says what happened and what can be done. */
import type { Child } from "hono/jsx";
import type { Ctx } from "../context.ts";
import { Sheet } from "../ui/layout.tsx";
import { Empty } from "../ui/parts.tsx";

/** An empty list: what it says; in an archive with nothing in it at all, also how something gets there. */
export async function nothing(ctx: Ctx, words: string): Promise<Child> {
  const { articles } = await ctx.store.stats();
  if (articles > 0) return <Empty>{words}</Empty>;
  return (
    <Empty>
      {words} {ctx.t("empty.frontLong")}{" "}
      <a class="link" href={ctx.href("/sources")}>
        {ctx.t("sources.title")}
      </a>
    </Empty>
  );
}

export const StatePage = ({ ctx, title, lines }: { ctx: Ctx; title: string; lines: readonly string[] }) => (
  <Sheet ctx={ctx} title={title}>
    <div class="big-state">
      <h1>{title}</h1>
      {lines.map((line) => (
        <p>{line}</p>
      ))}
      <p>
        <a class="link" href={ctx.href("/")}>
          {ctx.t("section.front")}
        </a>{" "}
        ·{" "}
        <a class="link" href={ctx.href("/search")}>
          {ctx.t("section.search")}
        </a>
      </p>
    </div>
  </Sheet>
);

export const NotFound = ({ ctx }: { ctx: Ctx }) => (
  <StatePage ctx={ctx} title={ctx.t("error.notFound")} lines={[ctx.t("error.notFoundLong")]} />
);
export const Gone = ({ ctx }: { ctx: Ctx }) => (
  <StatePage ctx={ctx} title={ctx.t("error.gone")} lines={[ctx.t("error.goneLong")]} />
);
export const ServerError = ({ ctx }: { ctx: Ctx }) => (
  <StatePage ctx={ctx} title={ctx.t("error.title")} lines={[ctx.t("error.server")]} />
);
export const BadToken = ({ ctx }: { ctx: Ctx }) => (
  <StatePage ctx={ctx} title={ctx.t("error.title")} lines={[ctx.t("error.token")]} />
);
export const BadRequest = ({ ctx, detail }: { ctx: Ctx; detail: string }) => (
  <StatePage ctx={ctx} title={ctx.t("error.title")} lines={[ctx.t("error.badRequest", { detail })]} />
);
