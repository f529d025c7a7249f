import { z } from 'zod';
import { labelsSchema } from '../../runs/labels.ts';
import { configSchema, finite, idSchema, whole } from '../schemas.ts';

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

export type RunState = (typeof runStates)[number];

/** Whether a process is at work on a run. */
export const isLive = (state: RunState): boolean => state === 'starting' || state === 'running';

const { shape: labels } = labelsSchema;

/** A run in a list. Errors are in percent, losses in nats, times in seconds. */
export const runSummarySchema = z
  .object({
    id: idSchema,
    /** Its folder as seen from the studio's, with `/` between the parts. */
    name: z.string(),
    state: z.enum(runStates),
    /** Why it failed or cannot be read. */
    problem: z.string().nullable(),
    /** The host that trains it, where that is another than the studio's. */
    host: z.string().nullable(),
    /** The study it belongs to. */
    study: idSchema.nullable(),
    /** Null where it cannot be read; a union, since the API's document has no other null beside a reference. */
    config: z.union([configSchema, z.null()]),
    /** The entries of the config that are not the defaults. */
    differs: z.record(z.string(), z.unknown()),
    ...labels,
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
        /** Of the newest epoch that was evaluated: of validation images, or of test images. */
        validationLoss: finite.optional(),
        validationError: finite.optional(),
        testLoss: finite.optional(),
        testError: finite.optional(),
      })
      .nullable(),
    /** Of a run that chose by validation and has ended: the best epoch, and its test, made once. */
    best: z
      .object({
        epoch: whole,
        /** Null where the epoch is no longer among the metrics that are read. */
        trainLoss: finite.nullable(),
        trainError: finite.nullable(),
        validationLoss: finite,
        validationError: finite,
        testLoss: finite,
        testError: finite,
      })
      .nullable(),
    /** Frames kept so far. */
    frames: whole,
  })
  .meta({ id: 'RunSummary' });

export type RunSummary = z.infer<typeof runSummarySchema>;
