// The second training thread: registers the TypeScript loader, then runs main.ts, which sees that it is a worker.
import { register } from "tsx/esm/api";

register();
await import("./main.ts");
