import { readFileSync } from 'node:fs';
import { parseHead } from '../heads/index.ts';
import type { Machine } from '../machines/machine.ts';
import { lowerNative } from '../machines/native/lower.ts';
import { nativeMachine } from '../machines/native/native.ts';
import { totalCost } from '../machines/native/rules.ts';
import { parseMixing } from '../mixing/index.ts';
import type { SectionName } from '../program/instructions.ts';
import type { Program } from '../program/program.ts';
import { openTrainer, type Trainer } from '../training/trainer.ts';
import { type BenchCase, type BenchMode, benchMixing, netOf } from './cases.ts';
import { randomDataset } from './randomData.ts';
import { recordingMachine, type SectionRun } from './recorder.ts';

/** What a fresh process measured of a case. */
export interface Measurement {
  imagesPerSecond: number;
  /** Largest resident size of the whole process. */
  peakMemoryBytes: number;
  steps: number;
  /** Of a step, the share spent outside the machine's calls: TypeScript's own. */
  typescriptShare: number;
  /** Of a step, the share in which no instruction ran: TypeScript's and the calls' way there. */
  idleShare: number;
  /** Bytes that the instructions' operands hold, an image. */
  bytesPerImage: number;
}

/** How to measure. */
export interface MeasureOptions {
  threads: number;
  /** How long to time whole steps, after a warm-up. */
  seconds: number;
}

/** Images that training draws its batches from. */
const trainImages = 4096;
/** Batches of one evaluation. */
const evaluationBatches = 4;
const warmUpSteps = 5;

/** The sections of a training step and of an evaluation. */
const sectionsOf: Record<BenchMode, SectionName[]> = {
  train: ['forward', 'backward', 'update'],
  evaluate: ['evaluate'],
};

/** Opens a case's trainer on random images, as a run opens its own. */
function openCase(
  benchCase: BenchCase,
  options: { threads: number; machine?: Machine },
): Promise<Trainer> {
  const { batch, mode, augment, precision } = benchCase;
  const trainSize = Math.ceil(trainImages / batch) * batch;
  const testSize = mode === 'evaluate' ? evaluationBatches * batch : 16;
  const recipe = { epochs: 1e6, batch, learningRate: 0.1, momentum: 0.9, weightDecay: 1e-4 };
  return openTrainer({
    net: netOf(benchCase),
    dataset: randomDataset(benchCase, trainSize, testSize),
    mixing: parseMixing(benchMixing),
    head: parseHead('softmax'),
    recipe: { ...recipe, seed: 1 },
    augment,
    precision,
    ...options,
  });
}

/** Times whole steps of a case in this process. */
export async function measure(
  benchCase: BenchCase,
  { threads, seconds }: MeasureOptions,
): Promise<Measurement> {
  const { batch, mode } = benchCase;
  const clock = new StepClock(mode);
  const trainer = await openCase(benchCase, { threads, machine: clock.machine });
  for await (const steps of passes(trainer, mode)) {
    clock.count(steps);
    if (clock.milliseconds >= 1000 * seconds) break;
  }
  trainer.close();
  const { sections } = lowerNative(clock.program!);
  const { bytes } = totalCost(
    sectionsOf[mode].flatMap((section) => sections[section]),
    batch,
  );
  return {
    imagesPerSecond: (1000 * clock.steps * batch) / clock.milliseconds,
    peakMemoryBytes: peakMemory(),
    steps: clock.steps,
    typescriptShare: 1 - clock.called / clock.milliseconds,
    idleShare: 1 - clock.computed / clock.milliseconds,
    bytesPerImage: bytes / batch,
  };
}

/** The number of steps each time that some are done; 0 after what is not to be timed. */
async function* passes(trainer: Trainer, mode: BenchMode): AsyncGenerator<number> {
  if (mode === 'train') {
    for await (const { kind } of trainer.train()) yield kind === 'step' ? 1 : 0;
    return;
  }
  while (true) {
    await trainer.evaluate('test');
    yield evaluationBatches;
  }
}

/** Adds up the time of steps after the warm-up, and how much of it the machine took. */
class StepClock {
  readonly machine: Machine;
  program: Program | null = null;
  steps = 0;
  milliseconds = 0;
  /** Milliseconds from calls of the machine to their answers, and in its instructions. */
  called = 0;
  computed = 0;
  private warmUp = warmUpSteps;
  private last = performance.now();
  private runs: SectionRun[] = [];

  constructor(mode: BenchMode) {
    this.machine = recordingMachine(nativeMachine, {
      opened: (program) => {
        this.program = program;
      },
      ran: (run) => {
        if (sectionsOf[mode].includes(run.section)) this.runs.push(run);
      },
    });
  }

  count(steps: number): void {
    const now = performance.now();
    if (this.warmUp <= 0 && steps > 0) {
      this.steps += steps;
      this.milliseconds += now - this.last;
      for (const { milliseconds, instructions } of this.runs) {
        this.called += milliseconds;
        this.computed += instructions.reduce((sum, time) => sum + time, 0) / 1e6;
      }
    }
    this.warmUp -= steps;
    this.runs = [];
    this.last = now;
  }
}

/** Largest resident size of this process so far, without what its parent had when it began. */
function peakMemory(): number {
  if (process.platform !== 'linux') return 1024 * process.resourceUsage().maxRSS;
  const [, kilobytes] = /VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))!;
  return 1024 * Number(kilobytes);
}
