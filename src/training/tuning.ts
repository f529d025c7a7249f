import { option, RequestError } from '../errors.ts';
import type { Pace } from '../program/operands.ts';

/** How a net is tuned that others have trained; all of it learns at the whole rate when left out. */
export interface Tuning {
  /** What training leaves as it is, see `frozenParts`. */
  freeze?: string;
  /** Share of the learning rate at which the body, all but the head, learns. */
  bodyRate?: number;
}

/**
 * The parts that `freeze` names: `none`; `body`, all but the head; a number, the stem and so many stages;
 * or names of parts such as `stem,stage1.block2`.
 */
function frozenParts(freeze: string): string[] {
  if (freeze === 'none') return [];
  if (!/^\d{1,9}$/.test(freeze)) return freeze.split(',').map((part) => part.trim());
  return ['stem', ...Array.from({ length: Number(freeze) }, (_, stage) => `stage${stage + 1}`)];
}

/**
 * How fast each of a net's parameters learns.
 *
 * @param names of all parameters
 * @throws RequestError where a part is not there, or nothing is left to train
 */
export function pacesOf(
  { freeze = 'none', bodyRate = 1 }: Tuning,
  names: readonly string[],
): (name: string) => Pace {
  const parts = frozenParts(freeze);
  const unknown = parts.find((part) => !names.some((name) => isOf(name, part)));
  if (unknown !== undefined) throw noPart(freeze, unknown, names);
  const paceOf = (name: string): Pace => {
    if (parts.some((part) => isOf(name, part))) return 'frozen';
    return bodyRate !== 1 && isOf(name, 'body') ? 'slow' : 'whole';
  };
  if (names.some((name) => paceOf(name) !== 'frozen')) return paceOf;
  throw new RequestError(
    `${option('freeze')} ${freeze}: nothing is left to train; leave the head, or a stage, free`,
  );
}

const isOf = (name: string, part: string): boolean =>
  part === 'body' ? !name.startsWith('head.') : name === part || name.startsWith(`${part}.`);

function noPart(freeze: string, part: string, names: readonly string[]): RequestError {
  const known = [...new Set(names.map((name) => name.split('.')[0]))];
  return new RequestError(
    `${option('freeze')} ${freeze}: the net has no ${part}; choose from none, body, a number of stages, ` +
      `${known.join(', ')}, or name a block such as stage1.block1`,
  );
}
