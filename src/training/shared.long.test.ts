import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { execPath } from 'node:process';
import { expect, it, onTestFinished } from 'vitest';
import { differences, digitsTrainer, trainOn } from '../../testkit/digitsTrainer.ts';

/** The state after so many steps by so many threads, and the seconds that they took. */
async function trained(threads: number) {
  const trainer = await digitsTrainer({ net: 'resnext-20-2x4d', batch: 16, threads });
  const started = performance.now();
  await trainOn(trainer, 24);
  const seconds = (performance.now() - started) / 1000;
  const state = await trainer.state();
  trainer.close();
  return { state, seconds };
}

it('threads whose processors others want lose little to one alone, with the same bits', {
  retry: 2,
}, async () => {
  const busy = Array.from({ length: availableParallelism() }, () =>
    spawn(execPath, ['-e', 'for (;;);']),
  );
  onTestFinished(() => busy.forEach((child) => void child.kill()));
  const one = await trained(1);
  const team = await trained(Math.max(2, availableParallelism()));
  expect(differences(one.state, team.state)).toEqual([]);
  expect(team.seconds, 'it was twelve times as long').toBeLessThan(10 * one.seconds + 2);
});
