import { setTimeout as sleep } from 'node:timers/promises';
import { ownPlace } from '../src/processes/place.ts';
import { claimFolder, type Lease, SupersededError } from '../src/runs/lease.ts';

/**
 * A process that claims folders when it is told to, for `leaseProcess.ts`, and holds each until it is
 * told another. In one that it holds it writes nothing, but asks every few milliseconds whether it may.
 */
const host = process.argv[2] || undefined;
const silenceSeconds = Number(process.argv[3]);
const here = { ...ownPlace(), ...(host && { host }) };
let held: Lease | undefined;

const tell = (answer: string): void => void process.send!(answer);

async function claim(folder: string): Promise<Lease | undefined> {
  const claiming = claimFolder(folder, { silenceSeconds, here });
  for (;;) {
    const { done, value } = await claiming.next();
    if (done) return value;
  }
}

process.on('message', async (folder: string) => {
  await held?.release();
  held = undefined;
  try {
    held = await claim(folder);
    tell('held');
  } catch (error) {
    tell((error as Error).message);
  }
});

for (;;) {
  await sleep(20);
  try {
    await held?.check();
  } catch (error) {
    if (!(error instanceof SupersededError)) throw error;
    held = undefined;
    tell(error.message);
  }
}
