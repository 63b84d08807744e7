/** `node --import tsx test/kill/run.ts [KILLS] [SEED]`: prints a line for each kill, ends with 1 when anything was lost or broken. */
import { killMany } from "./harness.ts";

const kills = Number(process.argv[2] ?? 20);
const report = await killMany(kills, {
  seed: Number(process.argv[3] ?? 1),
  onKill: (n, r) =>
    console.log(
      `kill ${n}: ${r.acknowledged} acknowledged, ${r.articles} in the folder, ${r.lost.length} lost, ${r.broken.length} broken`,
    ),
});
for (const line of [...report.lost, ...report.broken].slice(0, 50)) console.log(line);
console.log(
  `${report.kills} kills (${report.whileWriting} while writing), ${report.acknowledged} articles acknowledged, ${report.lost.length} lost, ${report.broken.length} faults`,
);
process.exit(report.lost.length + report.broken.length === 0 ? 0 : 1);
