// What opening a data set takes in memory, next to the bytes of its images. `npm run memory -- PATH…`
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { argv, execPath, memoryUsage, resourceUsage, stdout } from 'node:process';
import { openDataset } from '../src/data/datasets.ts';

const [, script, ...paths] = argv;
if (paths[0] === '--open') await openHere(paths[1]);
else await compare(paths);

/** What a process says of itself: the most memory it held, and the bytes of the images. */
interface Opened {
  peak: number;
  images: number;
}

/** In a process of its own; without a path an empty one's. */
async function openHere(path: string | undefined): Promise<void> {
  const { train, test } = path ? await openDataset(path) : { train: null, test: null };
  const images = (train?.images.length ?? 0) + (test?.images.length ?? 0);
  const peak = Math.max(resourceUsage().maxRSS * 1024, memoryUsage.rss());
  stdout.write(JSON.stringify({ peak, images } satisfies Opened));
}

async function compare(given: readonly string[]): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'memory-'));
  try {
    const made = given.length > 0 ? given : await makeFiles(folder);
    const empty = opened();
    const mib = (bytes: number) => (bytes / 2 ** 20).toFixed(0).padStart(12);
    console.log(`${''.padEnd(32)}  images MiB    peak MiB   ratio`);
    for (const path of made) {
      const { peak, images } = opened(path);
      const ratio = ((peak - empty.peak) / images).toFixed(2).padStart(8);
      console.log(basename(path).padEnd(32) + mib(images) + mib(peak - empty.peak) + ratio);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}

function opened(path?: string): Opened {
  const own = [...(path ? [resolve(path)] : [])];
  const args = ['--import', 'tsx', script, '--open', ...own];
  const { stdout: said, stderr, status } = spawnSync(execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(said);
}

/** 200,000 grey images of 32×32 as a pair of idx files. */
async function makeFiles(folder: string): Promise<string[]> {
  const count = 200_000;
  const pairs = { train: count, t10k: 1000 };
  for (const [split, images] of Object.entries(pairs)) {
    await write(join(folder, `${split}-images-idx3-ubyte`), [images, 32, 32]);
    await write(join(folder, `${split}-labels-idx1-ubyte`), [images]);
  }
  return [folder];
}

/** An idx file of bytes that go from 0 to 9 and again. */
async function write(path: string, shape: number[]): Promise<void> {
  const file = await open(path, 'w');
  const header = Buffer.from([0, 0, 8, shape.length, ...shape.flatMap(bigEndian)]);
  await file.write(header);
  const [count, ...sizes] = shape;
  const size = sizes.reduce((product, length) => product * length, 1);
  const block = Uint8Array.from({ length: 1000 * size }, (_, at) => at % 10);
  for (let at = 0; at < count; at += 1000) await file.write(block);
  await file.close();
  if (statSync(path).size !== header.length + count * size) throw new Error('cut short');
}

const bigEndian = (value: number): number[] => [24, 16, 8, 0].map((bits) => (value >> bits) & 255);
