import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { env } from 'node:process';
import { isDeepStrictEqual } from 'node:util';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, test } from 'vitest';
import { RequestError } from '../src/errors.ts';
import { mutated } from './mutations.ts';

/** A parser with what its fuzzing starts from. */
interface Fuzzed<Input, Output> {
  /** Valid inputs, which are mutated. */
  valid: readonly Input[];
  parse(input: Input): Output;
  /** Throws where an input was accepted that breaks a promise of the parser. */
  accepted?(output: Output, input: Input): void;
  /** Words that mean something to the parser, put in anywhere. */
  words?: readonly string[];
  /** Makes a checksum right in every other input, so that more than the checksum is tested. */
  repair?(bytes: Uint8Array): void;
}

/** What a parser made of an input: a value, or why it refused. */
type Outcome = { value: unknown } | { refusal: string };

const runs = Number(env.SHAKELAB_FUZZ_RUNS ?? 10_000);
/** The same inputs every time, so that a change is judged by itself; other seeds find more. */
const seed = Number(env.SHAKELAB_FUZZ_SEED ?? 1);
const corpus = join(import.meta.dirname, 'fixtures', 'fuzz');

/** No input is larger than some kilobytes, and none may take a parser longer than this. */
const slowest = 2_000;

/** Words that trouble parsers of text. */
const troublesome = [
  ...['{', '}', '[', ']', '"', "'", ':', ',', '=', '+', '-', '.', ' ', '\t', '\n', '\r\n', '\0'],
  ...['0', '-1', '-0', '1e999', '1e-400', '9007199254740993', '4294967296', 'NaN', 'Infinity'],
  ...[
    'null',
    'true',
    '{}',
    '[]',
    '""',
    '__proto__',
    'constructor',
    'toString',
    '\u{1f600}',
    '\ufeff',
  ],
  ...['x'.repeat(3000), '['.repeat(3000), '9'.repeat(400), ' '.repeat(3000)],
];

/** A check of an input, which throws where the parser misbehaves, and what the inputs are made of. */
export interface Fuzzing {
  valid: readonly Uint8Array[];
  input: fc.Arbitrary<Uint8Array>;
  check(bytes: Uint8Array): void;
}

/**
 * Feeds a parser of files 10,000 mutated ones: it may accept or refuse with a RequestError, and
 * must do nothing else, soon, and regardless of the memory around the file. The seed is printed on
 * failure (`SHAKELAB_FUZZ_SEED` repeats it), and the smallest failing file is kept as a fixture,
 * which is tried first from then on.
 */
export function fuzzBytes<Output>(name: string, fuzzed: Fuzzed<Uint8Array, Output>): void {
  fuzz(name, fileFuzzing(fuzzed));
}

/** As `fuzzBytes`, for a parser of text. */
export function fuzzText<Output>(name: string, fuzzed: Fuzzed<string, Output>): void {
  fuzz(name, textFuzzing(fuzzed));
}

export function fileFuzzing<Output>(fuzzed: Fuzzed<Uint8Array, Output>): Fuzzing {
  const { valid, parse, accepted, words = troublesome, repair } = fuzzed;
  const input = mutated(valid, words);
  const repaired = input.map((bytes) => {
    const copy = Uint8Array.from(bytes);
    repair?.(copy);
    return copy;
  });
  return {
    valid,
    input: repair ? fc.oneof(input, repaired) : input,
    check(bytes) {
      const file = surrounded(bytes, 0x00);
      const outcome = outcomeOf(
        () => parse(file),
        (output) => accepted?.(output, file),
      );
      const elsewhere = outcomeOf(() => parse(surrounded(bytes, 0xff)));
      if (isDeepStrictEqual(outcome, elsewhere)) return;
      throw new Error('what is read depends on bytes outside of the file');
    },
  };
}

export function textFuzzing<Output>(fuzzed: Fuzzed<string, Output>): Fuzzing {
  const { parse, accepted, words = [] } = fuzzed;
  const valid = fuzzed.valid.map((text) => Uint8Array.from(Buffer.from(text)));
  return {
    valid,
    input: mutated(valid, [...troublesome, ...words]),
    check(bytes) {
      const text = Buffer.from(bytes).toString();
      outcomeOf(
        () => parse(text),
        (output) => accepted?.(output, text),
      );
    },
  };
}

function fuzz(name: string, fuzzing: Fuzzing): void {
  const folder = join(corpus, name.replaceAll(' ', '-'));
  describe(`${name}, fuzzed`, () => {
    test.each(fixturesIn(folder))('%s, which failed once', (file) => {
      fuzzing.check(readFileSync(join(folder, file)));
    });

    test(`${runs} mutated inputs of ${fuzzing.valid.length} valid ones`, () => {
      fuzzing.valid.forEach(fuzzing.check);
      const failure = findFailure(fuzzing, { runs, milliseconds: 500_000 });
      if (!failure) return;
      const { smallest, seed, cause } = failure;
      throw new Error(`${keep(smallest, folder)}, seed ${seed}: ${cause}`, { cause });
    });
  });
}

/** The smallest input found that the check throws for, or that it does not come to an end with. */
export function findFailure(
  { input, check }: Omit<Fuzzing, 'valid'>,
  { runs, milliseconds }: { runs: number; milliseconds: number },
): { smallest: Uint8Array; seed: number; cause: unknown } | null {
  let last = new Uint8Array(0);
  const property = fc.property(input, (bytes) => {
    last = Uint8Array.from(bytes);
    inTime(() => check(bytes));
  });
  const result = withinTime(() => fc.check(property, { numRuns: runs, seed }), milliseconds);
  if (!result) return { smallest: last, seed, cause: new Error('it does not come to an end') };
  if (!result.failed) return null;
  return { smallest: result.counterexample![0], seed, cause: result.errorInstance };
}

/** Runs synchronous work that may never end; null where it did not. */
function withinTime<T>(work: () => T, milliseconds: number): T | null {
  try {
    return runInNewContext('work()', { work }, { timeout: milliseconds });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return null;
    throw error;
  }
}

/** Processor time, so that a busy machine is no failure. */
function inTime(work: () => void): void {
  const before = process.cpuUsage();
  work();
  const { user } = process.cpuUsage(before);
  if (user > slowest * 1000) throw new Error(`one input took ${user / 1e6} s`);
}

function outcomeOf<Output>(parse: () => Output, accepted?: (output: Output) => void): Outcome {
  let value: Output;
  try {
    value = parse();
  } catch (error) {
    if (error instanceof RequestError) return { refusal: error.message };
    throw error;
  }
  accepted?.(value);
  return { value };
}

/** The bytes inside a larger buffer, as a piece of a file lies; a read outside meets the filling. */
function surrounded(bytes: Uint8Array, filling: number): Uint8Array {
  const margin = 61;
  const memory = new Uint8Array(bytes.length + 2 * margin).fill(filling);
  memory.set(bytes, margin);
  return memory.subarray(margin, margin + bytes.length);
}

const fixturesIn = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder) : []);

function keep(bytes: Uint8Array, folder: string): string {
  const path = join(folder, createHash('sha256').update(bytes).digest('hex').slice(0, 12));
  mkdirSync(folder, { recursive: true });
  writeFileSync(path, bytes);
  return path;
}
