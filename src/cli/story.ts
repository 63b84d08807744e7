/** `dateline story …`: the desk's hand from the command line: split, move, merge, undo, and the list of what was decided. */
import { createHand, type HandOutcome, type HandRefusal } from "../app/hand.ts";
import { inForce } from "../stories/hand.ts";
import type { Parts } from "./parts.ts";

export type StoryCommand = {
  readonly data?: string;
  readonly to?: string;
  readonly because?: string;
  readonly by?: string;
};

const WORDS: Readonly<Record<HandRefusal, string>> = {
  "no-story": "There is no such story",
  "no-report": "None of these reports is in that story",
  "same-story": "That is the same story",
  "nothing-left": "These are all the reports of the story; use `merge` to put it into another",
  "no-reason": "Say why with --because",
  "no-decision": "There is no such decision, or it was undone already; `dateline story list` shows them",
};

/** `story split STORY ARTICLE…`, `move STORY ARTICLE… --to STORY`, `merge STORY --to STORY`, `undo DECISION`, `list`. */
export async function runStory(
  action: string,
  ids: readonly string[],
  options: StoryCommand,
  parts: Parts,
): Promise<number> {
  const [first = "", ...articles] = ids;
  const to = options.to ?? "";
  const by = { who: options.by, reason: options.because ?? "" };
  const store = await parts.openStore(parts.dataDir(options.data));
  try {
    if (action === "list") {
      for (const d of inForce(await store.decisions()))
        process.stdout.write(`${[d.id, d.at, d.who, d.action, d.field, d.target, d.reason].join("\t")}\n`);
      return 0;
    }
    const tools = await parts.openTools(store);
    const hand = createHand({ store, clock: parts.clock, tools: () => tools });
    const acts: Readonly<Record<string, () => Promise<HandOutcome>>> = {
      split: () => hand.split(first, articles, by),
      move: () => hand.move(first, articles, to, by),
      merge: () => hand.merge(first, to, by),
      undo: () => hand.undo(first, by),
    };
    const act = acts[action];
    if (!act) {
      process.stderr.write(`No action ${action}; there are split, move, merge, undo and list\n`);
      return 2;
    }
    const done = await act();
    if (!done.ok) {
      process.stderr.write(`${WORDS[done.reason]}\n`);
      return 1;
    }
    process.stdout.write(`${done.decision.id}${done.story === undefined ? "" : `: story ${done.story}`}\n`);
    return 0;
  } finally {
    await store.close();
  }
}
