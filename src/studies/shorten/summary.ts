import { z } from 'zod';
import { judgedContrastSchema } from '../family.ts';
import { summarySchema } from '../summary.ts';

const known = z.number().nullable();
const estimated = z.object({
  count: z.int(),
  mean: z.number(),
  deviation: known,
  halfWidth: known,
});

const findingsSchema = z.object({
  /** Every recipe that was tried: its errors on validation images, in percent, a trial each. */
  tried: z.array(
    z.object({
      recipe: z.string(),
      errors: z.array(z.number()),
      error: estimated,
      /** Its first trials less those of the plain recipe, one family; null of the plain one. */
      contrast: judgedContrastSchema.nullable(),
    }),
  ),
  /** The recipe that the trials chose; null where they are not done. */
  winner: z.string().nullable(),
  /** Test errors with fresh seeds, of those whose runs are all trained. */
  outcomes: z.array(
    z.object({
      ...{ which: z.string(), epochs: z.int(), errors: z.array(z.number()), error: estimated },
      /** Whether the nets of all its seeds stayed at chance. */
      guesses: z.boolean(),
    }),
  ),
  /** The winner less the plain recipe, and less this one for three times the epochs: one family. */
  confirmations: z.array(z.object({ against: z.string(), contrast: judgedContrastSchema })),
});

/** The schema of the study's `summary.json`: that of every study, with which changes shorten a training. */
export const shortenSummarySchema = summarySchema.extend(findingsSchema.shape);

export type ShortenFindings = z.infer<typeof findingsSchema>;

/** The numbers of a study of what shortens a training, as its `summary.json` holds them. */
export type ShortenSummary = z.infer<typeof shortenSummarySchema>;
