import { keptPredictions } from '../runs/predictions.ts';
import { fitTemperature, unfitReasons } from '../statistics/temperature.ts';

/** How a run's probabilities are calibrated. */
export interface RunCalibration {
  /** T of softmax(z / T); null where the run keeps no validation predictions that tell. */
  temperature: number | null;
  /** What to say of it. */
  note: string;
}

/** The temperature that fits what a run keeps of its validation images at a step. */
export async function calibrationOf(folder: string, step: number): Promise<RunCalibration> {
  const kept = await keptPredictions(folder, step);
  const validation = kept?.splits.validation;
  const fitted = validation && fitTemperature(validation);
  const temperature = fitted?.temperature ?? null;
  const why = fitted?.unfit
    ? unfitReasons[fitted.unfit]
    : 'the run keeps none of validation images';
  const note =
    temperature === null
      ? `probabilities are not calibrated: ${why}`
      : `probabilities are calibrated by temperature ${temperature.toFixed(3)}, of validation images`;
  return { temperature, note };
}
