import { defineConfig } from 'vitest/config';

const browserTests = 'studio/browser/**/*.test.ts';
const longTests = '**/*.long.test.ts';
// Rooms of plain values: no process, no thread pool, no state that one file could leave to the next.
const plainTests =
  'src/{analysis,figures,graph,heads,mixing,nets,options,random,statistics,text}/**/*.test.ts';

// Forks, not threads: each file gets a process of its own for the native machine's thread pool,
// but for those of plain values, which share one and its loaded modules.
// The browser's tests, which hold a page to times, come when nothing else is at work. What is long by
// nature, such as a whole study, has files of its own, which `npm run test:long` runs.
export default defineConfig({
  test: {
    globalSetup: ['testkit/checkAddon.ts', 'testkit/buildCommands.ts'],
    pool: 'forks',
    // What hangs is ended; no machine is so slow, nor so busy, that it would take what works as long.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    expect: { poll: { timeout: 300_000 } },
    reporters: process.env.CI ? ['default', 'json'] : ['default'],
    outputFile: { json: 'build/tests.json' },
    projects: [
      {
        extends: true,
        test: {
          name: 'lab',
          include: ['{src,testkit,scripts,bench,examples,studio}/**/*.test.ts'],
          exclude: [browserTests, longTests, plainTests],
          maxWorkers: '100%',
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'plain',
          include: [plainTests],
          exclude: [longTests],
          isolate: false,
          maxWorkers: '100%',
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'long',
          include: [longTests],
          exclude: ['**/node_modules/**'],
          maxWorkers: '100%',
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: [browserTests],
          exclude: [longTests],
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
