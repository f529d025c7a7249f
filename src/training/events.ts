import { ExplainedError, option } from '../errors.ts';

/** What the loop tells while it trains; errors in percent. */
export type TrainingEvent =
  | {
      kind: 'step';
      /** Steps done. */
      step: number;
      steps: number;
      /** From 1. */
      epoch: number;
      loss: number;
      error: number;
      learningRate: number;
      imagesPerSecond: number;
    }
  | {
      kind: 'epoch';
      epoch: number;
      step: number;
      trainLoss: number;
      trainError: number;
      /** Of the validation images where there are some; left out of an epoch without evaluation. */
      validationLoss?: number;
      validationError?: number;
      /** Of the test images where nothing is chosen by validation; left out likewise. */
      testLoss?: number;
      testError?: number;
      /** Of an epoch that was resumed midway: since then, as its seconds. */
      imagesPerSecond: number;
      seconds: number;
    };

/** What an epoch's net was judged by: the images, and its loss and error in percent on them. */
export interface Judgement {
  split: 'validation' | 'test';
  loss: number;
  error: number;
}

/** The judgement of an epoch, by validation where there is one; null of one without evaluation. */
export function judgementOf(epoch: {
  validationLoss?: number;
  validationError?: number;
  testLoss?: number;
  testError?: number;
}): Judgement | null {
  const { validationLoss, validationError, testLoss, testError } = epoch;
  if (validationLoss !== undefined && validationError !== undefined)
    return { split: 'validation', loss: validationLoss, error: validationError };
  if (testLoss === undefined || testError === undefined) return null;
  return { split: 'test', loss: testLoss, error: testError };
}

/** The loss or a parameter is no longer a finite number. */
export class NonFiniteLossError extends ExplainedError {
  override readonly name = 'NonFiniteLossError';

  constructor(what: string, step: number, layout: string, law: string) {
    super(
      `${what} is not finite at step ${step} with layout '${layout}' and mixing '${law}'; ` +
        `lower ${option('learningRate')}, weaken the mixing (strength=0.5), or put a bn before the mix`,
    );
  }
}
