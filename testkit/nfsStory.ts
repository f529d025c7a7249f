// What two hosts see of one folder, told as a line of JSON; `nfs.sh` runs it where there is NFS.
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { retried } from '../src/files/retry.ts';
import { writeWhole } from '../src/runs/atomic.ts';
import { readHalt, writeHalt } from '../src/runs/halts.ts';
import { startContender } from './leaseProcess.ts';

const [a, b] = ['/mnt/a', '/mnt/b'];

/** How many of two hosts held each of some folders that both claimed at once. */
async function contested(rounds: number): Promise<number[]> {
  const contenders = ['hosta', 'hostb'].map((host) => startContender(host, 6));
  try {
    const holders: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const claims = contenders.map(({ claim }, at) => claim(join([a, b][at], `claim${round}`)));
      const answers = await Promise.all(claims);
      holders.push(answers.filter((answer) => answer === 'held').length);
    }
    return holders;
  } finally {
    for (const { child } of contenders) child.kill('SIGKILL');
  }
}

/** Reads at one host what the other replaces all the time, and often: by itself, and with patience. */
async function replaced(times: number) {
  const name = 'replaced.json';
  const content = (round: number) => `${JSON.stringify({ round, text: 'x'.repeat(20_000) })}\n`;
  await writeWhole(join(a, name), content(0));
  await retried(() => readFile(join(b, name)), true);
  let writing = true;
  const counts = { reads: 0, refused: 0, retried: 0, failed: 0, torn: 0 };
  const read = async () => {
    while (writing) {
      await readFile(join(b, name)).catch(() => counts.refused++);
      counts.reads++;
      const text = await retried(() => readFile(join(b, name), 'utf8')).catch(() => null);
      counts.retried++;
      if (text === null) counts.failed++;
      else if (!text.endsWith('}\n') || JSON.parse(text).text.length !== 20_000) counts.torn++;
    }
  };
  const reading = read();
  for (let round = 1; round <= times || counts.retried < times; round++)
    await writeWhole(join(a, name), content(round));
  writing = false;
  await reading;
  return counts;
}

/** Seconds until one host sees what the other has made, where it has just seen that there is nothing. */
async function seenAfter(
  make: () => Promise<unknown>,
  seen: () => Promise<boolean>,
): Promise<number> {
  await seen();
  await make();
  const start = performance.now();
  while (!(await seen()) && performance.now() - start < 90_000) await sleep(100);
  return (performance.now() - start) / 1000;
}

/** Says beside the result what comes next: all of it takes minutes. */
const tell = (text: string): boolean => process.stderr.write(`${text}\n`);

tell('claims');
const holders = await contested(4);
tell('files that are replaced');
const replacements = await replaced(40);
tell('files that are made');
await mkdir(join(a, 'run'));
const made = join('run', 'made.txt');
const fileSeconds = await seenAfter(
  () => writeWhole(join(a, made), 'made'),
  async () => existsSync(join(b, made)) && readFileSync(join(b, made), 'utf8') === 'made',
);
const haltSeconds = await seenAfter(
  () => writeHalt(join(a, 'run'), 'stopped'),
  async () => (await readHalt(join(b, 'run'))) !== null,
);
const told = { holders, replaced: replacements, fileSeconds, haltSeconds };
process.stdout.write(`\n${JSON.stringify(told)}\n`);
process.exit(0);
