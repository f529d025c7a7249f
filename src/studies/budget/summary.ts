import { z } from 'zod';
import { curvesSchema, outcomeSchema } from '../curves/summary.ts';
import { summarySchema } from '../summary.ts';

const known = z.number().nullable();
const count = z.int().nonnegative();

/** What the power law through a model's errors says of longer trainings; errors in percent. */
const extrapolationSchema = z.object({
  layout: z.string(),
  recipe: z.string(),
  /** Error = floor + scale · epochs^−power. */
  law: z.object({ floor: z.number(), scale: z.number(), power: z.number() }),
  /** With the middle 95 % over resampled seeds, which do not count that the law may be another; null of one seed. */
  predictions: z.array(z.object({ epochs: count, error: z.number(), low: known, high: known })),
  /** What the law through the shorter budgets said of the longest, and what was seen. */
  check: z.object({ epochs: count, predicted: z.number(), seen: z.number() }),
});

const findingsSchema = curvesSchema.extend({
  /** Of those budgets that are trained to their end. */
  outcomes: z.array(outcomeSchema),
  extrapolations: z.array(extrapolationSchema),
  /** Budgets that no law is fitted to, since a net stayed at chance there, and how many are left to fit. */
  unfitted: z.array(
    z.object({ layout: z.string(), recipe: z.string(), budgets: z.array(count), left: count }),
  ),
});

/** The schema of the study's `summary.json`: that of every study, with what the budgets tell. */
export const budgetSummarySchema = summarySchema.extend({
  ...findingsSchema.shape,
  /** All budgets as planned, in epochs. */
  budgets: z.array(count),
});

export type Extrapolation = z.infer<typeof extrapolationSchema>;
export type BudgetFindings = z.infer<typeof findingsSchema>;

/** The numbers of a study of budgets, as its `summary.json` holds them. */
export type BudgetSummary = z.infer<typeof budgetSummarySchema>;
