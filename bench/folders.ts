// A folder of JPEG files read next to a plain loop over sharp, in one run. `npm run folders -- --help`
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { cpuUsage, env } from 'node:process';
import { Command } from 'commander';
import sharp from 'sharp';
import { openDataset } from '../src/data/datasets.ts';
import { randomStream } from '../src/random/index.ts';

interface Flags {
  images: number;
  width: number;
  height: number;
  side: number;
}

const program = new Command('folders')
  .description('a folder of JPEG files read next to a plain loop over sharp')
  .option('--images <count>', 'files, in ten classes', Number, 20_000)
  .option('--width <pixels>', 'of every file', Number, 160)
  .option('--height <pixels>', 'of every file', Number, 120)
  .option('--side <pixels>', 'what they are brought to', Number, 32)
  .action(async (flags: Flags) => {
    const folder = await mkdtemp(join(tmpdir(), 'folders-'));
    try {
      await compare(join(folder, 'data'), join(folder, 'cache'), flags);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
await program.parseAsync();

async function compare(data: string, cache: string, flags: Flags): Promise<void> {
  const { images, width, height, side } = flags;
  await drawFiles(data, flags);
  env.XDG_CACHE_HOME = cache;
  const processors = availableParallelism();
  console.log(`${images} JPEG files of ${width}×${height}, brought to ${side}×${side}`);
  console.log(`${processors} processors, load ${loadavg()[0].toFixed(2)}\n`);
  console.log(`${''.padEnd(38)}     seconds  processor s    images/s`);
  const open = () => openDataset(data, { imageSize: `${side}` });
  const alone = await told('sharp, one file after the other', images, () => plain(data, side, 1));
  const loop = await told('sharp, twice the processors in flight', images, () =>
    plain(data, side, 2 * processors),
  );
  const ours = await told('a data set, for the first time', images, open);
  await told('a data set, for the second time', images, open);
  console.log(
    `\nspeed next to the plain loops: ${(alone / ours).toFixed(2)}, ${(loop / ours).toFixed(2)}`,
  );
}

/** @returns the seconds that the work takes */
async function told(what: string, images: number, work: () => Promise<unknown>): Promise<number> {
  const [start, before] = [performance.now(), cpuUsage()];
  await work();
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = cpuUsage(before);
  const cells = [
    seconds.toFixed(2),
    ((user + system) / 1e6).toFixed(2),
    (images / seconds).toFixed(0),
  ];
  console.log([what.padEnd(38), ...cells.map((cell) => cell.padStart(12))].join(''));
  return seconds;
}

/** What somebody would write who needs nothing but the pixels. */
async function plain(data: string, side: number, inFlight: number): Promise<void> {
  const names = await readdir(data, { recursive: true });
  const paths = names.filter((name) => name.endsWith('.jpg')).map((name) => join(data, name));
  let next = 0;
  const hand = async (): Promise<void> => {
    while (next < paths.length) {
      const bytes = await readFile(paths[next++]);
      await sharp(bytes).resize(side, side).raw().toBuffer();
    }
  };
  await Promise.all(Array.from({ length: inFlight }, hand));
}

/** A few hundred different pictures, waves with some noise, each in several files. */
async function drawFiles(data: string, { images, width, height }: Flags): Promise<void> {
  const stream = randomStream(1, 'folders');
  const files: Buffer[] = [];
  for (let i = 0; i < 200; i++) files.push(await drawn(width, height, () => stream.uniform()));
  for (let i = 0; i < 10; i++) await mkdir(join(data, `${i}`), { recursive: true });
  for (let i = 0; i < images; i++) {
    await writeFile(join(data, `${i % 10}`, `${i}.jpg`), files[i % files.length]);
  }
}

function drawn(width: number, height: number, uniform: () => number): Promise<Buffer> {
  const [across, down, phase] = [uniform() / 5, uniform() / 5, uniform() * 6];
  const pixels = Uint8Array.from({ length: 3 * width * height }, (_, at) => {
    const [x, y] = [Math.floor(at / 3) % width, Math.floor(at / 3 / width)];
    return 128 + 90 * Math.sin(across * x + down * y + phase * (at % 3)) + 20 * uniform();
  });
  const raw = { width, height, channels: 3 } as const;
  return sharp(pixels, { raw }).jpeg({ quality: 90 }).toBuffer();
}
