import { z } from 'zod';
import { judgedContrastSchema } from '../family.ts';
import { summarySchema } from '../summary.ts';

const optional = z.number().nullable();

/** A row of the table: its test errors in percent, and what is published of it. */
const rowSchema = z.object({
  key: z.string(),
  title: z.string(),
  parameters: z.int(),
  seeds: z.array(z.int()),
  errors: z.array(z.number()),
  mean: z.number(),
  deviation: optional,
  /** Half the width of the 95 % confidence interval of the mean. */
  halfWidth: optional,
  published: z
    .object({
      model: z.string(),
      error: z.number(),
      runs: z.array(z.number()).nullable(),
      source: z.string(),
    })
    .nullable(),
});

/** The difference of two rows' mean test errors, left minus right, in points of percent. */
const differenceSchema = judgedContrastSchema.extend({
  left: z.string(),
  right: z.string(),
  statement: z.string(),
});

/** The schema of the study's `summary.json`: that of every study, with the table's statistics. */
export const cifar10SummarySchema = summarySchema.extend({
  rows: z.array(rowSchema),
  differences: z.array(differenceSchema),
});

/** The numbers of the study of Table 1, as its `summary.json` holds them. */
export type Cifar10Summary = z.infer<typeof cifar10SummarySchema>;
export type TableRow = Cifar10Summary['rows'][number];
export type RowDifference = Cifar10Summary['differences'][number];
