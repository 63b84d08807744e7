/** The facts of an article as a list, and a card for each: sentence, rule, informant, incident, and the user's hand. */
import type { Decision, Event } from "../../model/index.ts";
import type { Ctx } from "../context.ts";
import { rangeWords } from "../ui/ledger.tsx";
import type { Fact } from "../ui/marked.tsx";
import { DRAWN, inWords } from "../ui/numbers.ts";
import { Empty, Section, Tag } from "../ui/parts.tsx";
import { moment, partial, standing } from "../ui/words.ts";
import type { ArticleData } from "./article-data.ts";

const NUMBERED = 400;
const headOf = (f: Fact): string => (f.kind === "quantity" ? inWords(f.fact) : f.fact.words);

/** Facts of a kind before the rest is folded away: a long text would else have a list longer than itself. */
const SHOWN = 12;
/** Of many facts those that stories are told by come first; few stand as the text has them. */
export function listed(facts: readonly Fact[]): {
  readonly first: readonly Fact[];
  readonly rest: readonly Fact[];
} {
  if (facts.length <= SHOWN + 1) return { first: facts, rest: [] };
  const told = (f: Fact): boolean => f.kind !== "quantity" || DRAWN.has(f.fact.measure);
  const sorted = facts.toSorted((a, b) => Number(told(b)) - Number(told(a))).slice(0, NUMBERED);
  return { first: sorted.slice(0, SHOWN), rest: sorted.slice(SHOWN) };
}

export const FactList = ({ ctx, data }: { ctx: Ctx; data: ArticleData }) => {
  const { t } = ctx;
  const { facts } = data;
  const numbers = facts.filter((f) => f.kind === "quantity");
  const statements = facts.filter((f) => f.kind === "quote");
  const events = facts.filter((f) => f.kind === "event");
  const list = (rows: readonly Fact[]) => (
    <ul class="facts-list">
      {rows.map((f) => (
        <li>
          <a href={`#fact-${f.fact.id}`} dir="auto">
            {f.kind === "quantity" ? headOf(f) : cut(headOf(f), 110)}
          </a>
          <Tag kind={f.fact.assertion}>{t(`assertion.${f.fact.assertion}`)}</Tag>
          <ByHand ctx={ctx} decision={data.judged.get(f.fact.id)} />
          <span class="small">
            {f.kind === "quantity"
              ? t(`measure.${f.fact.measure}`)
              : f.kind === "event"
                ? eventWords(ctx, f.fact)
                : t(`stance.${f.fact.stance}`)}
            {f.fact.speaker === undefined ? null : (
              <>
                {" · "}
                <bdi>{f.fact.speaker}</bdi>
              </>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
  const group = (title: string, found: readonly Fact[], open: boolean) => {
    if (found.length === 0) return null;
    const { first, rest } = listed(found);
    return (
      <details open={open}>
        <summary>{title}</summary>
        {list(first)}
        {rest.length === 0 ? null : (
          <details>
            <summary>{t("fact.more", { count: rest.length })}</summary>
            {list(rest)}
          </details>
        )}
      </details>
    );
  };
  return (
    <Section id="facts" title={t("article.marks")}>
      {facts.length === 0 ? (
        <Empty>{t("article.noFacts")}</Empty>
      ) : (
        <p class="small">{t("article.chooseFact")}</p>
      )}
      {group(t("count.numbers", { count: numbers.length }), numbers, true)}
      {group(t("count.statements", { count: statements.length }), statements, numbers.length < 6)}
      {group(t("count.events", { count: events.length }), events, numbers.length + statements.length < 8)}
    </Section>
  );
};
/** "violence, firearms · crowds → city hall" */
const eventWords = ({ t }: Ctx, e: Event): string =>
  [
    `${t(`event.${e.eventType}`)}${e.mode === undefined ? "" : `, ${t(`mode.${e.mode}`)}`}`,
    [e.actor, e.recipient].map((list) => list.map((p) => p.label ?? p.words).join("; ")).join(" → "),
  ]
    .map((part) => part.replace(/ → $/, "").trim())
    .filter((part) => part !== "")
    .join(" · ");

/** Whether a person stands behind the fact or against it. */
const ByHand = ({ ctx, decision }: { ctx: Ctx; decision: Decision | undefined }) =>
  decision === undefined ? null : (
    <Tag kind={decision.action === "reject" ? "denied" : "reported"}>
      {ctx.t(decision.action === "reject" ? "hand.rejected" : "hand.accepted")}
    </Tag>
  );

const cut = (text: string, max: number): string =>
  text.length <= max ? text : `${text.slice(0, max - 1).trimEnd()}…`;

/** Sentence, rule, informant and incident of one fact; opens where the mark is pressed, without script. */
export const FactCard = ({ ctx, fact: f, data }: { ctx: Ctx; fact: Fact; data: ArticleData }) => {
  const { t } = ctx;
  const { fact } = f;
  const { article } = data.reading;
  const decision = data.judged.get(fact.id);
  const sentence = article.text.slice(fact.sentence.start, fact.sentence.end);
  const incident = f.kind === "event" ? data.incidents.find((i) => i.mentions.includes(fact.id)) : undefined;
  const link = ctx.href(`/article/${article.id}#mark`, { mark: `${fact.span.start}-${fact.span.end}` });
  return (
    <li id={`fact-${fact.id}`} class={`fact-card m-${fact.assertion}`} tabindex={-1}>
      <a class="close" href={`#m-${fact.id}`}>
        {t("site.close")}
      </a>
      <p>
        <Tag kind={fact.assertion}>{t(`assertion.${fact.assertion}`)}</Tag>{" "}
        <ByHand ctx={ctx} decision={decision} />
      </p>
      <h3 dir="auto">{f.kind === "quantity" ? inWords(f.fact) : cut(fact.words, 160)}</h3>
      <dl>
        {f.kind === "quantity" ? (
          <>
            <dt>{t("fact.counts")}</dt>
            <dd>
              {t(`measure.${f.fact.measure}`)}
              {f.fact.kind === undefined ? "" : `, ${t(`number.kind.${f.fact.kind}`)}`}
              {f.fact.ofWhom === undefined ? "" : `, ${f.fact.ofWhom}`}
              {f.fact.per === undefined ? "" : `, ${t("number.per", { period: f.fact.per })}`}
            </dd>
            <dt>{t("fact.readAs")}</dt>
            <dd>
              {rangeWords(ctx, f.fact)} {f.fact.unit}
              {f.fact.hedge === undefined ? "" : ` (“${f.fact.hedge}”)`}
            </dd>
          </>
        ) : null}
        {f.kind === "event" ? (
          <>
            <dt>{t("event.type")}</dt>
            <dd>
              {t(`event.${f.fact.eventType}`)}
              {f.fact.mode === undefined ? "" : `, ${t(`mode.${f.fact.mode}`)}`} ·{" "}
              {t(`event.status.${f.fact.status}`)}
            </dd>
            {f.fact.actor.length === 0 ? null : (
              <>
                <dt>{t("event.who")}</dt>
                <dd>{f.fact.actor.map((p) => p.label ?? p.words).join("; ")}</dd>
              </>
            )}
            {f.fact.recipient.length === 0 ? null : (
              <>
                <dt>{t("event.toWhom")}</dt>
                <dd>{f.fact.recipient.map((p) => p.label ?? p.words).join("; ")}</dd>
              </>
            )}
            {f.fact.happened?.start === undefined ? null : (
              <>
                <dt>{t("event.when")}</dt>
                <dd>
                  {partial(f.fact.happened.start, ctx, true)} (
                  {t(f.fact.happened.basis === "publication" ? "time.dayOfReport" : "time.localDay")})
                </dd>
              </>
            )}
            {f.fact.place === undefined ? null : (
              <>
                <dt>{t("event.where")}</dt>
                <dd>
                  {f.fact.place.name} ({t("place.precision", { code: f.fact.place.precision })})
                </dd>
              </>
            )}
          </>
        ) : null}
        {f.kind === "quote" ? (
          <>
            <dt>{t("fact.stance")}</dt>
            <dd>
              {t(`stance.${f.fact.stance}`)}
              {f.fact.cue === undefined ? "" : ` (“${f.fact.cue.words}”)`}
            </dd>
          </>
        ) : null}
        <dt>{t("article.informant")}</dt>
        <dd dir="auto">
          {fact.speaker ?? (fact.voice === "author" ? t("voice.author") : t("voice.outlet"))}
          {fact.via === undefined ? "" : `, ${t("fact.via", { outlet: fact.via })}`}
          {fact.certainty === undefined ? "" : ` · “${fact.certainty}”`}
        </dd>
        <dt>{t("article.sentence")}</dt>
        <dd>
          <blockquote dir="auto" lang={article.language}>
            {sentence}
          </blockquote>
        </dd>
        {incident === undefined ? null : (
          <>
            <dt>{t("article.incident")}</dt>
            <dd>{standing(ctx, incident.corroboration)}</dd>
          </>
        )}
        <dt>{t("article.rule")}</dt>
        <dd>
          <code>
            {fact.rule} · {fact.pipeline}
          </code>
        </dd>
      </dl>
      {decision === undefined ? null : (
        <form method="post" action={ctx.href("/decide")} class="filters">
          <input type="hidden" name="token" value={ctx.token} />
          <input type="hidden" name="undoes" value={decision.id} />
          <input type="hidden" name="back" value={`/article/${article.id}#m-${fact.id}`} />
          <p class="field-wide small">
            <ByHand ctx={ctx} decision={decision} /> {t("hand.because", { reason: decision.reason })} (
            {t("hand.by", { name: decision.who, time: moment(Date.parse(decision.at), ctx) })})
          </p>
          <label class="field">
            {t("hand.undoReason")}
            <input name="reason" required />
          </label>
          <button class="button-plain" type="submit" name="action" value="undo">
            {t("hand.undo")}
          </button>
        </form>
      )}
      <details>
        <summary>{t("hand.title")}</summary>
        <form method="post" action={ctx.href("/decide")} class="filters">
          <input type="hidden" name="token" value={ctx.token} />
          <input type="hidden" name="target" value={fact.id} />
          <input type="hidden" name="field" value={f.kind} />
          <input type="hidden" name="back" value={`/article/${article.id}#m-${fact.id}`} />
          <label class="field">
            {t("hand.reason")}
            <input name="reason" required />
          </label>
          <div class="acts">
            {(["accept", "reject"] as const).map((action) => (
              <button class="button-plain" type="submit" name="action" value={action}>
                {t(`hand.${action}`)}
              </button>
            ))}
          </div>
        </form>
      </details>
      <p class="small">
        <a class="link" href={link}>
          {t("site.permalink")}
        </a>
      </p>
    </li>
  );
};
