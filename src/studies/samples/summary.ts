import { z } from 'zod';
import { judgedContrastSchema } from '../family.ts';
import { summarySchema } from '../summary.ts';

const known = z.number().nullable();
const count = z.int().nonnegative();
const cell = { size: count, layout: z.string(), recipe: z.string() };
const setting = { rate: z.number(), length: count };

const estimateSchema = z.object({ count, mean: z.number(), deviation: known, halfWidth: known });

/** A layout with a recipe on so many images: how it was trained, and its test errors. */
const cellSchema = z.object({
  ...cell,
  /** The setting that did best in the trials, and its epochs on all images of the size. */
  chosen: z.object({ ...setting, epochs: count }),
  /** Every setting with its errors on validation images, in percent. */
  tried: z.array(z.object({ ...setting, errors: z.array(z.number()) })),
  /** On the test images, in percent, seed by seed. */
  errors: z.array(z.number()),
  error: estimateSchema,
  /** Seeds whose net stayed at chance. */
  atChance: count,
});

/** A recipe held against another of the same size and layout, paired by seeds. */
const effectSchema = z.object({ ...cell, against: z.string(), contrast: judgedContrastSchema });

const findingsSchema = z.object({
  /** Of those sizes that are trained to their end. */
  cells: z.array(cellSchema),
  /** Every recipe against the first: one family. */
  effects: z.array(effectSchema),
  /** Shaking against every other recipe: another. */
  rivals: z.array(effectSchema),
  /** Where the effect of a recipe changes its sign. */
  crossings: z.array(
    z.object({
      ...{ layout: z.string(), recipe: z.string() },
      ...{ at: known, low: known, high: known, without: z.number() },
    }),
  ),
});

/** The schema of the study's `summary.json`: that of every study, with what the sizes tell. */
export const samplesSummarySchema = summarySchema.extend({
  ...findingsSchema.shape,
  /** All sizes as planned. */
  sizes: z.array(count),
});

export type SamplesFindings = z.infer<typeof findingsSchema>;
export type CellOutcome = z.infer<typeof cellSchema>;
export type SamplesSummary = z.infer<typeof samplesSummarySchema>;
