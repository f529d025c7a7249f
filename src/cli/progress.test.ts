import { describe, expect, it } from 'vitest';
import { epochTable } from './epochTable.ts';
import { openPace, openProgress, trainingStatus } from './progress.ts';

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
    const place = { title: 'PreAct', epochs: 2, before: 100, total: 400 };
    const pace = { note() {}, secondsFor: (steps: number) => 0.08 * steps };
    expect(trainingStatus(event, place, pace)).toEqual({
      done: 150,
      total: 400,
      before: 'PreAct  epoch 1/2',
      after: 'loss 0.5000  error 12.50 %  1,600 images/s  0:20 left',
    });
  });
});

describe('openPace', () => {
  it('takes in all that happens between steps, but no jump over finished runs', () => {
    let time = 0;
    const pace = openPace(() => time);
    const stepAfter = (seconds: number, done: number): void => {
      time += seconds;
      pace.note(done);
    };
    pace.note(1);
    expect(pace.secondsFor(10)).toBeNaN();
    for (let done = 2; done < 400; done++) stepAfter(done % 10 === 0 ? 11 : 1, done);
    expect(pace.secondsFor(10)).toBeCloseTo(20, -1);
    const before = pace.secondsFor(10);
    stepAfter(0.1, 5000);
    expect(pace.secondsFor(10)).toBe(before);
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
