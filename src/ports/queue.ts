/** Work to be done at least once. Handlers are idempotent: every queue delivers again after a crash. */
export type Job = {
  /** Key under which the same work is known: a second `add` with it is no new job while the first is waiting. */
  readonly key: string;
  readonly kind: string;
  readonly payload: unknown;
};

export type Queue = {
  add(job: Job, options?: { readonly notBefore?: number }): Promise<void>;
  /** Hands jobs of a kind to the handler, at most `concurrency` at once, until the signal aborts. A handler that throws gets the job again later. */
  work(
    kind: string,
    handler: (job: Job) => Promise<void>,
    options: { readonly concurrency: number; readonly signal: AbortSignal },
  ): Promise<void>;
  size(kind: string): Promise<number>;
  close(): Promise<void>;
};
