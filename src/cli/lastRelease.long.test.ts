import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import {
  allow,
  copyLastRelease,
  expected,
  refusal,
  releaseBits,
  sha256,
} from '../../testkit/lastRelease.ts';
import { shakelab, shakelabWords, start } from '../../testkit/shakelab.ts';
import { readEpochs } from '../runs/metrics.ts';

const root = mkdtempSync(join(tmpdir(), 'shakelab-last-release-'));
copyLastRelease(root);
afterAll(() => rmSync(root, { recursive: true, maxRetries: 5 }));

const small = ['--dataset', 'digits', '--batch', '16'];

describe('a run that the last release broke off', () => {
  it.each(releaseBits())('goes on by the kernels of today if told to: $title', async (one) => {
    const folder = mkdtempSync(join(root, `.${one.isa}-`));
    copyLastRelease(folder);
    const out = join(folder, 'run');
    const words = shakelabWords('train', '--resume', '--out', out, '--frames', '8');
    const env = { ...process.env, SHAKELAB_ISA: one.isa };
    expect(await start(words, { env }).ending).toMatchObject({ code: 2, err: refusal });
    expect((await start([...words, allow], { env }).ending).code).toBe(0);
    expect((await readEpochs(out)).length).toBe(4);
    if (one.bits) expect(sha256(readFileSync(join(out, 'checkpoint.safetensors')))).toBe(one.bits);
  });
});

describe('a study that the last release began', () => {
  it("of MNIST's kind goes on where it may, and is reported", async () => {
    const out = join(root, 'mnist');
    const long = ['--epochs', '4', '--train-size', '128', '--out', out];
    const words = ['study', 'mnist', ...small, ...long];
    expect(await shakelab(...words)).toMatchObject({ code: 2, err: refusal });
    const { code, err } = await shakelab(...words, allow);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(readdirSync(out)).toEqual(expect.arrayContaining(['report.html', 'summary.json']));
  });

  it('of a search goes on where it may, and is reported', async () => {
    const out = join(root, 'search');
    const net = ['--net', 'resnext-8-2x2d', '--features', '2', '--train-size', '64'];
    const rounds = ['--epochs', '2', '--rounds', '2', '--factor', '8', '--out', out];
    const words = ['search', ...small, ...net, ...rounds];
    expect(await shakelab(...words)).toMatchObject({ code: 2, err: refusal });
    // Once it has gone on, the folder holds a plan of this release, and the same command still holds.
    for (const more of [[allow], []]) {
      const { code, err } = await shakelab(...words, ...more);
      expect({ more, code, err }).toEqual({ more, code: 0, err: '' });
    }
    expect(readdirSync(out)).toEqual(expect.arrayContaining(['report.html', 'summary.json']));
    expect(readdirSync(join(out, 'runs')).length).toBe(expected.searchRuns);
  });
});
