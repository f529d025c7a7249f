import { describe, expect, it } from 'vitest';
import { defaultConfig } from '../runs/fields.ts';
import { epochTable } from './epochTable.ts';
import { openPace, openProgress, type Status, trainingStatus } from './progress.ts';
import { studyReporter } from './study.ts';

/** A stream that remembers, with just as much of a terminal as is asked for. */
function recorder(isTTY: boolean) {
  const written: string[] = [];
  const stream = {
    isTTY,
    columns: 120,
    write: (text: string) => written.push(text) > 0,
    on() {},
    once() {},
    cursorTo() {},
  };
  return { stream: stream as unknown as NodeJS.WriteStream, written };
}

const status = { done: 1, total: 2, before: 'training', after: 'loss 1' };

describe('progress', () => {
  it('is plain lines where there is no terminal', () => {
    const { stream, written } = recorder(false);
    const progress = openProgress(stream);
    progress.show(status);
    progress.line('a line');
    progress.stop();
    expect(written).toEqual(['a line\n']);
  });
});

describe('trainingStatus', () => {
  const event = {
    kind: 'step',
    step: 50,
    steps: 100,
    epoch: 1,
    loss: 0.5,
    error: 12.5,
    learningRate: 0.1,
    imagesPerSecond: 1600,
  } as const;

  it('counts the time that is left over all runs', () => {
    const amount = { before: 1000, own: 6000, total: 14000 };
    const noted: number[][] = [];
    const pace = {
      note: (...done: number[]) => noted.push(done) > 0,
      secondsFor: (images: number) => 0.002 * images,
    };
    expect(trainingStatus(event, { title: 'PreAct', epochs: 2, amount }, pace)).toEqual({
      done: 4000,
      total: 14000,
      before: 'PreAct  epoch 1/2',
      after: 'loss 0.5000  error 12.50 %  1,600 images/s  0:20 left',
    });
    expect(noted).toEqual([[4000, 60]]);
  });
});

describe('studyReporter', () => {
  it('shows a step at its place among runs of unequal length', () => {
    const shown: Status[] = [];
    const progress = { show: (one: Status) => shown.push(one) > 0, line() {}, stop() {} };
    const report = studyReporter(progress, () => '');
    const config = { ...defaultConfig, epochs: 20 };
    const position = { run: { id: 'b', model: 'b', title: 'b', config }, index: 1, count: 2 };
    const amount = { before: 100, own: 2000, total: 3000 };
    report({ kind: 'run-start', from: 'start', judge: 'test', amount, ...position });
    const step = { kind: 'step', step: 5, steps: 100, epoch: 1, loss: 1, error: 50 } as const;
    report({
      ...{ kind: 'training', ...position },
      event: { ...step, learningRate: 0.1, imagesPerSecond: 10 },
    });
    expect(shown).toMatchObject([{ done: 200, total: 3000, before: 'b  epoch 1/20' }]);
  });
});

it('a study calls errors what the runs of a batch are judged by', () => {
  const lines: string[] = [];
  const progress = { show() {}, line: (text: string) => lines.push(text) > 0, stop() {} };
  const report = studyReporter(progress, () => '');
  for (const judge of ['validation', 'test'] as const) {
    const run = { id: judge, model: 'a', title: 'a', config: defaultConfig };
    const position = { run, index: 0, count: 1 };
    report({ kind: 'run-start', from: 'start', judge, ...position });
    report({ kind: 'run-done', trainError: 1, testError: 2, ...position });
  }
  expect(lines.map((line) => /\S+ error(?=\s+images)/.exec(line)?.[0])).toEqual([
    'validation error',
    'test error',
  ]);
});

describe('openPace', () => {
  it('takes in all that happens between steps, but no jump over finished runs', () => {
    let time = 0;
    const pace = openPace(() => time);
    const stepAfter = (seconds: number, done: number): void => {
      time += seconds;
      pace.note(done, 1);
    };
    pace.note(1, 1);
    expect(pace.secondsFor(10)).toBeNaN();
    for (let done = 2; done < 400; done++) stepAfter(done % 10 === 0 ? 11 : 1, done);
    expect(pace.secondsFor(10)).toBeCloseTo(20, -1);
    const before = pace.secondsFor(10);
    stepAfter(0.1, 5000);
    expect(pace.secondsFor(10)).toBe(before);
  });

  it('counts by amount, so that steps of larger runs may do more', () => {
    let time = 0;
    const pace = openPace(() => time);
    pace.note(64, 64);
    for (let step = 1; step <= 1000; step++) {
      time += 2;
      pace.note(64 + 128 * step, 128);
    }
    expect(pace.secondsFor(12800)).toBeCloseTo(200);
  });
});

describe('epochTable', () => {
  const event = {
    kind: 'epoch',
    epoch: 3,
    step: 30,
    trainLoss: 0.1234,
    trainError: 100,
    testLoss: 1,
    testError: 1.5,
    imagesPerSecond: 12345,
    seconds: 12,
  } as const;

  it('sets its lines under its heading', () => {
    const { heading, line } = epochTable();
    expect([heading, line(event, 10)]).toEqual([
      '    epoch  train loss  train error  test error  images/s     time',
      '     3/10      0.1234     100.00 %      1.50 %    12,345   12.0 s',
    ]);
  });

  it('makes room for the titles of models', () => {
    const { heading, line } = epochTable(['PreAct', 'PreActBN with shaking']);
    expect(heading).toHaveLength(line(event, 10, 'PreAct').length);
    expect(line(event, 10, 'PreAct')).toMatch(/^PreAct {16}/);
  });
});
