import { z } from 'zod';
import { curvesSchema, outcomeSchema } from '../curves/summary.ts';
import { summarySchema } from '../summary.ts';

const count = z.int().nonnegative();
const setting = { rate: z.number(), length: count };

/** A layout with a recipe on so many images, with how it came to be trained. */
const samplesOutcomeSchema = outcomeSchema.extend({
  /** The setting that did best in the trials, and its epochs on all images of the size. */
  chosen: z.object({ ...setting, epochs: count }),
  /** Every setting with its errors on validation images, in percent. */
  tried: z.array(z.object({ ...setting, errors: z.array(z.number()) })),
});

const findingsSchema = curvesSchema.extend({
  /** Of those sizes that are trained to their end. */
  outcomes: z.array(samplesOutcomeSchema),
});

/** The schema of the study's `summary.json`: that of every study, with what the sizes tell. */
export const samplesSummarySchema = summarySchema.extend({
  ...findingsSchema.shape,
  /** All sizes as planned. */
  sizes: z.array(count),
});

export type SamplesFindings = z.infer<typeof findingsSchema>;
export type SamplesOutcome = z.infer<typeof samplesOutcomeSchema>;

/** The numbers of a study of few samples, as its `summary.json` holds them. */
export type SamplesSummary = z.infer<typeof samplesSummarySchema>;
