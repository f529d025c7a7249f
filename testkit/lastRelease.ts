import { createHash } from 'node:crypto';
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { instructionSets } from './isas.ts';

const kept = fileURLToPath(new URL('fixtures/a6e6ac3', import.meta.url));

/** What a release made of its own folders: SHA-256 of files by instruction set. */
interface Expected {
  /** Of the run as it was broken off. */
  evaluate: { step: number; testError: number; testLoss: number };
  /** Runs of the whole search. */
  searchRuns: number;
  bits: Record<string, ReleaseBits>;
}

/** SHA-256 of the last checkpoints; of the search's, of their SHA-256s by run, as JSON. */
export interface ReleaseBits {
  run: string;
  mnist: Record<string, string>;
  search: string;
}

export const expected: Expected = JSON.parse(readFileSync(join(kept, 'expected.json'), 'utf8'));

/** Copies the release's folders, `run`, `mnist`, `cifar10` and `search`, into another. */
export const copyLastRelease = (folder: string): void => cpSync(kept, folder, { recursive: true });

/** What a release made of its folders with one instruction set. */
interface OwnBits {
  isa: string;
  /** Null where the release did not run on it; `lack` says so, for a test's title. */
  bits: ReleaseBits | null;
  lack: string;
}

/** This CPU's instruction sets, best first. */
export const releaseBits = (): OwnBits[] =>
  instructionSets().runs.map((isa) => {
    const bits = expected.bits[isa] ?? null;
    return { isa, bits, lack: bits ? '' : '(the last release left none)' };
  });

/** The SHA-256 of a file's content, or of a text. */
export const sha256 = (content: Buffer | string): string =>
  createHash('sha256').update(content).digest('hex');
