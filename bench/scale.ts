// How long a study of many runs takes to plan, to tell of and to report, on folders of runs that nobody
// trained. `npm run scale -- --help`
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { statusText } from '../src/cli/status.ts';
import type { Scheduler } from '../src/jobs/scheduler.ts';
import { slurm } from '../src/jobs/slurm/slurm.ts';
import { statusOf } from '../src/jobs/status.ts';
import { submitStudy } from '../src/jobs/submitStudy.ts';
import { randomStream } from '../src/random/index.ts';
import { metricsPath } from '../src/runs/metrics.ts';
import { cifar10Study } from '../src/studies/cifar10/cifar10.ts';
import { readPlan } from '../src/studies/plan.ts';
import { writeReport } from '../src/studies/report/write.ts';
import { runFolder, type StudyRun } from '../src/studies/study.ts';
import { byteSize } from '../src/text/text.ts';
import { leaveRun } from '../testkit/fakeRunTrainer.ts';
import { stubDataset } from '../testkit/fakeStudy.ts';

interface Flags {
  runs: number;
  epochs: number;
  lines: number;
}

const program = new Command('scale')
  .description('plan, status and report of a study of many runs')
  .option('--runs <count>', 'runs, of eight models', Number, 10_000)
  .option('--epochs <count>', 'epochs of each', Number, 30)
  .option('--lines <count>', 'lines of steps that each epoch leaves', Number, 5)
  .action(async (flags: Flags) => {
    const out = await mkdtemp(join(tmpdir(), 'scale-'));
    try {
      await measure(out, flags);
    } finally {
      await rm(out, { recursive: true });
    }
  });

/** Rows of the study. */
const models = 8;

async function measure(out: string, flags: Flags): Promise<void> {
  console.log(`${flags.runs} runs of ${flags.epochs} epochs, load ${loadavg()[0].toFixed(1)}`);
  const seeds = Math.ceil(flags.runs / models);
  const options = { epochs: flags.epochs, rows: 'all', out, seeds };
  const dataset = stubDataset('cifar10', 'CIFAR-10');
  const study = { ...cifar10Study, open: async <S>(settings: S) => ({ settings, dataset }) };
  const idle: Scheduler = { ...slurm, queued: async () => [], awaited: async () => [], submit };
  const dispatch = { scheduler: idle, resources: { cpus: 2 }, work: [] };
  const submitted = () => drain(submitStudy(study, options, dispatch));
  await told('plan and submit', submitted);
  const { runs } = await readPlan(out);
  console.log(`study.json: ${byteSize((await stat(join(out, 'study.json'))).size)}`);
  await told('(leaving the runs)', () => leaveRuns(out, runs, flags));
  const status = await told('status', () => statusOf(out));
  console.log(statusText(status, false, Date.now()).split('\n').slice(0, 2).join('\n'));
  await told('submit again', submitted);
  await told('report', () => writeReport(study, out));
  for (const name of ['summary.json', 'report.html']) {
    console.log(`${name}: ${byteSize((await stat(join(out, name))).size)}`);
  }
  console.log(`${byteSize(1024 * process.resourceUsage().maxRSS)} of memory at most`);
}

/** A scheduler that starts nothing. */
const submit: Scheduler['submit'] = async () => ({ jobs: [{ id: '1', first: 0 }], closing: '2' });

async function drain(events: AsyncGenerator<unknown>): Promise<void> {
  for await (const _ of events);
}

/** Runs that are trained, as far as reports can tell. */
async function leaveRuns(out: string, runs: readonly StudyRun[], flags: Flags): Promise<void> {
  const data = { title: 'CIFAR-10', source: '/data', train: 50_000, test: 10_000 };
  for (const [index, run] of runs.entries()) {
    const folder = runFolder(out, run);
    const stream = randomStream(index, 'scale');
    const epochs = Array.from({ length: flags.epochs }, (_, k) =>
      epochOf(k + 1, index, stream.uniform()),
    );
    await leaveRun(folder, run.config, data, epochs);
    const lines = epochs.map(
      (epoch) => stepLine(epoch).repeat(flags.lines) + JSON.stringify(epoch),
    );
    await writeFile(metricsPath(folder), `${lines.join('\n')}\n`);
  }
}

function epochOf(epoch: number, index: number, noise: number) {
  const error = 90 / epoch + (index % models) + noise;
  const losses = {
    trainLoss: error / 30,
    trainError: error,
    testLoss: error / 30,
    testError: error,
  };
  return {
    kind: 'epoch' as const,
    epoch,
    step: 400 * epoch,
    ...losses,
    imagesPerSecond: 900,
    seconds: 60,
  };
}

const stepLine = ({ epoch, step }: { epoch: number; step: number }): string =>
  `${JSON.stringify({
    ...{ kind: 'step', step: step - 20, steps: 12_000, epoch, loss: 1, error: 50 },
    ...{ learningRate: 0.1, imagesPerSecond: 900 },
  })}\n`;

/** Tells how long work takes, by the clock and of this process alone. */
async function told<T>(what: string, work: () => Promise<T>): Promise<T> {
  const [start, before] = [performance.now(), process.cpuUsage()];
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(
    `${what.padEnd(20)} ${seconds} s, ${((user + system) / 1e6).toFixed(1)} s of processors`,
  );
  return result;
}

await program.parseAsync();
