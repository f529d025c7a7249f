import { z } from 'zod';
import type { Assessment } from '../statistics/assessment.ts';
import { finite, measured, whole } from './schemas.ts';

const share = z.object({ share: finite, low: finite, high: finite });
const macro = z.object({ mean: finite, classes: whole }).nullable();

const classSchema = z.object({
  ...{ samples: whole, predicted: whole },
  ...{ recall: share.nullable(), error: share.nullable() },
  ...{ precision: share.nullable(), f1: share.nullable() },
  missing: z.array(z.enum(['no samples', 'never predicted'])),
});

const calibrationSchema = z.object({
  /** Shares of 1: the error, its mean for a calibrated net, what that stays below in 19 of 20 cases. */
  ...{ error: finite, ofCalibrated: finite, limit: finite },
  ...{ logLoss: finite, brier: finite },
  bins: z.array(
    z.object({
      ...{ low: finite, high: finite, count: whole, confidence: measured },
      accuracy: share.nullable(),
    }),
  ),
});

const temperatureSchema = z.object({
  ...{ temperature: measured, before: measured, after: measured },
  unfit: z.enum(['no samples', 'no errors', 'no better than guessing']).nullable(),
});

/** A sample that was taken for another class; `sample` is its place in the test split. */
export const wrongSchema = z.object({
  ...{ sample: whole, label: whole, predicted: whole, confidence: finite },
});

/** What is to be said of a run by its predictions of the test images. */
export const assessmentSchema = z
  .object({
    step: whole,
    classNames: z.array(z.string()),
    samples: whole,
    /** [true class][predicted class] */
    confusion: z.array(z.array(whole)),
    perClass: z.array(classSchema),
    accuracy: share.nullable(),
    balancedAccuracy: share.nullable(),
    ...{ precision: macro, recall: macro, f1: macro },
    calibration: calibrationSchema.nullable(),
    temperature: temperatureSchema.nullable(),
    /** Logits divided by the temperature. */
    tempered: calibrationSchema.nullable(),
    wrongest: z.array(wrongSchema),
  })
  .meta({ id: 'Assessment' }) satisfies z.ZodType<Assessment>;

/** The assessment of a run, or why there is none. */
export const assessedSchema = z
  .object({ assessment: assessmentSchema.nullable(), missing: z.string().nullable() })
  .meta({ id: 'Assessed' });

export type RunAssessment = z.infer<typeof assessmentSchema>;
