/** A line that tells how far long work is: a bar on a terminal, a plain line now and then elsewhere. */
export type Progress = { update(share: number | undefined, text: string): void; done(text: string): void };

const BAR = 24;

export function createProgress(stream: NodeJS.WriteStream): Progress {
  const live = stream.isTTY === true;
  let last = 0;
  return {
    update(share, text) {
      const now = Date.now();
      if (now - last < (live ? 100 : 5000)) return;
      last = now;
      const bar =
        share === undefined
          ? ""
          : `[${"█".repeat(Math.round(share * BAR)).padEnd(BAR, "·")}] ${String(Math.floor(share * 100)).padStart(3)}%  `;
      if (live) stream.write(`\r\u001b[K${(bar + text).slice(0, (stream.columns || 100) - 1)}`);
      else stream.write(`${bar}${text}\n`);
    },
    done(text) {
      stream.write(live ? `\r\u001b[K${text}\n` : `${text}\n`);
    },
  };
}

export const clockTime = (seconds: number): string => {
  const s = Math.max(0, Math.round(seconds));
  return s < 90 ? `${s} s` : s < 5400 ? `${Math.round(s / 60)} min` : `${(s / 3600).toFixed(1)} h`;
};
