/** The desk's hand on a story: what was split, moved and merged, by whom and why, and the forms to do so and to take it back. */
import type { ArticleRow } from "../../model/index.ts";
import type { StoryRow } from "../../ports/index.ts";
import { type StoryDecision, storyDecisions } from "../../stories/hand.ts";
import type { Ctx } from "../context.ts";
import { Section } from "../ui/parts.tsx";
import { moment } from "../ui/words.ts";

export type StoryHandData = {
  readonly id: string;
  readonly decisions: readonly StoryDecision[];
  /** Headlines of stories named in the decisions, by id. */
  readonly headlines: ReadonlyMap<string, string>;
  /** Other stories to choose from. */
  readonly others: readonly StoryRow[];
};

/** Stories offered in the forms; any other by its address. */
const OFFERED = 40;
/** Reports that can be ticked, newest first, before the rest is a link away. */
const TICKED = 24;

export async function handOf(ctx: Ctx, id: string): Promise<StoryHandData> {
  const { store } = ctx;
  const decisions = storyDecisions(await store.decisions()).filter(
    ({ hand }) => hand.from === id || hand.to === id,
  );
  const headlines = new Map<string, string>();
  for (const { hand } of decisions)
    for (const story of [hand.from, hand.to]) {
      if (story === id || headlines.has(story)) continue;
      const now = await store.storyIdOf(story);
      const row =
        now === story
          ? (await store.stories({ sort: "newest", storyId: story }, { limit: 1 })).rows[0]
          : undefined;
      if (row) headlines.set(story, row.headline);
    }
  const near = await store.stories({ ...ctx.filter, sort: "newest" }, { limit: OFFERED + 1 });
  return { id, decisions, headlines, others: near.rows.filter((r) => r.id !== id).slice(0, OFFERED) };
}

/** `s0123…`, `/story/s0123…` or a whole address → the id. */
export const storyIn = (words: string): string =>
  /\/story\/([^/?#\s]+)/.exec(words)?.[1] ?? words.trim().split(/\s/)[0] ?? "";

const Other = ({ ctx, id, data }: { ctx: Ctx; id: string; data: StoryHandData }) => (
  <a class="link" href={ctx.href(`/story/${id}`)} dir="auto">
    {data.headlines.get(id) ?? id}
  </a>
);

/** What a person did, from where this story stands: "2 reports were taken out of this story by hand …, because: …" */
const Told = ({ ctx, d, data }: { ctx: Ctx; d: StoryDecision; data: StoryHandData }) => {
  const { t } = ctx;
  const out = d.hand.from === data.id;
  const reports = t("count.reports", { count: d.hand.articles.length });
  const gone = !out && !data.headlines.has(d.hand.from);
  return (
    <>
      {t(`hand.${d.action}.${out ? "out" : "in"}`, { reports })}
      {gone ? null : (
        <>
          {" "}
          <Other ctx={ctx} id={out ? d.hand.to : d.hand.from} data={data} />
        </>
      )}
      . {t("hand.because", { reason: d.reason })}{" "}
      <span class="small">({t("hand.by", { name: d.who, time: moment(Date.parse(d.at), ctx) })})</span>
    </>
  );
};

/** At the head of the story, so that nobody takes for the chain's work what a person did. */
export const HandNotes = ({ ctx, data }: { ctx: Ctx; data: StoryHandData }) =>
  data.decisions.length === 0 ? null : (
    <ul class="note-box hand-notes">
      {data.decisions.map((d) => (
        <li>
          <Told ctx={ctx} d={d} data={data} />
        </li>
      ))}
    </ul>
  );

const Signature = ({ ctx, form, label = "hand.reason" }: { ctx: Ctx; form: string; label?: string }) => (
  <>
    <label class="field field-two" for={`${form}-reason`}>
      {ctx.t(label)}
      <input id={`${form}-reason`} name="reason" required maxlength={500} />
    </label>
    <label class="field" for={`${form}-who`}>
      {ctx.t("hand.who")}
      <input id={`${form}-who`} name="who" maxlength={80} autocomplete="name" />
    </label>
  </>
);

const Target = ({ ctx, form, required }: { ctx: Ctx; form: string; required: boolean }) => (
  <label class="field" for={`${form}-to`}>
    {ctx.t("hand.other")}
    <input id={`${form}-to`} name="to" list="stories" required={required} autocomplete="off" />
  </label>
);

export const StoryHandSection = ({
  ctx,
  data,
  rows,
}: {
  ctx: Ctx;
  data: StoryHandData;
  rows: readonly ArticleRow[];
}) => {
  const { t } = ctx;
  const action = ctx.href(`/story/${data.id}/hand`);
  const ticked = rows
    .toSorted((a, b) => b.sortTime - a.sortTime)
    .slice(0, ctx.search.get("hand") === "all" ? undefined : TICKED);
  return (
    <Section id="hand" title={t("hand.stories")} note={t("hand.storiesNote")}>
      {data.decisions.map((d) => (
        <form method="post" action={action} class="filters hand-undo">
          <input type="hidden" name="token" value={ctx.token} />
          <input type="hidden" name="decision" value={d.id} />
          <p class="field-wide">
            <Told ctx={ctx} d={d} data={data} />
          </p>
          <Signature ctx={ctx} form={`undo-${d.id}`} label="hand.undoReason" />
          <button class="button-plain" type="submit" name="act" value="undo">
            {t("hand.undo")}
          </button>
        </form>
      ))}
      <datalist id="stories">
        {data.others.map((o) => (
          <option value={o.id} label={o.headline} />
        ))}
      </datalist>
      {rows.length < 2 ? null : (
        <details open={ctx.search.get("hand") === "all"}>
          <summary>{t("hand.takeOut")}</summary>
          <form method="post" action={action} class="filters">
            <input type="hidden" name="token" value={ctx.token} />
            <fieldset class="field-wide ticks">
              <legend>{t("hand.choose")}</legend>
              {ticked.map((r) => (
                <label>
                  <input type="checkbox" name="article" value={r.id} />{" "}
                  <span dir="auto" lang={r.language}>
                    {r.title}
                  </span>{" "}
                  <span class="small">
                    <bdi>{r.outletName}</bdi>
                    {r.copyOf === undefined ? "" : ` · ${t("article.copy")}`}
                  </span>
                </label>
              ))}
              {ticked.length === rows.length ? null : (
                <p>
                  <a class="link" href={`${ctx.href(`/story/${data.id}`, { hand: "all" })}#hand`}>
                    {t("site.showAll")} ({t("count.reports", { count: rows.length })})
                  </a>
                </p>
              )}
            </fieldset>
            <Signature ctx={ctx} form="out" />
            <Target ctx={ctx} form="out" required={false} />
            <div class="acts field-wide">
              <button type="submit" name="act" value="split">
                {t("hand.splitAct")}
              </button>
              <button type="submit" name="act" value="move">
                {t("hand.moveAct")}
              </button>
            </div>
          </form>
        </details>
      )}
      <details>
        <summary>{t("hand.merge")}</summary>
        <form method="post" action={action} class="filters">
          <input type="hidden" name="token" value={ctx.token} />
          <Target ctx={ctx} form="merge" required={true} />
          <Signature ctx={ctx} form="merge" />
          <button type="submit" name="act" value="merge">
            {t("hand.mergeAct")}
          </button>
        </form>
      </details>
    </Section>
  );
};
