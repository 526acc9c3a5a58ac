import { defineConfig } from 'vitest/config';

// Fast tests first: unit (no IO), then store and page tests against a real database, then journeys in a real browser.
export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    testTimeout: 60_000,
    hookTimeout: 120_000,
    setupFiles: ['test/support/each-file.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['src/**/*.test.{ts,tsx}', 'test/*.test.ts'],
          exclude: ['**/*.db.test.*'],
          // Reading the program once in each worker, not once for each file, is most of the time of fast tests.
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'database',
          include: ['src/**/*.db.test.{ts,tsx}', 'test/database/**/*.test.ts'],
          globalSetup: ['test/support/database.ts'],
          isolate: false,
        },
      },
      {
        extends: true,
        // Not in npm test: what an attacker would try, at length (npm run security).
        test: {
          name: 'security',
          include: ['test/security/**/*.test.ts'],
          globalSetup: ['test/support/database.ts'],
          fileParallelism: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'journeys',
          // As patient as the browser is with a page: figures and invitations come a moment after the act.
          expect: { poll: { timeout: 15_000 } },
          include: ['test/journeys/**/*.test.ts'],
          globalSetup: ['test/support/product.ts'],
          // Each worker has a product and a browser of its own; more than two would not fit on two cores.
          maxWorkers: 2,
        },
      },
    ],
  },
});
