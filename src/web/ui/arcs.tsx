/** Dependencies of a sentence as arcs above its words (Universal Dependencies), as annotators draw them. */
import type { Sentence } from "../../model/index.ts";

export const Arcs = ({ sentence, label }: { sentence: Sentence; label: string }) => {
  const { tokens } = sentence;
  const widths = tokens.map(
    (t) => Math.max(t.form.length * 8.2, t.upos.length * 6.4, t.deprel.length * 5.4, 22) + 16,
  );
  const lefts: number[] = [];
  let width = 12;
  for (const w of widths) {
    lefts.push(width);
    width += w;
  }
  const centre = (i: number): number => (lefts[i] ?? 0) + (widths[i] ?? 0) / 2;
  const levels = levelsOf(tokens.map((t) => t.head));
  const top = 18 + Math.max(1, ...levels) * 22;
  const height = top + 52;
  const round = (n: number): number => Math.round(n * 10) / 10;
  const words = tokens.map((t) => `${t.form} (${t.deprel})`).join(" ");
  return (
    <section
      class="arcs"
      tabindex={0}
      aria-label={`${label}: ${tokens
        .slice(0, 6)
        .map((t) => t.form)
        .join(" ")} …`}
    >
      <svg
        width={round(width)}
        height={height}
        viewBox={`0 0 ${round(width)} ${height}`}
        role="img"
        aria-label={words}
      >
        {tokens.map((t, i) => {
          if (t.head === 0)
            return (
              <>
                <path d={`M${round(centre(i))} 6V${top}`} />
                <text class="rel" x={round(centre(i)) + 4} y="12">
                  root
                </text>
              </>
            );
          const [from, to] = [centre(t.head - 1), centre(i)];
          const peak = top - (levels[i] ?? 1) * 22;
          const lean = from < to ? 6 : -6;
          return (
            <>
              <path
                d={`M${round(from + lean)} ${top}V${peak + 8}Q${round(from + lean)} ${peak} ${round(from + lean * 2)} ${peak}H${round(to - lean)}Q${round(to)} ${peak} ${round(to)} ${peak + 8}V${top}`}
              />
              <path d={`M${round(to - 3)} ${top - 5}L${round(to)} ${top}L${round(to + 3)} ${top - 5}`} />
              <text class="rel" x={round((from + to) / 2)} y={peak - 3} text-anchor="middle">
                {t.deprel}
              </text>
            </>
          );
        })}
        {tokens.map((t, i) => (
          <>
            <text class="form" x={round(centre(i))} y={top + 20} text-anchor="middle">
              {t.form}
            </text>
            <text class="upos" x={round(centre(i))} y={top + 36} text-anchor="middle">
              {t.upos}
            </text>
          </>
        ))}
      </svg>
    </section>
  );
};

/** Height of each word's arc: above every arc that lies within it. `heads` are 1-based, 0 for the root. */
export function levelsOf(heads: readonly number[]): readonly number[] {
  const arcs = heads
    .map((head, i) => ({ i, from: Math.min(head - 1, i), to: Math.max(head - 1, i), head }))
    .filter((a) => a.head > 0)
    .toSorted((a, b) => a.to - a.from - (b.to - b.from));
  const levels = heads.map(() => 0);
  const done: { from: number; to: number; level: number }[] = [];
  for (const a of arcs) {
    const under = done.filter((d) => d.from < a.to && d.to > a.from).map((d) => d.level);
    const level = 1 + Math.max(0, ...under);
    levels[a.i] = level;
    done.push({ from: a.from, to: a.to, level });
  }
  return levels;
}
