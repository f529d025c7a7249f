import { expect, test } from 'vitest';
import { fakeTrainer } from '../../testkit/fakeTrainer.ts';
import { trainingSpeed } from './speed.ts';
import type { TrainingEvent } from './trainer.ts';

/** A training whose steps go at these speeds, two steps an epoch. */
function trainerAt(speeds: readonly number[]) {
  const { train } = fakeTrainer({ epochs: Math.ceil(speeds.length / 2), stepsPerEpoch: 2 });
  return {
    async *train(): AsyncGenerator<TrainingEvent> {
      const left = [...speeds];
      for await (const event of train()) {
        if (event.kind === 'epoch') yield event;
        else if (left.length > 0) yield { ...event, imagesPerSecond: left.shift()! };
      }
    },
  };
}

test.each([
  ['leaves out the step that warms up', [1, 50, 50], 50],
  ['is not misled by a step that was held up', [1, 50, 2, 52, 51], 50.5],
  ['has only the first step of a run of one', [7], 7],
])('the speed of a training %s', async (_, speeds, expected) => {
  expect(await trainingSpeed(trainerAt(speeds), 60)).toBe(expected);
});

test('a training is broken off after the time and at least three steps', async () => {
  const steps: number[] = [];
  const beforeStep = (step: number) => void steps.push(step);
  await trainingSpeed(fakeTrainer({ epochs: 10, stepsPerEpoch: 2, beforeStep }), 0);
  expect(steps).toEqual([1, 2, 3]);
});
