import { RequestError } from '../../errors.ts';
import { shown } from '../../limits.ts';
import { torchName } from '../../nets/torchNames.ts';
import { isOfNet } from '../../training/state.ts';
import type { NamedTensors } from '../../training/trainer.ts';
import type { StoredBytes } from '../safetensorsHeader.ts';
import { floatsIn, floatTypes } from './floats.ts';
import type { WeightFile } from './weightFile.ts';

/** What a net is given of a file's weights, and why the head is not among it, if it is not. */
export interface FittedWeights {
  tensors: NamedTensors;
  headLeft: string | null;
}

/**
 * The weights of a file for the tensors of a net. The head is taken whole or not at all: where the file
 * is of other classes, or its head of another kind or size, it is left as it was drawn.
 *
 * @param own all tensors of the net, by their names in checkpoints
 * @throws RequestError naming a tensor of the body that is missing, unknown, of another shape or of a
 *   type that cannot be used, and what to do
 */
export function fitWeights(
  file: WeightFile,
  own: NamedTensors,
  classNames: readonly string[],
): FittedWeights {
  const needed = [...own.keys()]
    .filter(isOfNet)
    .map((name) => ({ name, foreign: torchName(name) }));
  const [head, body] = [true, false].map((is) =>
    needed.filter(({ name }) => name.startsWith('head.') === is),
  );
  refuseUnknown(file, body);
  const headLeft = whyNotTheHead(file, head, own, classNames);
  const taken = headLeft === null ? [...body, ...head] : body;
  return {
    tensors: new Map(taken.map((tensor) => [tensor.name, fitted(file, tensor, own)])),
    headLeft,
  };
}

interface Needed {
  name: string;
  /** Its name in the file. */
  foreign: string;
}

const isOfHead = (foreign: string): boolean => foreign.startsWith('fc.');

function refuseUnknown(file: WeightFile, body: readonly Needed[]): void {
  const known = new Set(body.map(({ foreign }) => foreign));
  const unknown = [...file.tensors.keys()].filter((name) => !known.has(name) && !isOfHead(name));
  if (unknown.length === 0) return;
  const more = unknown.length > 1 ? ` and ${unknown.length - 1} more` : '';
  throw misfit(file, `tensor ${shown(unknown[0])}${more}: the net has no such tensor`);
}

function whyNotTheHead(
  file: WeightFile,
  head: readonly Needed[],
  own: NamedTensors,
  classNames: readonly string[],
): string | null {
  const there = [...file.tensors.keys()].filter(isOfHead);
  const fits = ({ name, foreign }: Needed): boolean =>
    file.tensors.get(foreign)?.shape.join() === own.get(name)!.shape.join();
  if (there.length === 0) return 'the file has none';
  if (there.length !== head.length || !head.every(fits))
    return 'that of the file has another shape';
  const { classes } = file.metadata;
  return classes === undefined || classes === JSON.stringify(classNames)
    ? null
    : 'that of the file is of other classes';
}

function fitted(file: WeightFile, { name, foreign }: Needed, own: NamedTensors) {
  const { shape } = own.get(name)!;
  const stored = file.tensors.get(foreign);
  if (!stored) throw misfit(file, `tensor ${foreign} [${shape}] is missing`);
  if (stored.shape.join() !== shape.join())
    throw misfit(file, `tensor ${foreign} has shape [${stored.shape}], the net needs [${shape}]`);
  return { shape, data: finiteFloats(file, foreign, stored) };
}

function finiteFloats(file: WeightFile, name: string, stored: StoredBytes): Float32Array {
  const values = floatsIn(stored);
  if (!values) {
    throw new RequestError(
      `${file.path}: tensor ${name} is of type ${stored.dtype}; weights must be ` +
        `${floatTypes.join(', ')}; save it as float32`,
    );
  }
  if (values.every(Number.isFinite)) return values;
  throw new RequestError(
    `${file.path}: tensor ${name} holds a value that is not a finite 32-bit float; take an earlier checkpoint`,
  );
}

function misfit(file: WeightFile, what: string): RequestError {
  return new RequestError(
    `${file.path}: ${what}; give net, layout, features and data as those of the file are${netOf(file)}`,
  );
}

/** What net a file says it is of, where it does: our exports do. */
function netOf({ metadata, tensors }: WeightFile): string {
  if ([...tensors.keys()].some((name) => !isOfNet(name)))
    return ', or export the run first: a checkpoint is not read (shakelab export RUN --to pytorch)';
  return metadata.net === undefined ? '' : ` (${shown(metadata.net)})`;
}
