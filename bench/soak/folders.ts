import { execFileSync } from 'node:child_process';
import { appendFile, mkdir, open, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fakeRun } from '../../testkit/fakeRuns.ts';

/** Runs of so many folders are written to all the time. */
const growing = 20;

/** Folders of runs, every tenth of them with something in it that lies. */
export async function fillFolder(root: string, runs: number): Promise<void> {
  await mkdir(root, { recursive: true });
  for (let seed = 0; seed < runs; seed++) {
    const folder = join(root, `run-${seed}`);
    await fakeRun(folder, { seed, done: 5 });
    if (seed >= growing && seed % 10 === 0) await lies[(seed / 10) % lies.length](folder);
  }
}

/** A file of 4 GB that takes no room. */
async function hollow(folder: string, name: string): Promise<void> {
  const file = await open(join(folder, name), 'w');
  await file.truncate(4e9);
  await file.close();
}

const linked = async (folder: string, name: string, to: string): Promise<void> => {
  await rm(join(folder, name), { force: true });
  await symlink(to, join(folder, name));
};

const lies: readonly ((folder: string) => Promise<unknown>)[] = [
  (folder) => hollow(folder, 'frames.bin'),
  (folder) => hollow(folder, 'metrics.jsonl'),
  (folder) => hollow(folder, 'run.json'),
  (folder) => hollow(folder, 'halt.json'),
  (folder) => hollow(folder, 'training.lock'),
  (folder) => linked(folder, 'metrics.jsonl', '/etc/passwd'),
  (folder) => linked(folder, 'frames.bin', '/dev/zero'),
  (folder) => linked(folder, 'report.html', '/etc/passwd'),
  async (folder) => execFileSync('mkfifo', [join(folder, 'frames.bin')]),
  (folder) => mkdir(join(folder, 'summary.json')),
];

/** Appends to the metrics of some runs, so that every stream has much to tell. */
export async function growRuns(root: string, until: number): Promise<void> {
  for (let step = 100; performance.now() < until; step++) {
    const told = { kind: 'step', step, steps: 1e6, epoch: 6, loss: 1, error: 50 };
    const line = JSON.stringify({ ...told, learningRate: 0.1, imagesPerSecond: 500 });
    for (let run = 0; run < growing; run++) {
      await appendFile(join(root, `run-${run}`, 'metrics.jsonl'), `${line}\n`);
    }
    await sleep(250);
  }
}
