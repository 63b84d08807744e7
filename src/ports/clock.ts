/** Time and randomness come in through here, so that every run can be repeated. */
export type Clock = {
  /** Milliseconds since 1970-01-01T00:00Z. May jump in either direction. */
  now(): number;
  /** Resolves after the given milliseconds, or rejects when the signal aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** A number in [0, 1) for jitter. */
  random(): number;
};
