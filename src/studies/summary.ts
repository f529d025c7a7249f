import { z } from 'zod';
import type { DocumentKind } from '../files/document.ts';
import { runConfigSchema } from '../runs/schema.ts';
import { judgedContrastSchema } from './family.ts';
import { findingsSchema } from './measures/measures.ts';

const count = z.int().nonnegative();
const measured = z.number().nullable();

/** Losses and errors at the end of one epoch. */
const epochSchema = z.object({
  epoch: count,
  trainLoss: z.number(),
  trainError: z.number(),
  ...{ validationLoss: z.number().optional(), validationError: z.number().optional() },
  ...{ testLoss: z.number().optional(), testError: z.number().optional() },
});

/**
 * One run: what was trained, how well it did, and what was found out of its embeddings, where the
 * study embeds images; a summary from before there was a measure lacks it.
 */
const runSchema = z.object({
  id: z.string(),
  model: z.string(),
  ...runConfigSchema.shape,
  parameters: count,
  trainCount: count,
  /** With validation: the epoch that was chosen by it, and its error. */
  ...{ bestEpoch: count.optional(), validationError: z.number().optional() },
  testCount: count,
  /** Summaries of earlier versions lack it. */
  classes: count.optional(),
  trainLoss: z.number(),
  trainError: z.number(),
  testLoss: z.number(),
  testError: z.number(),
  imagesPerSecond: z.number(),
  seconds: z.number(),
  curve: z.array(epochSchema),
  ...findingsSchema.partial().shape,
});

const verdictSchema = z.enum(['agrees', 'disagrees', 'undecided', 'untested', 'unjudged']);

const comparisonSchema = z.object({
  /** A measure's name; a newer release may know others. */
  measure: z.string(),
  rule: z.string(),
  left: measured,
  right: measured,
  times: z.number(),
  /** Summaries of earlier versions, which judged each comparison by itself, lack it. */
  contrast: judgedContrastSchema.nullable().optional(),
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
  runs: z.array(runSchema).min(1),
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
export type SummaryRun = Summary['runs'][number];

export const summaryKind: DocumentKind<Summary> = {
  name: 'summary',
  upgrades: [],
  schema: summarySchema,
  remedy: 'have the report written again',
};
