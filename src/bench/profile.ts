import { median } from 'simple-statistics';
import type { ImageKind } from '../data/dataset.ts';
import { imagesOf } from '../data/datasets.ts';
import { parseHead } from '../heads/index.ts';
import { lowerNative } from '../machines/native/lower.ts';
import { type MachineLimits, measureLimits, nativeMachine } from '../machines/native/native.ts';
import { costOf } from '../machines/native/rules.ts';
import { parseMixing } from '../mixing/index.ts';
import { parseLayout } from '../nets/layouts.ts';
import { parseNet } from '../nets/networks.ts';
import { type SectionName, sectionNames } from '../program/instructions.ts';
import type { MemoryUse } from '../program/plan.ts';
import type { Program } from '../program/program.ts';
import type { RunConfig } from '../runs/fields.ts';
import { openTrainer } from '../training/trainer.ts';
import { randomDataset } from './randomData.ts';
import { recordingMachine, type SectionRun } from './recorder.ts';
import {
  type OpcodeTotal,
  opcodeTotals,
  type Pass,
  type ProfiledInstruction,
  timedInstructions,
  type Work,
} from './timedWork.ts';

/** A program timed instruction by instruction; the longest opcodes of a pass come first. */
export interface Profile {
  machine: string;
  threads: number;
  batch: number;
  limits: MachineLimits;
  instructions: ProfiledInstruction[];
  totals: OpcodeTotal[];
}

export interface ProfileOptions {
  threads: number;
  /** As usual when left out. */
  memory?: MemoryUse;
  /** How often each pass is run; its instructions' median times count. */
  repeats?: number;
  /** What the net gets to see; to be given for a folder of one's own. */
  images?: ImageKind;
}

const passes: Record<SectionName, Pass> = {
  forward: 'step',
  backward: 'step',
  update: 'step',
  evaluate: 'evaluation',
};
const warmUps = 2;

/** Times the program of a config's net on random images, training steps and evaluations. */
export async function profileRun(
  config: RunConfig,
  { threads, memory, repeats = 9, images = imagesOf(config.dataset) }: ProfileOptions,
): Promise<Profile> {
  const limits = measureLimits(threads);
  const recorded = await record(config, images, { threads, memory }, repeats + warmUps);
  const work = timeInstructions(recorded, config.batch);
  const instructions = timedInstructions(work, limits);
  const machine = `native ${limits.isa}`;
  const totals = opcodeTotals(work, limits);
  return { machine, threads, batch: config.batch, limits, instructions, totals };
}

interface Recorded {
  program: Program;
  runs: SectionRun[];
}

/** Trains and evaluates full batches so many times. */
async function record(
  config: RunConfig,
  kind: ImageKind,
  how: Pick<ProfileOptions, 'threads' | 'memory'>,
  times: number,
): Promise<Recorded> {
  const { channels, height, width } = kind;
  const recorded: Partial<Recorded> & Pick<Recorded, 'runs'> = { runs: [] };
  const machine = recordingMachine(nativeMachine, {
    opened: (program) => {
      recorded.program = program;
    },
    ran: (run) => recorded.runs.push(run),
  });
  const { batch, learningRate, momentum, weightDecay, seed, precision } = config;
  const layout = parseLayout(config.layout);
  const trainer = await openTrainer({
    net: parseNet(config.net, { channels, height, width, layout, features: config.features }),
    dataset: randomDataset(kind, times * batch, times * batch),
    mixing: parseMixing(config.mixing),
    head: parseHead(config.head),
    recipe: { epochs: 1, batch, learningRate, momentum, weightDecay, seed },
    augment: config.augment === 'auto' ? kind.augmentation : config.augment,
    precision,
    ...how,
    machine,
  });
  for await (const event of trainer.train()) void event;
  trainer.close();
  return recorded as Recorded;
}

function timeInstructions({ program, runs }: Recorded, batch: number): Work[] {
  const { sections } = lowerNative(program);
  return sectionNames.flatMap((section) => {
    const own = runs.filter((run) => run.section === section).slice(warmUps);
    return sections[section].map((instruction, index) => ({
      pass: passes[section],
      section,
      index,
      instruction,
      nanoseconds: median(own.map((run) => run.instructions[index])),
      ...costOf(instruction, batch),
    }));
  });
}
