import type { Dataset } from '../src/data/dataset.ts';
import { openDataset } from '../src/data/datasets.ts';
import { parseHead } from '../src/heads/index.ts';
import type { Machine } from '../src/machines/machine.ts';
import { parseMixing } from '../src/mixing/index.ts';
import { parseLayout } from '../src/nets/layouts.ts';
import { parseNet } from '../src/nets/networks.ts';
import type { MemoryUse } from '../src/program/plan.ts';
import type { Precision } from '../src/program/precision.ts';
import type { TestMirror } from '../src/training/evaluate.ts';
import type { EvaluateEvery } from '../src/training/evaluations.ts';
import type { Regularisers } from '../src/training/regularisers.ts';
import type { Schedule } from '../src/training/schedule.ts';
import type { TrainingState } from '../src/training/state.ts';
import {
  openTrainer,
  type Recipe,
  type Trainer,
  type TrainingEvent,
} from '../src/training/trainer.ts';
import type { Tuning } from '../src/training/tuning.ts';

export interface SmallTraining extends Partial<Recipe>, Regularisers, Tuning {
  /** A name, or data that are open already. */
  dataset?: string | Dataset;
  folder?: string;
  trainSize?: number;
  testSize?: number;
  net?: string;
  layout?: string;
  mixing?: string;
  head?: string;
  features?: number | null;
  threads?: number;
  precision?: Precision;
  memory?: MemoryUse;
  machine?: Machine;
  schedule?: Schedule;
  testMirror?: TestMirror;
  evaluateEvery?: EvaluateEvery;
}

/** A trainer as a run opens it; by default of a small net on 520 built-in digits. */
export async function digitsTrainer(choice: SmallTraining = {}): Promise<Trainer> {
  // Threads that wait for each other wait long on a machine that does other work.
  const { dataset: name = 'digits', folder, threads = 1, machine, schedule, ...options } = choice;
  const { trainSize = 520, testSize = 100, ...training } = options;
  const { net = 'resnext-8-2x4d', layout = 'preact-bn', features = null, ...learning } = training;
  const { mixing = 'shake-shake', head = 'softmax', ...rest } = learning;
  const { epochs = 2, batch = 64, learningRate = 0.1, momentum = 0.9, ...others } = rest;
  const { weightDecay = 1e-4, seed = 1, ...regularisers } = others;
  const dataset =
    typeof name === 'string' ? await openDataset(name, { folder, trainSize, testSize }) : name;
  const { channels, height, width } = dataset;
  return openTrainer({
    net: parseNet(net, { channels, height, width, layout: parseLayout(layout), features }),
    dataset,
    mixing: parseMixing(mixing),
    head: parseHead(head),
    recipe: { epochs, batch, learningRate, momentum, weightDecay, seed },
    threads,
    machine,
    schedule,
    ...regularisers,
  });
}

/** Trains on, for so many steps or to the end, and returns what the trainer told. */
export async function trainOn(
  trainer: Trainer,
  steps = Number.POSITIVE_INFINITY,
): Promise<TrainingEvent[]> {
  const events: TrainingEvent[] = [];
  let done = 0;
  for await (const event of trainer.train()) {
    events.push(event);
    if (event.kind === 'step' && ++done === steps) break;
  }
  return events;
}

/** The state of a new trainer after so many steps. */
export async function stateAfter(steps: number, choice?: SmallTraining): Promise<TrainingState> {
  const trainer = await digitsTrainer(choice);
  await trainOn(trainer, steps);
  return await trainer.state();
}

/** The names of the tensors that two states do not share bit for bit. */
export function differences(a: TrainingState, b: TrainingState): string[] {
  const names = new Set([...a.tensors.keys(), ...b.tensors.keys()]);
  return [...names].filter((name) => {
    const [one, other] = [a, b].map(({ tensors }) => tensors.get(name)?.data);
    if (!one || !other || one.length !== other.length) return true;
    return !one.every((value, index) => value === other[index]);
  });
}
