/** Name and version of the chain as a whole; stands on every row. Raised when any stage may give other results. */
export const PIPELINE = "dateline-4";
