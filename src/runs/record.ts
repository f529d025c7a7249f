import { z } from 'zod';
import { runConfigSchema } from './schema.ts';

/** What data a run was begun with; records from before there was a digest have none. */
const dataSchema = z.object({
  title: z.string(),
  source: z.string(),
  train: z.number(),
  test: z.number(),
  /** Images that it chooses by; left out where there are none. */
  validation: z.number().optional(),
  digest: z.string().optional(),
  /** The version of the reader that read them; 1 where there is none. */
  reading: z.number().optional(),
  /** What files of one's own hold: `images`, `sound clips`, … */
  holds: z.string().optional(),
});

/** What computes; records from before they were kept say no instruction set, and mean kernels 1. */
const kernelFields = { isa: z.string().optional(), kernels: z.number().optional() };

/** A step from which on a run was computed by other kernels than before. */
const changeSchema = z.object({
  step: z.number(),
  isa: z.string(),
  kernels: z.number(),
  when: z.string(),
});

/** What a net gets to see, and the names of what it tells apart. */
export const recordedImagesSchema = z.object({
  channels: z.number(),
  height: z.number(),
  width: z.number(),
  classNames: z.array(z.string()),
  /** How they are normalised, a channel each, in units of 0…255; older records do not say. */
  mean: z.array(z.number()).optional(),
  std: z.array(z.number()).optional(),
  /** What became black and white, where all files together told it. */
  extent: z.object({ low: z.number(), high: z.number() }).optional(),
});

/** The schema of `run.json`. */
export const recordSchema = z.object({
  config: runConfigSchema,
  /** The entries of the config that are not the defaults. */
  differs: z.record(z.string(), z.unknown()),
  seed: z.number(),
  parameters: z.number(),
  data: dataSchema,
  /** Kept because a folder of one's own need not be at hand later; old records have none. */
  images: recordedImagesSchema.optional(),
  code: z.object({ shakelab: z.string(), commit: z.string().nullable(), node: z.string() }),
  machine: z.object({
    ...{ cpu: z.string(), processors: z.number(), platform: z.string() },
    ...kernelFields,
  }),
  /** The weights that it began with, of the file that the config names: whether its head was taken, too. */
  init: z.object({ sha256: z.string(), head: z.enum(['taken', 'drawn']) }).optional(),
  /** Where `--allow-other-kernels` let it go on by other kernels, in order; `when` is ISO 8601. */
  kernelChanges: z.array(changeSchema).optional(),
  /** ISO 8601. */
  startedAt: z.string(),
});

/** `run.json`: what was asked, of what data, by what code, where and when. */
export type RunRecord = z.infer<typeof recordSchema>;
