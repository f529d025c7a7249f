import { createHash } from 'node:crypto';
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { instructionSets } from './isas.ts';

const kept = fileURLToPath(new URL('fixtures/a6e6ac3', import.meta.url));

/** What the release, and the kernels of today, make of the release's folders. */
interface Expected {
  /** Of the run as it was broken off. */
  evaluate: { step: number; testError: number; testLoss: number };
  /** Runs of the whole search. */
  searchRuns: number;
  /** SHA-256 of the run's last checkpoint when today's kernels go on with it, by instruction set. */
  bits: Record<string, string>;
}

export const expected: Expected = JSON.parse(readFileSync(join(kept, 'expected.json'), 'utf8'));

/** The release's kernels were of version 1: others go on only if they are allowed to. */
export const allow = '--allow-other-kernels';
export const refusal = expect.stringMatching(
  /computed by .* with kernels of version 1, .*, or add --allow-other-kernels/,
);

/** Copies the release's folders, `run`, `mnist`, `cifar10` and `search`, into another. */
export const copyLastRelease = (folder: string): void => cpSync(kept, folder, { recursive: true });

/** Where the release's run ends with one instruction set. */
interface OwnBits {
  isa: string;
  /** Null where that is not known, as the test's title says. */
  bits: string | null;
  title: string;
}

/** This CPU's instruction sets, best first. */
export const releaseBits = (): OwnBits[] =>
  instructionSets().runs.map((isa) => {
    const bits = expected.bits[isa] ?? null;
    return { isa, bits, title: bits ? isa : `${isa}, whose bits are not known` };
  });

/** The SHA-256 of a file's content, or of a text. */
export const sha256 = (content: Buffer | string): string =>
  createHash('sha256').update(content).digest('hex');
