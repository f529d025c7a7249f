import { z } from 'zod';
import type { Entries, Format } from '../files/format.ts';
import { configKeys } from '../runs/fields.ts';
import { recordedImagesSchema, recordSchema } from '../runs/folder.ts';
import { runConfigSchema } from '../runs/schema.ts';
import { summarySchema } from '../studies/summary.ts';

const whole = z.int().nonnegative();
const finite = z.number();
const series = z.array(z.number());
const { shape: record } = recordSchema;

/** An opaque name of a run or a study; never a path. */
export const idSchema = z.string().regex(/^[A-Za-z0-9_-]{12}$/, { error: 'an id has 12 letters' });

/** A complete config, as in `run.json`. */
export const configSchema = runConfigSchema.meta({ id: 'Config' });

/** What a request may leave out of a config: everything, which takes the defaults. */
export const partialConfigSchema = runConfigSchema.partial().meta({ id: 'PartialConfig' });

/**
 * How a run stands. `starting`: its process is opening data, there is no record yet. `paused` and
 * `stopped`: ended with a checkpoint, by whoever asked. `interrupted`: ended in the terminal or
 * killed; goes on from its last checkpoint. `failed`: ended by an error. `broken`: cannot be read.
 */
export const runStates = [
  'starting',
  'running',
  'paused',
  'stopped',
  'interrupted',
  'finished',
  'failed',
  'broken',
] as const;

/** A run in a list. Errors are in percent, losses in nats, times in seconds. */
export const runSummarySchema = z
  .object({
    id: idSchema,
    /** Its folder as seen from the studio's, with `/` between the parts. */
    name: z.string(),
    state: z.enum(runStates),
    /** Why it failed or cannot be read. */
    problem: z.string().nullable(),
    /** The study it belongs to. */
    study: idSchema.nullable(),
    /** Null where it cannot be read. */
    config: configSchema.nullable(),
    /** The entries of the config that are not the defaults. */
    differs: z.record(z.string(), z.unknown()),
    /** ISO 8601. */
    startedAt: z.string().nullable(),
    /** Of the newest line of its metrics, ISO 8601. */
    updatedAt: z.string().nullable(),
    /** Null before the first line of metrics, which comes at step 20. */
    progress: z.object({ step: whole, steps: whole, epoch: whole, epochs: whole }).nullable(),
    imagesPerSecond: finite.nullable(),
    /** Of training at the present pace; null unless it runs. */
    secondsLeft: finite.nullable(),
    /** Of the newest step that is kept, in train mode. */
    lastStep: z.object({ step: whole, loss: finite, error: finite }).nullable(),
    /** Of the newest epoch. */
    lastEpoch: z
      .object({
        epoch: whole,
        trainLoss: finite,
        trainError: finite,
        testLoss: finite,
        testError: finite,
      })
      .nullable(),
    /** Frames kept so far. */
    frames: whole,
  })
  .meta({ id: 'RunSummary' });

/** A run by itself. */
export const runDetailSchema = runSummarySchema
  .extend({
    /** Trainable values; null, as all that follows, where the run cannot be read. */
    parameters: whole.nullable(),
    data: record.data.nullable(),
    code: record.code.nullable(),
    machine: record.machine.nullable(),
    images: recordedImagesSchema.nullable(),
    /** Width of the features; wider than 2, the studio shows their PCA plane. */
    features: whole.nullable(),
    /** Whether there is a checkpoint to embed images with. */
    checkpoint: z.boolean(),
    /** The command line that repeats the run. */
    command: z.string().nullable(),
  })
  .meta({ id: 'RunDetail' });

/** Columns of numbers, ready to be drawn; all columns of a table are equally long. */
export const metricsSchema = z
  .object({
    steps: z.object({
      step: series,
      epoch: series,
      loss: series,
      error: series,
      learningRate: series,
      imagesPerSecond: series,
    }),
    epochs: z.object({
      step: series,
      epoch: series,
      trainLoss: series,
      trainError: series,
      testLoss: series,
      testError: series,
      imagesPerSecond: series,
      seconds: series,
    }),
  })
  .meta({ id: 'Metrics' });

/** Whether two coordinates are the features themselves or their principal plane. */
const projectionSchema = z.enum(['features', 'pca']);

/** The frames a run has kept, and what their points are. */
export const framesSchema = z
  .object({
    /** Steps between frames; null where the run keeps none. */
    every: whole.nullable(),
    projection: projectionSchema,
    /** Width of the features. */
    features: whole,
    /** Points of a frame: images of the training split, by place and label. */
    places: z.array(whole),
    labels: z.array(whole),
    /** The training step of each frame; it has its index here. */
    steps: z.array(whole),
  })
  .meta({ id: 'Frames' });

/** Counts of the coefficients that a run drew at a step, all blocks, branches and images. */
export const coefficientsSchema = z
  .object({
    law: z.string(),
    step: whole,
    /** One more than there are counts. */
    edges: series,
    /** α, of the forward pass. */
    forward: z.array(whole),
    /** β, of the backward pass. */
    backward: z.array(whole),
  })
  .meta({ id: 'Coefficients' });

const measured = finite.nullable();

/** A run in a comparison; `measures` by key, null where a measure does not apply. */
export const comparedRunSchema = z.object({
  id: idSchema,
  name: z.string(),
  state: z.enum(runStates),
  measures: z.record(z.string(), measured),
  /** Fig. 5: percentage of samples within each share of the class radius. */
  compactness: z.object({
    radius: series,
    within: series,
    perClass: z.array(series.nullable()),
  }),
});

/** Figs 3, 4 and 5 in numbers, for the runs asked for. */
export const comparisonSchema = z
  .object({
    /** What was measured, in the order of tables. */
    measures: z.array(
      z.object({
        key: z.string(),
        title: z.string(),
        short: z.string(),
        meaning: z.string(),
        unit: z.string(),
        digits: whole,
      }),
    ),
    runs: z.array(comparedRunSchema),
    /** Entries of the config in which the runs differ, with each run's value. */
    differing: z.array(
      z.object({
        key: z.enum(configKeys),
        values: z.array(z.union([z.string(), finite]).nullable()),
      }),
    ),
    /** Runs alike in everything but the seed, with mean and sample deviation of each measure. */
    groups: z.array(
      z.object({
        title: z.string(),
        ids: z.array(idSchema),
        statistics: z.record(
          z.string(),
          z.object({ mean: finite, deviation: measured }).nullable(),
        ),
      }),
    ),
  })
  .meta({ id: 'Comparison' });

/** A request that names a net. */
export const configRequestSchema = z
  .strictObject({ config: partialConfigSchema })
  .meta({ id: 'ConfigRequest' });

/** A net that can be built, or why it cannot. */
export const descriptionSchema = z
  .discriminatedUnion('valid', [
    z.object({
      valid: z.literal(true),
      /** Complete and under canonical names. */
      config: configSchema,
      /** The steps of a branch in order, and those after the addition. */
      layout: z.object({ branch: z.array(z.string()), after: z.array(z.string()) }),
      parameters: whole,
      /** Multiply-accumulates forward an image. */
      macs: whole,
      /** Memory that training takes. */
      arenaBytes: whole,
      blocks: z.array(
        z.object({
          name: z.string(),
          branches: whole,
          in: whole,
          out: whole,
          stride: whole,
          parameters: whole,
          macs: whole,
        }),
      ),
      /** The block in the manner of the paper's Fig. 2, as SVG. */
      figure: z.string(),
    }),
    z.object({ valid: z.literal(false), reason: z.string() }),
  ])
  .meta({ id: 'Description' });

/** How long training takes here, measured for a moment just now. */
export const estimateSchema = z
  .object({ imagesPerSecond: finite, secondsPerEpoch: finite, seconds: finite })
  .meta({ id: 'Estimate' });

/** A run to be started. */
export const startRequestSchema = z
  .strictObject({
    config: partialConfigSchema,
    /** Name of its folder; left out, it is named after its model. */
    name: z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, {
        error:
          'a name has up to 64 letters, digits, dots, dashes; it begins with a letter or digit',
      })
      .optional(),
  })
  .meta({ id: 'StartRequest' });

/** What became of a request to start or stop. */
export const standingSchema = z
  .object({ id: idSchema, state: z.enum(runStates) })
  .meta({ id: 'Standing' });

/** A study in a list. */
export const studySummarySchema = z
  .object({
    id: idSchema,
    name: z.string(),
    title: z.string(),
    state: z.enum(['running', 'unfinished', 'finished']),
    /** When the report was written that `/api/studies/{id}/report` shows; null where there is none. */
    reportedAt: z.string().nullable(),
    /** Planned runs in order; `id` is null before a run has begun. */
    runs: z.array(
      z.object({
        id: idSchema.nullable(),
        title: z.string(),
        state: z.enum(['waiting', ...runStates]),
        /** Share done, 0 … 1. */
        done: finite,
        testError: measured,
      }),
    ),
  })
  .meta({ id: 'StudySummary' });

/** A study by itself, with its `summary.json` once it is finished. */
export const studyDetailSchema = studySummarySchema
  .extend({ summary: summarySchema.nullable() })
  .meta({ id: 'StudyDetail' });

/** The words that configs are made of. */
export const vocabularySchema = z
  .object({
    defaults: configSchema,
    fields: z.array(z.object({ key: z.enum(configKeys), flag: z.string(), help: z.string() })),
    tokens: z.array(z.string()),
    /** The paper's layouts: name to tokens. */
    layouts: z.record(z.string(), z.string()),
    mixings: z.array(z.string()),
    heads: z.array(z.string()),
    datasets: z.array(
      z.object({
        name: z.string(),
        title: z.string(),
        train: whole,
        test: whole,
        /** Whether it is at hand; else a run would have to download it first. */
        found: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'Vocabulary' });

/** The formats of what the API answers. */
export const apiFormat: Format<Entries> = { name: 'HTTP API', upgrades: [] };

/** Who is asking whom. */
export const sessionSchema = z
  .object({
    version: z.string(),
    /** Of the answers; a client of a lower number does not know them. */
    format: whole.min(1),
    /** The folder of runs, for the reader's eye. */
    folder: z.string(),
    /** Whether the token sent allows to start and stop runs. */
    mayWrite: z.boolean(),
  })
  .meta({ id: 'Session' });

/** Something that did not work; `message` tells what, the value, the rule and the remedy. */
export const problemSchema = z.object({ message: z.string() }).meta({ id: 'Problem' });

export type RunState = (typeof runStates)[number];
export type RunSummary = z.infer<typeof runSummarySchema>;
export type RunDetail = z.infer<typeof runDetailSchema>;
export type Metrics = z.infer<typeof metricsSchema>;
export type Frames = z.infer<typeof framesSchema>;
export type Coefficients = z.infer<typeof coefficientsSchema>;
export type Comparison = z.infer<typeof comparisonSchema>;
export type Description = z.infer<typeof descriptionSchema>;
export type Estimate = z.infer<typeof estimateSchema>;
export type Standing = z.infer<typeof standingSchema>;
export type StudySummary = z.infer<typeof studySummarySchema>;
export type StudyDetail = z.infer<typeof studyDetailSchema>;
export type Vocabulary = z.infer<typeof vocabularySchema>;
export type Session = z.infer<typeof sessionSchema>;
export type Problem = z.infer<typeof problemSchema>;
