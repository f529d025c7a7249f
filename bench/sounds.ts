// How fast clips are read at another rate, next to another checkout, in one run. `npm run sounds -- --against DIR`
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { cpuUsage } from 'node:process';
import { pathToFileURL } from 'node:url';
import { Command } from 'commander';
import { readSound } from '../src/data/audio/readSound.ts';
import { tone, wavOf } from '../testkit/ownData.ts';

/** Reads a clip at a rate of samples a second. */
type Read = (
  bytes: Buffer,
  path: string,
  rate: number,
) => ArrayLike<number> | Promise<ArrayLike<number>>;

const wanted = 16_000;

/** A tone that a net shall not hear: above half the wanted rate. */
const hertz = 15_000;

const program = new Command('sounds')
  .description(
    `clips brought to ${wanted} Hz: processor time a second of sound, and what is left of a tone of ${hertz} Hz`,
  )
  .option('--against <folder>', 'another checkout, built')
  .option('--seconds <count>', 'of sound in a clip', Number, 2)
  .option('--trials <count>', 'clips of every rate, read in turns; the median counts', Number, 9)
  .action(async ({ against, seconds, trials }) => {
    const readers: [string, Read][] = [['this checkout', readSound]];
    if (against) readers.unshift([against, await readerOf(resolve(against))]);
    console.log(
      `${'from'.padEnd(10)}${'read by'.padEnd(20)}${'s a second'.padStart(12)}${'times'.padStart(9)}${'tone left'.padStart(13)}`,
    );
    for (const rate of [44_100, 48_000, 32_000]) await compare(rate, readers, seconds, trials);
  });
/** Of this release, or of one that reads WAV alone. */
async function readerOf(checkout: string): Promise<Read> {
  const at = (name: string) => join(checkout, 'dist/data/audio', name);
  const path = [at('readSound.js'), at('wav.js')].find(existsSync);
  if (!path) throw new Error(`${checkout}: not built, or no checkout of this package`);
  const { readSound: read, readWav } = await import(pathToFileURL(path).href);
  return read ?? readWav;
}

async function compare(rate: number, readers: [string, Read][], seconds: number, trials: number) {
  const clip = wavOf([tone(hertz, seconds, rate)], rate);
  const times = readers.map(() => [] as number[]);
  for (let trial = 0; trial < trials; trial++) {
    for (const [index, [, read]] of readers.entries()) {
      times[index].push((await spent(() => read(clip, 'clip.wav', wanted))) / seconds);
    }
  }
  const medians = times.map(median);
  for (const [index, [name, read]] of readers.entries()) {
    const left = level(await read(clip, 'clip.wav', wanted));
    const cells = [
      medians[index].toFixed(5),
      (medians[0] / medians[index]).toFixed(1),
      `${left.toFixed(1)} dB`,
    ];
    const widths = [12, 9, 13];
    const row = cells.map((cell, at) => cell.padStart(widths[at])).join('');
    console.log(`${`${rate} Hz`.padEnd(10)}${name.slice(-19).padEnd(20)}${row}`);
  }
}

/** Processor time of some work, in seconds. */
async function spent(work: () => unknown): Promise<number> {
  const before = cpuUsage();
  await work();
  const { user, system } = cpuUsage(before);
  return (user + system) / 1e6;
}

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1];

/** The level of a sound away from its ends, in dB of a sine of full scale. */
function level(samples: ArrayLike<number>): number {
  const middle = Array.from(samples).slice(1000, -1000);
  const power = middle.reduce((sum, value) => sum + value * value, 0) / middle.length;
  return 10 * Math.log10(2 * power + 1e-30);
}

await program.parseAsync();
