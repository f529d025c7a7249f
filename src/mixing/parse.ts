import { type Family, parseChoice } from '../options/index.ts';
import { even } from './even.ts';
import type { MixingLaw } from './law.ts';
import { shakeDrop } from './shakeDrop.ts';
import { shakeShake } from './shakeShake.ts';
import { stochasticDepth } from './stochasticDepth.ts';
import { stochasticShakeShake } from './stochasticShakeShake.ts';
import { subBand } from './subBand.ts';

/** Every law by name. */
export const laws: Record<string, Family<MixingLaw>> = {
  even,
  'shake-shake': shakeShake,
  'sub-band': subBand,
  'stochastic-shake-shake': stochasticShakeShake,
  'shake-drop': shakeDrop,
  'stochastic-depth': stochasticDepth,
};

/**
 * Reads a mixing law: its name, then options after a colon, such as
 * `shake-shake:forward=shake,backward=keep,level=image,strength=0.5`.
 *
 * @throws RequestError pointing at the name, option or value that does not fit
 */
export const parseMixing = (text: string): MixingLaw =>
  parseChoice({ field: 'mixing', noun: 'law' }, laws, text);
