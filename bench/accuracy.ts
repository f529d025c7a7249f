// What Winograd's tiles and stored bf16 cost in accuracy: numbers of small nets next to those of double precision, and
// the test error of whole runs in each way. `npm run accuracy -- --help`
import { Command } from 'commander';
import { mean, sampleStandardDeviation } from 'simple-statistics';
import { openDataset } from '../src/data/datasets.ts';
import { parseHead } from '../src/heads/index.ts';
import type { Convolutions } from '../src/machines/native/algorithm.ts';
import { nativeWith } from '../src/machines/native/native.ts';
import { parseMixing } from '../src/mixing/index.ts';
import { parseLayout } from '../src/nets/layouts.ts';
import { parseNet } from '../src/nets/networks.ts';
import type { Precision } from '../src/program/precision.ts';
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
  ways: string[];
}

/** How convolutions are computed, and what activations are stored in. */
interface Way {
  name: string;
  convolutions: Convolutions;
  precision: Precision;
}

const ways: Way[] = [
  { name: 'direct', convolutions: 'direct', precision: 'float32' },
  { name: 'fastest', convolutions: 'fastest', precision: 'float32' },
  { name: 'bf16', convolutions: 'fastest', precision: 'bf16' },
];

/** One block of two 3×3 convolutions, or three of which the second halves the image; channels. */
const nets: Pick<KernelCase, 'chain' | 'width'>[] = [
  ...[16, 32, 64].map((width) => ({ chain: 'identity' as const, width })),
  ...[4, 16].map((width) => ({ chain: 'deep' as const, width })),
];

const program = new Command('accuracy')
  .description('accuracy of Winograd’s convolutions and of bf16 next to the direct sum in float32')
  .option('--dataset <name>', 'data to train on', 'cifar10')
  .option('--net <name>', 'net to train', 'resnext-14-2x16d')
  .option('--train-size <count>', 'training images', Number, 10_000)
  .option('--epochs <count>', 'epochs of each run', Number, 5)
  .option('--seeds <count>', 'runs each way; 0 leaves training out', Number, 3)
  .option(
    '--ways <names...>',
    'of training',
    ways.map(({ name }) => name),
  )
  .action(async (flags: Flags) => {
    await compareBlocks();
    if (flags.seeds > 0) await compareRuns(flags);
  });
await program.parseAsync();

/** Small nets, forward and backward. */
async function compareBlocks(): Promise<void> {
  console.log('largest error, relative to the largest value, next to double precision\n');
  console.log('blocks  channels  way      features  filter gradients');
  for (const net of nets) {
    const one: KernelCase = {
      ...{ ...paperParts, layout: 'preact-bn', branches: 2, ...net },
      ...{ size: [16, 16], channels: 3, bands: 1, samples: [16, 16] },
    };
    const exact = await runGraph(one);
    for (const { name: way, convolutions, precision } of ways) {
      const found = await runKernelCase(nativeWith(convolutions), { ...one, precision });
      const features = largestError(found, exact, (name) => name === 'trained features');
      const filters = largestError(found, exact, (name) => /^gradient [abc].*\.weight$/.test(name));
      const blocks = net.chain === 'deep' ? '3' : '1';
      const cells = [blocks.padStart(6), String(net.width).padStart(8), way.padEnd(7)];
      const errors = [features, filters].map((error) => error.toExponential(1).padStart(8));
      console.log([...cells, ...errors].join('  '));
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

/** The same runs each way; their errors should differ by no more than seeds do. */
async function compareRuns(flags: Flags): Promise<void> {
  console.log(
    `\ntest error, %: ${flags.net}, ${flags.trainSize} images of ${flags.dataset}, ${flags.epochs} epochs\n`,
  );
  const chosen = ways.filter(({ name }) => flags.ways.includes(name));
  const errors = new Map<Way, number[]>(chosen.map((way) => [way, []]));
  for (let seed = 1; seed <= flags.seeds; seed++)
    for (const way of chosen) {
      const error = await testError(flags, seed, way);
      errors.get(way)!.push(error);
      console.log(`seed ${seed}  ${way.name.padEnd(7)}  ${error.toFixed(2)}`);
    }
  if (flags.seeds < 2) return;
  for (const [{ name }, found] of errors)
    console.log(
      `${name}: ${mean(found).toFixed(2)} ± ${sampleStandardDeviation(found).toFixed(2)}`,
    );
}

async function testError(flags: Flags, seed: number, way: Way): Promise<number> {
  const { epochs, trainSize } = flags;
  const dataset = await openDataset(flags.dataset, { trainSize });
  const net = parseNet(flags.net, { ...dataset, layout: parseLayout('preact-bn') });
  const recipe = { epochs, batch: 64, learningRate: 0.1, momentum: 0.9, weightDecay: 1e-4, seed };
  const trainer = await openTrainer({
    ...{ net, dataset, recipe, precision: way.precision, machine: nativeWith(way.convolutions) },
    mixing: parseMixing('shake-shake'),
    head: parseHead('softmax'),
    evaluateEvery: epochs,
  });
  for await (const event of trainer.train())
    if (event.kind === 'epoch' && event.epoch === epochs) return event.testError!;
  throw new Error('training ended before its last epoch');
}
