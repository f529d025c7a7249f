import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { copyLastRelease, expected } from '../../testkit/lastRelease.ts';
import { shakelab } from '../../testkit/shakelab.ts';
import { QueueWatch } from '../jobs/queue.ts';
import { readRecord } from '../runs/folder.ts';
import { openFrames } from '../runs/frames/log.ts';
import { Library } from '../server/library/library.ts';
import { studyOf } from '../server/library/studies.ts';
import { readPlan } from '../studies/plan.ts';

const root = mkdtempSync(join(tmpdir(), 'shakelab-last-release-'));
copyLastRelease(root);
afterAll(() => rmSync(root, { recursive: true, maxRetries: 5 }));

describe('what the last release kept', () => {
  it('opens', async () => {
    const { config, parameters } = await readRecord(join(root, 'run'));
    expect(config).toMatchObject({ dataset: 'digits', net: 'resnext-8-2x2d', seed: 5 });
    expect(parameters).toBe(1718);
    const frames = (await openFrames(join(root, 'run')))!;
    const steps = (await frames.read(0, frames.count)).map(({ step }) => step);
    await frames.close();
    expect(steps).toEqual([0, 8, 16]);
  });

  it('is listed by the studio', async () => {
    const library = new Library(root);
    await library.refresh();
    const states = library.list().map(({ name, state }) => `${name}: ${state}`);
    expect(states.sort()).toEqual([
      'cifar10/runs/preact-bn.shake-shake.seed1: finished',
      'cifar10/runs/preact.shake-shake.seed1: finished',
      'mnist/runs/preact.even.seed1: interrupted',
      'run: interrupted',
      'search/runs/round1.bn-shake.even.seed1: interrupted',
      'search/runs/round1.relu-conv-relu-conv.even.seed1: finished',
    ]);
    const studies = library
      .studies()
      .map((study) => studyOf(study, library.runsOf(study), new QueueWatch()));
    const shown = (await Promise.all(studies)).map(({ name, state, runs, summary }) => [
      ...[name, state, runs.length, summary !== null],
    ]);
    expect(shown.sort()).toEqual([
      ['cifar10', 'finished', 2, true],
      ['mnist', 'unfinished', 4, false],
      ['search', 'unfinished', 32, false],
    ]);
  });

  it('evaluates to the same error', async () => {
    const { out } = await shakelab('evaluate', join(root, 'run'), '--json');
    const { step, testError, testLoss } = JSON.parse(out);
    expect({ step, testError }).toEqual({ step: expected.evaluate.step, testError: 80.25 });
    expect(testLoss).toBeCloseTo(expected.evaluate.testLoss, 6);
  });

  it('is reported again from its folder', async () => {
    const out = join(root, 'cifar10');
    const read = () => JSON.parse(readFileSync(join(out, 'summary.json'), 'utf8'));
    const before = read();
    rmSync(join(out, 'summary.json'));
    const { code, err } = await shakelab('study', 'cifar10', '--report-only', '--out', out);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    // A setting that has come since stands there too, at its default.
    expect(read().runs).toMatchObject(before.runs);
  });

  it('may be a plan of the first format, said or not, and of no newer', async () => {
    const out = join(root, 'search');
    const path = join(out, 'study.json');
    const plan = await readPlan(out);
    expect(plan).toMatchObject({ study: 'search', dataset: 'digits' });
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, text.replace('{', '{"format":1,'));
    expect(await readPlan(out)).toEqual(plan);
    writeFileSync(path, text.replace('{', '{"format":2,'));
    await expect(readPlan(out)).rejects.toThrow(`${path}: plan of format 2; shakelab`);
    writeFileSync(path, text);
  });
});
