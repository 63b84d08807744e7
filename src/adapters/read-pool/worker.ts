/** The other thread of the read pool: loads the tables once, then reads page after page. */
import { workerData } from "piscina";
import type { Outlet, RawPage } from "../../model/index.ts";
import { type ReadHints, type ReadResult, readPage } from "../../pipeline/read-page.ts";
import { loadReadTools } from "../tables.ts";

export type ReadTask = { readonly page: RawPage; readonly hints?: ReadHints | undefined };
export type WorkerSetup = { readonly outlets: readonly Outlet[] };

// Set by createReadPool, handed on by piscina untyped.
const setup = workerData as WorkerSetup;
const tools = loadReadTools(setup.outlets);

export const readTask = (task: ReadTask): ReadResult => readPage(task.page, tools, task.hints);
