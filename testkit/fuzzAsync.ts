import { env } from 'node:process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RequestError } from '../src/errors.ts';
import { mutated } from './mutations.ts';

/** A reader that waits for its input, with what its fuzzing starts from. */
interface FuzzedReader<Output> {
  /** Valid files, which are mutated. */
  valid: readonly Uint8Array[];
  read(bytes: Uint8Array): Promise<Output>;
  /** Throws where a file was accepted that breaks a promise of the reader. */
  accepted?(output: Output): void;
  /** Words that mean something to the reader, put in anywhere. */
  words?: readonly string[];
}

const runs = Number(env.SHAKELAB_FUZZ_RUNS ?? 500);
const seed = Number(env.SHAKELAB_FUZZ_SEED ?? 1);

/** None of these small files may make a reader hold more than this many bytes beside them. */
const mostMemory = 2 ** 29;
const slowest = 30_000;

/**
 * Feeds a reader mutated files, as `fuzzBytes` does one that does not wait: it may accept or refuse
 * with a RequestError, and must do nothing else, within processor time and memory that are bounded.
 * `SHAKELAB_FUZZ_RUNS` and `SHAKELAB_FUZZ_SEED` say how many and which.
 */
export function fuzzReader<Output>(name: string, fuzzed: FuzzedReader<Output>): void {
  const { valid, words = ['\0\0', '-1', 'x'.repeat(300)] } = fuzzed;
  describe(`${name}, fuzzed`, () => {
    test(`${runs} mutated files of ${valid.length} valid ones`, async () => {
      for (const bytes of valid) expect(await outcomeOf(fuzzed, bytes)).toBe('accepted');
      const property = fc.asyncProperty(mutated(valid, words), async (bytes) => {
        await withinBounds(() => outcomeOf(fuzzed, Uint8Array.from(bytes)));
      });
      await fc.assert(property, { numRuns: runs, seed });
    });
  });
}

async function outcomeOf<Output>(
  { read, accepted }: FuzzedReader<Output>,
  bytes: Uint8Array,
): Promise<'accepted' | 'refused'> {
  let output: Output;
  try {
    output = await read(bytes);
  } catch (error) {
    if (error instanceof RequestError) return 'refused';
    throw error;
  }
  accepted?.(output);
  return 'accepted';
}

async function withinBounds(work: () => Promise<unknown>): Promise<void> {
  const before = process.memoryUsage();
  const start = process.cpuUsage();
  await work();
  const { user } = process.cpuUsage(start);
  if (user > slowest * 1000) throw new Error(`one file took ${user / 1e6} s`);
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  const grown = heapUsed + arrayBuffers - before.heapUsed - before.arrayBuffers;
  if (grown > mostMemory) throw new Error(`one file took ${grown} bytes`);
}
