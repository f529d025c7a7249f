import { z } from 'zod';
import { augmentChoices } from '../runs/fields.ts';
import { regulariserFields, settingFields } from '../runs/schema.ts';
import { measureNames } from './measureNames.ts';

const count = z.int().nonnegative();
const measured = z.number().nullable();

/** `within`: percentage of a class's samples, mean over classes, at fractions `radius`. */
const compactnessSchema = z.object({ radius: z.array(z.number()), within: z.array(z.number()) });

/** Losses and errors at the end of one epoch. */
const epochSchema = z.object({
  epoch: count,
  trainLoss: z.number(),
  trainError: z.number(),
  testLoss: z.number(),
  testError: z.number(),
});

/** Of features that lie in a plane; a study of wider ones leaves them out. */
const embeddingMeasures = {
  compactness: compactnessSchema.optional(),
  testCompactness: compactnessSchema.optional(),
  coverage: measured.optional(),
  margin: measured.optional(),
  testMargin: measured.optional(),
  angleDeviation: measured.optional(),
  angleMinimum: measured.optional(),
  isotropy: measured.optional(),
};

/** Of features of any dimension; see `src/analysis/representation.ts`. */
export const representationSchema = z.object({
  scatter: z.object({ within: z.number(), between: z.number(), ratio: measured }),
  neuralCollapse: z.object({
    variability: measured,
    norms: measured,
    angles: measured,
    simplex: measured,
    duality: measured,
    nearestCentre: measured,
  }),
  neighbourError: z.number(),
  alignment: measured,
  uniformity: measured,
});

/** One run: what was trained, how well it did, and the measures of its embeddings. */
const runSummarySchema = z.object({
  id: z.string(),
  model: z.string(),
  dataset: z.string(),
  net: z.string(),
  layout: z.string(),
  mixing: z.string(),
  head: z.string(),
  features: count.nullable(),
  trainSize: count.nullable(),
  ...settingFields,
  augment: z.enum(augmentChoices).default('auto'),
  ...regulariserFields,
  epochs: count,
  batch: count,
  learningRate: z.number(),
  momentum: z.number(),
  weightDecay: z.number(),
  seed: count,
  parameters: count,
  trainCount: count,
  testCount: count,
  trainLoss: z.number(),
  trainError: z.number(),
  testLoss: z.number(),
  testError: z.number(),
  imagesPerSecond: z.number(),
  seconds: z.number(),
  curve: z.array(epochSchema),
  ...embeddingMeasures,
  representation: representationSchema.optional(),
});

const verdictSchema = z.enum(['agrees', 'disagrees', 'undecided', 'untested']);

const comparisonSchema = z.object({
  measure: z.enum(measureNames),
  rule: z.string(),
  left: measured,
  right: measured,
  times: z.number(),
  verdict: verdictSchema,
});

const claimSchema = z.object({
  id: z.string(),
  where: z.string(),
  statement: z.string(),
  comparisons: z.array(comparisonSchema),
  verdict: verdictSchema,
});

/** What is known of a study before anything is trained. */
export const studyFields = {
  study: z.string(),
  title: z.string(),
  /** What the study asks, in a sentence or two. */
  about: z.string(),
  dataset: z.string(),
  data: z.object({ title: z.string(), source: z.string(), shape: z.array(count).length(3) }),
  /** The data set that this one stands in for, or null. */
  standInFor: z.string().nullable(),
  command: z.string(),
  threads: count,
};

/** The schema of a study's `summary.json`: losses in nats, errors in percent, times in seconds. */
export const summarySchema = z.object({
  ...studyFields,
  /** Those that are trained to their end. */
  runs: z.array(runSummarySchema).min(1),
  /** How many runs the study has, trained or not. */
  planned: count.optional(),
  claims: z.array(claimSchema),
  finishedAt: z.iso.datetime(),
  /** Of training, all runs together. */
  seconds: z.number(),
  code: z.object({ shakelab: z.string(), commit: z.string().nullable(), node: z.string() }),
  machine: z.object({ cpu: z.string(), processors: count, platform: z.string() }),
});

/** The numbers of a study, as its `summary.json` holds them. */
export type Summary = z.infer<typeof summarySchema>;
export type RunSummary = Summary['runs'][number];

/** What identifies a run's model within a study: `layout.mixing`. */
export function modelKey(run: Pick<RunSummary, 'layout' | 'mixing'>): string {
  return `${run.layout}.${run.mixing}`;
}
