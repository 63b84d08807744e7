import { defineConfig } from "vitest/config";

/** Browser and whole-program suites: they need the system's Chromium and a built program. */
export default defineConfig({
  test: {
    include: ["test/e2e/**/*.test.ts"],
    testTimeout: 180_000,
    hookTimeout: 180_000,
    fileParallelism: false,
    reporters: ["default", "./test/count-reporter.ts"],
  },
});
