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
      testLoss: number;
      testError: number;
      imagesPerSecond: number;
      seconds: number;
    };

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
