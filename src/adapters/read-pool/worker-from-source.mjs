/** For development: the thread learns to load TypeScript, then becomes the worker. The built program starts worker.js at once. */
import { register } from "tsx/esm/api";

register();
const worker = await import("./worker.ts");

export const readTask = worker.readTask;
