import { z } from 'zod';
import { runConfigSchema } from '../runs/schema.ts';

// What the schemas of several resources are made of.

export const whole = z.int().nonnegative();
export const finite = z.number();
export const series = z.array(finite);
export const measured = finite.nullable();

/** An opaque name of a run or a study; never a path. */
export const idSchema = z.string().regex(/^[A-Za-z0-9_-]{12}$/, { error: 'an id has 12 letters' });

/** A complete config, as in `run.json`. */
export const configSchema = runConfigSchema.meta({ id: 'Config' });

/** What a request may leave out of a config: everything, which takes the defaults. */
export const partialConfigSchema = runConfigSchema
  .partial()
  .extend({ evaluateEvery: runConfigSchema.shape.evaluateEvery.unwrap().optional() })
  .meta({ id: 'PartialConfig' });
