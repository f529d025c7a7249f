// What opening 200,000 images of 32×32, grey or in colours, takes in memory, next to their bytes. `npm run memory -- [PATH…]`
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { argv, env, execPath } from 'node:process';

const count = 200_000;
const here = import.meta.dirname;

/** What a process says of itself: the most memory it held, and the bytes of the images. */
interface Opened {
  peak: number;
  images: number;
}

async function compare(given: readonly string[]): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'memory-'));
  try {
    const paths = given.length > 0 ? given : [...(await writeIdx(folder)), ...writeOthers(folder)];
    const empty = opened();
    const mib = (bytes: number) => (bytes / 2 ** 20).toFixed(0).padStart(12);
    console.log(`${''.padEnd(32)}  images MiB    peak MiB   ratio`);
    for (const path of paths) {
      const { peak, images } = opened(path);
      const ratio = ((peak - empty.peak) / images).toFixed(2).padStart(8);
      console.log(basename(path).padEnd(32) + mib(images) + mib(peak - empty.peak) + ratio);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** By the built package, in a process of its own; without a path what an empty one holds. */
function opened(path?: string): Opened {
  const args = [join(here, 'openData.mjs'), ...(path ? [resolve(path)] : [])];
  const { stdout, stderr, status } = spawnSync(execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

/** What numpy and pyarrow write, where a Python (`$SHAKELAB_PYTHON`, else `python3`) has them. */
function writeOthers(folder: string): string[] {
  const python = env.SHAKELAB_PYTHON ?? 'python3';
  const args = [join(here, 'makeArrays.py'), folder, `${count}`];
  const { status } = spawnSync(python, args, { stdio: 'ignore' });
  if (status !== 0) console.log(`idx alone: ${python} lacks numpy, pyarrow or Pillow`);
  const names = ['stored.npz', 'packed.npz', 'tensors.parquet', 'pngs.parquet'];
  const all = ['grey', 'colour'].flatMap((kind) => names.map((name) => `${kind}-${name}`));
  return status === 0 ? all.map((name) => join(folder, name)) : [];
}

/** Pairs of idx files to train on, small ones to test on. */
async function writeIdx(folder: string): Promise<string[]> {
  const kinds = { 'grey-idx': [32, 32], 'colour-idx': [32, 32, 3] };
  for (const [kind, sizes] of Object.entries(kinds)) {
    await mkdir(join(folder, kind));
    for (const [split, images] of Object.entries({ train: count, t10k: 1000 })) {
      const path = join(folder, kind, split);
      await write(`${path}-images-idx${1 + sizes.length}-ubyte`, [images, ...sizes]);
      await write(`${path}-labels-idx1-ubyte`, [images]);
    }
  }
  return Object.keys(kinds).map((kind) => join(folder, kind));
}

/** An idx file of bytes that go from 0 to 9 and again. */
async function write(path: string, [images, ...sizes]: number[]): Promise<void> {
  const file = await open(path, 'w');
  const shape = [images, ...sizes].flatMap(bigEndian);
  await file.write(Buffer.from([0, 0, 8, 1 + sizes.length, ...shape]));
  const size = sizes.reduce((product, length) => product * length, 1);
  const block = Uint8Array.from({ length: 1000 * size }, (_, at) => at % 10);
  for (let at = 0; at < images; at += 1000) await file.write(block);
  await file.close();
}

const bigEndian = (value: number): number[] => [24, 16, 8, 0].map((bits) => (value >> bits) & 255);

await compare(argv.slice(2));
