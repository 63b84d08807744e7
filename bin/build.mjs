/** Compiles src/ to dist/ when a source file is newer than the last build, and copies the files that are served as they are. */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const stamp = `${root}dist/.built`;

const newest = (dir) =>
  readdirSync(dir, { recursive: true, withFileTypes: true }).reduce(
    (time, entry) =>
      entry.isFile()
        ? Math.max(time, statSync(`${entry.parentPath ?? entry.path}/${entry.name}`).mtimeMs)
        : time,
    0,
  );

export function build() {
  const sources = Math.max(newest(`${root}src`), statSync(`${root}package-lock.json`).mtimeMs);
  if (existsSync(stamp) && statSync(stamp).mtimeMs >= sources) return;
  process.stderr.write("Building…\n");
  rmSync(`${root}dist`, { recursive: true, force: true });
  const done = spawnSync(
    process.execPath,
    [`${root}node_modules/typescript/bin/tsc`, "-p", `${root}tsconfig.build.json`],
    {
      cwd: root,
      stdio: ["ignore", "inherit", "inherit"],
    },
  );
  if (done.status !== 0) process.exit(1);
  for (const folder of ["web/assets"])
    if (existsSync(`${root}src/${folder}`))
      cpSync(`${root}src/${folder}`, `${root}dist/${folder}`, { recursive: true });
  writeFileSync(stamp, "");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) build();
