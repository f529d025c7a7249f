import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { copyLastRelease, expected, releaseBits, sha256 } from '../../testkit/lastRelease.ts';
import { shakelab, shakelabWords, start } from '../../testkit/shakelab.ts';
import { readEpochs } from '../runs/metrics.ts';

const root = mkdtempSync(join(tmpdir(), 'shakelab-last-release-'));
copyLastRelease(root);
afterAll(() => rmSync(root, { recursive: true }));

/** SHA-256 of the last checkpoint of each of a study's runs. */
function hashesIn(study: string): Record<string, string> {
  const runs = join(root, study, 'runs');
  const hashOf = (id: string) => sha256(readFileSync(join(runs, id, 'checkpoint.safetensors')));
  return Object.fromEntries(
    readdirSync(runs)
      .sort()
      .map((id) => [id, hashOf(id)]),
  );
}

const small = ['--dataset', 'digits', '--batch', '16'];
const [{ isa, bits, lack }] = releaseBits();

describe('a run that the last release broke off', () => {
  it.each(releaseBits())('goes on to the same bits with $isa $lack', async ({ isa, bits }) => {
    const folder = mkdtempSync(join(root, `.${isa}-`));
    copyLastRelease(folder);
    const out = join(folder, 'run');
    const words = shakelabWords('train', '--resume', '--out', out, '--frames', '8');
    const env = { ...process.env, SHAKELAB_ISA: isa };
    expect((await start(words, { env }).ending).code).toBe(0);
    expect((await readEpochs(out)).length).toBe(4);
    if (bits) expect(sha256(readFileSync(join(out, 'checkpoint.safetensors')))).toBe(bits.run);
  });
});

describe('a study that the last release began', () => {
  it(`of MNIST's kind goes on and is reported, with ${isa} ${lack}`, async () => {
    const out = join(root, 'mnist');
    const long = ['--epochs', '4', '--train-size', '128', '--out', out];
    const { code, err } = await shakelab('study', 'mnist', ...small, ...long);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(readdirSync(out)).toEqual(expect.arrayContaining(['report.html', 'summary.json']));
    if (bits) expect(hashesIn('mnist')).toEqual(bits.mnist);
  });

  it(`of a search goes on and is reported, with ${isa} ${lack}`, async () => {
    const out = join(root, 'search');
    const net = ['--net', 'resnext-8-2x2d', '--features', '2', '--train-size', '64'];
    const rounds = ['--epochs', '2', '--rounds', '2', '--factor', '8', '--out', out];
    // Once it has gone on, the folder holds a plan of this release, and the same command still holds.
    for (const time of [1, 2]) {
      const { code, err } = await shakelab('search', ...small, ...net, ...rounds);
      expect({ time, code, err }).toEqual({ time, code: 0, err: '' });
    }
    expect(readdirSync(out)).toEqual(expect.arrayContaining(['report.html', 'summary.json']));
    expect(Object.keys(hashesIn('search')).length).toBe(expected.searchRuns);
    if (bits) expect(sha256(JSON.stringify(hashesIn('search')))).toBe(bits.search);
  });
});
