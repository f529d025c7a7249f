import { createHash } from 'node:crypto';
import { option, RequestError } from '../../errors.ts';
import { mostBytes, readBounded } from '../../files/read.ts';
import { unreadable } from '../../files/refusals.ts';
import { parseSafetensors, type StoredBytes } from '../safetensorsHeader.ts';

/** Weights that a run is to begin with, under the names of a PyTorch state dict. */
export interface WeightFile {
  path: string;
  /** SHA-256 of the file. */
  digest: string;
  tensors: Map<string, StoredBytes>;
  metadata: Record<string, string>;
}

/**
 * Reads a safetensors file of weights: our export's, or one that PyTorch saved.
 *
 * @throws RequestError where it cannot be read, or is no such file
 */
export async function readWeightFile(path: string): Promise<WeightFile> {
  const bytes = await readBounded(path, mostBytes.checkpoint).catch((error) => {
    if (error instanceof RequestError) throw error;
    throw new RequestError(`${option('init')} ${path}: ${unreadable(error)}`);
  });
  const digest = createHash('sha256').update(bytes).digest('hex');
  return { path, digest, ...weightsIn(bytes, path) };
}

/**
 * The weights in the bytes of a file, without the prefixes that wrappers of PyTorch put before every
 * name, and without the counts of batches and of averaged models, which nothing here depends on.
 *
 * @throws RequestError where they are no such file
 */
export function weightsIn(
  bytes: Uint8Array,
  path: string,
): Pick<WeightFile, 'tensors' | 'metadata'> {
  refuseForeign(bytes, path);
  const { tensors: stored, metadata } = parseSafetensors(bytes, path);
  const all = stored.filter(({ name }) => !/num_batches_tracked$|^n_averaged$/.test(name));
  const prefix = wrappers.find((start) => all.every(({ name }) => name.startsWith(start))) ?? '';
  const named = all.map((tensor) => [tensor.name.slice(prefix.length), tensor] as const);
  return { tensors: new Map(named), metadata };
}

/** That of DataParallel and of AveragedModel, and that of a compiled module. */
const wrappers = ['module._orig_mod.', 'module.', '_orig_mod.'];

/** How the files begin that weights are often saved as; none of them is opened here. */
const others = [
  { begins: 'PK\x03\x04', what: 'a zip archive, as torch.save writes' },
  { begins: '\x80\x02', what: 'a pickle' },
  { begins: '\x89HDF', what: 'an HDF5 file' },
  { begins: 'version https://git-lfs', what: 'a pointer of Git LFS, not the file itself' },
];

function refuseForeign(bytes: Uint8Array, path: string): void {
  const start = Buffer.from(bytes.subarray(0, 32)).toString('latin1');
  const other = others.find(({ begins }) => start.startsWith(begins));
  if (!other) return;
  throw new RequestError(
    `${option('init')} ${path}: ${other.what}; weights come in as safetensors: ` +
      'safetensors.torch.save_file(model.state_dict(), "model.safetensors")',
  );
}
