import { defineConfig } from 'vitest/config';

// Forks, not threads: each file gets a process of its own for the native machine's thread pool.
export default defineConfig({
  test: {
    include: ['{src,testkit,scripts,bench,examples,studio}/**/*.test.ts'],
    globalSetup: 'testkit/checkAddon.ts',
    pool: 'forks',
    maxWorkers: '100%',
    testTimeout: 120_000,
    hookTimeout: 120_000,
    reporters: process.env.CI
      ? ['default', ['json', { outputFile: 'build/tests.json' }]]
      : ['default'],
  },
});
