// A studio under hostile requests and readers that do not read, for minutes. `npm run soak -- --help`
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Command } from 'commander';
import { Asker, askFor } from './soak/asker.ts';
import { fillFolder, growRuns } from './soak/folders.ts';
import { hostileRequest, polite } from './soak/requests.ts';
import { StudioProcess } from './soak/studioProcess.ts';

interface Flags {
  minutes: number;
  runs: number;
  streams: number;
  calm: boolean;
}

const mib = (bytes: number) => `${(bytes / 2 ** 20).toFixed(0)} MiB`;

const program = new Command('soak')
  .description('a studio under hostile requests and event streams that nobody reads')
  .option('--minutes <number>', 'how long', Number, 5)
  .option('--runs <count>', 'folders of runs', Number, 300)
  .option('--streams <count>', 'event streams that nobody reads', Number, 50)
  .option('--calm', 'ask for nothing: what being watched costs', false)
  .action(async (flags: Flags) => {
    const folder = await mkdtemp(join(tmpdir(), 'soak-'));
    try {
      process.exitCode = (await soak(join(folder, 'runs'), flags)) ? 0 : 1;
    } finally {
      await rm(folder, { recursive: true, maxRetries: 5 });
    }
  });
await program.parseAsync();

/** @returns whether nothing failed */
async function soak(folder: string, { minutes, runs, streams, calm }: Flags): Promise<boolean> {
  await fillFolder(folder, runs);
  const studio = await StudioProcess.open(folder);
  try {
    const ids = await settle(studio);
    console.log(`${ids.length} runs, ${streams} unread streams, ${minutes} minutes`);
    console.log(`${availableParallelism()} processors, load ${loadavg()[0].toFixed(2)}\n`);
    const leave = await studio.stream(streams);
    const asker = new Asker(studio);
    const until = performance.now() + minutes * 60_000;
    const begin = studio.usage();
    const watching = studio.follow(until);
    const work = calm ? [] : [torment(asker, ids, until), growRuns(folder, until)];
    await Promise.all([watching, ...work]);
    const share = studio.shareSince(begin);
    leave();
    await asker.ask({ kind: 'polite', path: '/api/session' });
    const ended = await studio.close();
    return told(studio, asker, { share, ended });
  } finally {
    await studio.close();
  }
}

/** Has everything listed twice, so that what is measured is not the first reading. */
async function settle(studio: StudioProcess): Promise<string[]> {
  const list = () => askFor<{ id: string }[]>(studio, '/api/runs');
  await list();
  await sleep(3000);
  return (await list()).map(({ id }) => id);
}

/** Twenty hostile requests a second, fifty hostile nets at once every minute, ten polite ones. */
async function torment(asker: Asker, ids: readonly string[], until: number): Promise<void> {
  const repeat = async (milliseconds: number, ask: (count: number) => unknown) => {
    for (let count = 0; performance.now() < until; count++) {
      ask(count);
      await sleep(milliseconds);
    }
  };
  const nets = {
    kind: 'net',
    path: '/api/describe',
    excused: ['TimeoutError'],
  } as const;
  const config = { net: 'resnext-80-64x4d', layout: `${'bn '.repeat(100)}conv conv` };
  await Promise.all([
    repeat(100, (count) => asker.ask(polite(ids, count))),
    repeat(50, (count) => asker.ask(hostileRequest(ids, count))),
    repeat(60_000, () => {
      for (let net = 0; net < 50; net++) asker.ask({ ...nets, body: { config } });
    }),
  ]);
  await asker.done();
}

interface Ending {
  /** Of a processor, that was used. */
  share: number;
  /** What is wrong with how the studio ended. */
  ended: string | null;
}

/** Prints what was seen. @returns whether it is as it should be */
function told(studio: StudioProcess, asker: Asker, { share, ended }: Ending): boolean {
  const { start, most, end, growth } = studio.memory();
  const crowding = loadavg()[1] / availableParallelism();
  const failures = [...asker.failures(crowding), growth, ended].filter(
    (failure) => failure !== null,
  );
  for (const line of asker.lines()) console.log(line);
  console.log(`memory: ${mib(start)} at first, ${mib(most)} at most, ${mib(end)} at last`);
  console.log(`processor: ${(100 * share).toFixed(1)} % of one; load ${loadavg()[0].toFixed(2)}`);
  for (const failure of failures) console.log(`FAILED: ${failure}`);
  if (failures.length === 0) console.log('nothing failed');
  return failures.length === 0;
}
