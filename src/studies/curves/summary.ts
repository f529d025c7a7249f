import { z } from 'zod';
import { judgedContrastSchema } from '../family.ts';

const known = z.number().nullable();
const count = z.int().nonnegative();

/** A layout with a recipe at one point of the axis. */
const pointFields = {
  /** How much of what the study varies: training images, or epochs. */
  at: count,
  layout: z.string(),
  recipe: z.string(),
};

/** The schema of a point whose runs are all trained. */
export const outcomeSchema = z.object({
  ...pointFields,
  /** On the test images, in percent, seed by seed. */
  errors: z.array(z.number()),
  error: z.object({ count, mean: z.number(), deviation: known, halfWidth: known }),
  /** Seeds whose net stayed at chance. */
  atChance: count,
});

/** A recipe held against another at the same point with the same layout, paired by seeds. */
const effectSchema = z.object({
  ...pointFields,
  against: z.string(),
  contrast: judgedContrastSchema,
});

/** The schema of what curves tell of one another. */
export const curvesSchema = z.object({
  /** Every recipe against the first: one family. */
  effects: z.array(effectSchema),
  /** Shaking against every other recipe: another. */
  rivals: z.array(effectSchema),
  /** Where the effect of a recipe changes its sign, of two points or more; see `Crossing`. */
  crossings: z.array(
    z.object({
      ...{ layout: z.string(), recipe: z.string() },
      ...{ at: known, low: known, high: known, without: known },
    }),
  ),
});

export type Point = Pick<Outcome, 'at' | 'layout' | 'recipe'>;
export type Outcome = z.infer<typeof outcomeSchema>;
export type Curves = z.infer<typeof curvesSchema>;
