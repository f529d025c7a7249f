import { type Family, parseChoice } from '../options/index.ts';
import { arcFace } from './arcFace.ts';
import { ccl } from './ccl.ts';
import { contrastive } from './contrastive.ts';
import { cosFace } from './cosFace.ts';
import type { Head } from './head.ts';
import { lSoftmax } from './lSoftmax.ts';
import { softmax } from './softmax.ts';
import { sphereFace } from './sphereFace.ts';
import { triplet } from './triplet.ts';

/** Every head by name. */
export const heads: Record<string, Family<Head>> = {
  softmax,
  ccl,
  'l-softmax': lSoftmax,
  sphereface: sphereFace,
  cosface: cosFace,
  arcface: arcFace,
  contrastive,
  triplet,
};

/**
 * Reads a head: its name, then options after a colon, such as `arcface:margin=0.3,scale=10`.
 *
 * @throws RequestError pointing at the name, option or value that does not fit
 */
export const parseHead = (text: string): Head =>
  parseChoice({ field: 'head', noun: 'head' }, heads, text);
