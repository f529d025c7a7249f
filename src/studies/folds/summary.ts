import { z } from 'zod';
import { summarySchema } from '../summary.ts';

const known = z.number().nullable();
const share = z.object({ share: z.number(), low: z.number(), high: z.number() });

const classSchema = z.object({
  name: z.string(),
  images: z.int(),
  ...{ recall: share.nullable(), precision: share.nullable(), f1: share.nullable() },
});

/** The schema of the study's `summary.json`: that of every study, with what the folds tell together. */
export const foldsSummarySchema = summarySchema.extend({
  folds: z.object({
    of: z.int(),
    repeats: z.int(),
    /** What is kept whole by the folds; absent where samples are each for themselves. */
    groupField: z.string().optional(),
    /** Mean error of the folds that are trained, in percent. */
    mean: z.number(),
    /** Sample deviation over them; null of one. */
    deviation: known,
    /** Half the width of the corrected resampled t interval, Nadeau and Bengio 2003; null of one fold. */
    halfWidth: known,
    /** Standard error behind it. */
    standardError: known,
  }),
  /** Predictions of the folds of each repeat that are kept, put together: shares of all images. */
  pooled: z.array(
    z.object({ repeat: z.int(), samples: z.int(), accuracy: share, balanced: share.nullable() }),
  ),
  /** Each class in the first whole repeat; absent from summaries of earlier versions. */
  classes: z.array(classSchema).optional(),
});

export type FoldsClass = z.infer<typeof classSchema>;

/** The numbers of a study of folds, as its `summary.json` holds them. */
export type FoldsSummary = z.infer<typeof foldsSummarySchema>;
