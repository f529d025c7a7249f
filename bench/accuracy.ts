// What Winograd's tiles cost in accuracy: a block's numbers next to those of double precision, and the
// test error of whole runs with and without them. `npm run accuracy -- --help`
import { Command } from 'commander';
import { mean, sampleStandardDeviation } from 'simple-statistics';
import { openDataset } from '../src/data/datasets.ts';
import { parseHead } from '../src/heads/index.ts';
import type { Convolutions } from '../src/machines/native/algorithm.ts';
import { nativeWith } from '../src/machines/native/native.ts';
import { parseMixing } from '../src/mixing/index.ts';
import { parseLayout } from '../src/nets/layouts.ts';
import { parseNet } from '../src/nets/networks.ts';
import { openTrainer } from '../src/training/trainer.ts';
import { runGraph } from '../testkit/graphRun.ts';
import { type KernelCase, paperParts } from '../testkit/kernelCases.ts';
import { type Outcome, runKernelCase } from '../testkit/kernelRun.ts';

interface Flags {
  dataset: string;
  net: string;
  trainSize: number;
  epochs: number;
  seeds: number;
}

const ways: Convolutions[] = ['direct', 'fastest'];

const program = new Command('accuracy')
  .description('accuracy of Winograd’s convolutions next to the direct sum’s')
  .option('--dataset <name>', 'data to train on', 'cifar10')
  .option('--net <name>', 'net to train', 'resnext-14-2x16d')
  .option('--train-size <count>', 'training images', Number, 10_000)
  .option('--epochs <count>', 'epochs of each run', Number, 5)
  .option('--seeds <count>', 'runs each way; 0 leaves training out', Number, 3)
  .action(async (flags: Flags) => {
    await compareBlocks();
    if (flags.seeds > 0) await compareRuns(flags);
  });
await program.parseAsync();

/** One block of two 3×3 convolutions, forward and backward, at three widths. */
async function compareBlocks(): Promise<void> {
  console.log(
    'largest error of a block, relative to the largest value, next to double precision\n',
  );
  console.log('channels  convolutions  features  filter gradients');
  for (const width of [16, 32, 64]) {
    const one: KernelCase = {
      ...{ ...paperParts, layout: 'preact-bn', branches: 2, width, chain: 'identity' },
      ...{ size: [16, 16], channels: 3, bands: 1, samples: [16, 16] },
    };
    const exact = await runGraph(one);
    for (const convolutions of ways) {
      const found = await runKernelCase(nativeWith(convolutions), one);
      const features = largestError(found, exact, (name) => name === 'trained features');
      const filters = largestError(found, exact, (name) => /^gradient a.*\.weight$/.test(name));
      const cells = [String(width).padStart(8), convolutions.padEnd(12)];
      console.log(
        [...cells, features.toExponential(1).padStart(8), filters.toExponential(1)].join('  '),
      );
    }
  }
}

function largestError(found: Outcome, exact: Outcome, wanted: (name: string) => boolean): number {
  const errors = [...exact]
    .filter(([name]) => wanted(name))
    .map(([name, values]) => {
      const scale = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      const off = values.reduce(
        (most, value, i) => Math.max(most, Math.abs(value - found.get(name)![i])),
        0,
      );
      return off / scale;
    });
  return Math.max(...errors);
}

/** The same runs both ways; their errors should differ by no more than seeds do. */
async function compareRuns(flags: Flags): Promise<void> {
  console.log(
    `\ntest error, %: ${flags.net}, ${flags.trainSize} images of ${flags.dataset}, ${flags.epochs} epochs\n`,
  );
  const errors = new Map<Convolutions, number[]>(ways.map((way) => [way, []]));
  for (let seed = 1; seed <= flags.seeds; seed++)
    for (const way of ways) {
      const error = await testError(flags, seed, way);
      errors.get(way)!.push(error);
      console.log(`seed ${seed}  ${way.padEnd(12)}  ${error.toFixed(2)}`);
    }
  if (flags.seeds < 2) return;
  for (const [way, found] of errors)
    console.log(`${way}: ${mean(found).toFixed(2)} ± ${sampleStandardDeviation(found).toFixed(2)}`);
}

async function testError(flags: Flags, seed: number, convolutions: Convolutions): Promise<number> {
  const { epochs, trainSize } = flags;
  const dataset = await openDataset(flags.dataset, { trainSize });
  const net = parseNet(flags.net, { ...dataset, layout: parseLayout('preact-bn') });
  const recipe = { epochs, batch: 64, learningRate: 0.1, momentum: 0.9, weightDecay: 1e-4, seed };
  const trainer = await openTrainer({
    ...{ net, dataset, recipe, machine: nativeWith(convolutions) },
    mixing: parseMixing('shake-shake'),
    head: parseHead('softmax'),
  });
  for await (const event of trainer.train())
    if (event.kind === 'epoch' && event.epoch === epochs) return event.testError!;
  throw new Error('training ended before its last epoch');
}
