import type { TrainingEvent } from '../../training/events.ts';
import type { SummaryValue } from './proto.ts';

type StepEvent = Extract<TrainingEvent, { kind: 'step' }>;
type EpochEvent = Extract<TrainingEvent, { kind: 'epoch' }>;

/** What each tag shows of a step; errors in percent. */
const stepScalars: Record<string, keyof StepEvent> = {
  'step/loss': 'loss',
  'step/error': 'error',
  'step/learning_rate': 'learningRate',
  'step/images_per_second': 'imagesPerSecond',
};

/** What each tag shows of an epoch; errors in percent. */
const epochScalars: Record<string, keyof EpochEvent> = {
  'loss/train': 'trainLoss',
  'loss/validation': 'validationLoss',
  'loss/test': 'testLoss',
  'error/train': 'trainError',
  'error/validation': 'validationError',
  'error/test': 'testError',
  'epoch/images_per_second': 'imagesPerSecond',
  'epoch/seconds': 'seconds',
};

/** The scalars that an event tells. */
export function scalarsOf(event: TrainingEvent): SummaryValue[] {
  const tags = event.kind === 'step' ? stepScalars : epochScalars;
  return Object.entries(tags).flatMap(([tag, key]) => {
    const value = event[key as keyof TrainingEvent] as unknown as number | undefined;
    return value === undefined ? [] : [{ tag, kind: 'scalar' as const, value }];
  });
}

/** Metrics keep a line of so many steps. */
const stepsPerLine = 20;
/** TensorBoard keeps so many scalars of a tag, chosen at random of more. */
const mostSteps = 1000;

/** Whether a step of a training of so many is shown. */
export const isShown = (step: number, steps: number): boolean =>
  step % (stepsPerLine * Math.ceil(steps / stepsPerLine / mostSteps)) === 0;

/** Whether something that TensorBoard keeps so many of is shown after an epoch; the last always is. */
export const isShownEpoch = (epoch: number, epochs: number, most: number): boolean =>
  epoch === epochs || epoch % Math.ceil(epochs / most) === 0;
