import type { RunConfig } from '../src/runs/fields.ts';
import type { EpochEvent } from '../src/runs/metrics.ts';
import { cifar10Study } from '../src/studies/cifar10/cifar10.ts';
import type { Cifar10Summary } from '../src/studies/cifar10/summary.ts';
import type { StudyEvent } from '../src/studies/events.ts';
import { trainInTurn } from '../src/studies/executor.ts';
import { planOf, type StudyPlan, writePlan } from '../src/studies/plan.ts';
import { runStudy } from '../src/studies/runStudy.ts';
import { runFolder, type StudyRun } from '../src/studies/study.ts';
import { fakeRunTrainer, leaveRun } from './fakeRunTrainer.ts';
import { stubDataset } from './fakeStudy.ts';

/** Test errors in percent of the last epoch, by model; they behave as the paper says. */
const invented: Record<string, number> = {
  'preact-bn.shake-shake': 15,
  'bn-shake.shake-shake': 22,
  'preact.shake-shake': 48,
  'relu-preact.shake-shake': 15.05,
  'preact-bn.even': 24,
  'relu-preact.even': 26,
  'preact.even': 25,
  'bn-shake.even': 27,
};

const steps = 20;
const data = { title: 'CIFAR-10', source: '/data/cifar10', train: 50_000, test: 10_000 };

/** What is asked of an invented study. */
export interface FakeCifar10Options {
  rows?: string;
  seeds?: number;
  epochs?: number;
}

/** The study on data that are not there. */
const fakeCifar10: typeof cifar10Study = {
  ...cifar10Study,
  title: 'A table of invented numbers',
  about: 'Eight networks that were never trained, behaving as the paper says.',
  async open(settings) {
    const dataset = stubDataset('cifar10', 'CIFAR-10');
    const train = { ...dataset.train, count: data.train };
    return { settings, dataset: { ...dataset, train, test: { ...train, count: data.test } } };
  },
};

/** Runs the study; nothing is trained, but every run leaves its folder. */
export function runFakeCifar10(
  out: string,
  { rows = 'all', seeds = 3, epochs = 3 }: FakeCifar10Options = {},
  interruptAt = '',
): AsyncGenerator<StudyEvent<Cifar10Summary>> {
  const goesOn = (name: string) => name !== interruptAt;
  const trainer = fakeRunTrainer({ data, epochsOf, goesOn });
  const options = { rows, seeds, epochs, out, threads: 2 };
  return runStudy(fakeCifar10, options, trainInTurn(trainer, cifar10Study));
}

/** The plan of the study of some rows over so many seeds. */
export async function fakeCifar10Plan({
  rows = 'all',
  seeds = 3,
}: FakeCifar10Options = {}): Promise<StudyPlan> {
  const study = fakeCifar10;
  const options = { rows, seeds, epochs: 3 };
  const { settings, dataset } = await study.open!(await study.settle(options), options);
  const command = 'npx shakelab study cifar10 --epochs 3 --out runs/study-cifar10';
  return planOf({ study, dataset, settings, command, threads: 2 }, study.runs(settings, []));
}

/** Leaves the folder of a study of which the first few runs are trained. */
export async function leaveCifar10(out: string, plan: StudyPlan, trained: number): Promise<void> {
  await writePlan(out, plan);
  const leave = (run: StudyRun) =>
    leaveRun(runFolder(out, run), run.config, data, epochsOf(run.config));
  await Promise.all(plan.runs.slice(0, trained).map(leave));
}

function epochsOf({ layout, mixing, seed }: RunConfig): EpochEvent[] {
  const name = `${layout}.${mixing}`;
  const own = Math.sin(seed * (1 + Object.keys(invented).indexOf(name)));
  const spread = [0, -0.15, 0.15][seed % 3] + 0.02 * own;
  return [1.8, 1.2, 1].map((factor, index) => {
    const testError = Number((factor * (invented[name] + spread)).toFixed(2));
    const losses = { trainLoss: testError / 30, testLoss: testError / 31 };
    const epoch = { epoch: index + 1, step: steps * (index + 1), trainError: 1.1 * testError };
    return { kind: 'epoch', ...epoch, ...losses, testError, imagesPerSecond: 500, seconds: 100 };
  });
}
