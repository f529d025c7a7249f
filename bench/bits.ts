// SHA-256 of the last checkpoints of seven short runs, to show that a change left the bits alone; with
// --against, next to those of another checkout, built. `npm run bits -- --against ../shakelab-before`
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { type Checkout, openCheckout, thisCheckout } from '../src/bench/checkout.ts';

/** Both of the paper's nets, a bottleneck, dropout, ShakeDrop with an average, a head with a memory, and bf16. */
const runs: Record<string, string> = {
  'mnist-net': '--net resnext-20-2x4d --features 2 --train-size 512 --seed 3',
  'cifar-net':
    '--net resnext-26-2x16d --layout bn-shake --train-size 128 --batch 32 --augment crop-flip',
  bottleneck: '--net resnext-29-2x4x16d --train-size 64 --batch 16 --mixing even',
  'wrn-dropout': '--net wrn-10-1 --layout preact-dropout --train-size 256 --batch 32 --mixing even',
  'shake-drop': '--net resnext-20-2x4d --mixing shake-drop --train-size 256 --ema 0.9 --mixup 0.4',
  arcface: '--net resnext-20-2x4d --head arcface --train-size 256 --features 2 --decay weights',
  bf16: '--net resnext-20-2x16d --precision bf16 --train-size 128 --batch 32',
};

const program = new Command('bits')
  .description('SHA-256 of the last checkpoints of seven short runs')
  .option('--against <folder>', 'compare with another checkout of shakelab, built there')
  .action(async ({ against }: { against?: string }) => {
    const other = against === undefined ? null : openCheckout(against);
    const folder = mkdtempSync(join(tmpdir(), 'shakelab-bits-'));
    try {
      await compare(folder, other);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
await program.parseAsync();

/** Prints a line a run; the exit code is 1 where the other checkout's bits are others. */
async function compare(folder: string, other: Checkout | null): Promise<void> {
  for (const [name, flags] of Object.entries(runs)) {
    const own = await bitsOf(thisCheckout, join(folder, `${name}.own`), flags);
    const verdict = other ? await verdictOn(own, other, join(folder, `${name}.other`), flags) : '';
    if (verdict.startsWith('NOT')) process.exitCode = 1;
    console.log(`${own} ${name}  ${verdict}`.trimEnd());
  }
}

/** `as a6e6ac3`, `NOT as a6e6ac3`, or that an older checkout does not know one of the run's options. */
async function verdictOn(
  own: string,
  other: Checkout,
  out: string,
  flags: string,
): Promise<string> {
  try {
    const same = own === (await bitsOf(other, out, flags));
    return `${same ? 'as' : 'NOT as'} ${other.name}`;
  } catch (error) {
    const unknown = /unknown option '(--[a-z-]+)'/.exec((error as Error).message);
    if (!unknown) throw error;
    return `${other.name} has no ${unknown[1]}`;
  }
}

async function bitsOf({ run }: Checkout, out: string, flags: string): Promise<string> {
  const small = ['--dataset', 'digits', '--epochs', '1', '--threads', '2'];
  await run('cli/main', ['train', '--out', out, ...small, ...flags.split(' ')]);
  return createHash('sha256')
    .update(readFileSync(join(out, 'checkpoint.safetensors')))
    .digest('hex');
}
