import { mkdir, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { HTTPException } from 'hono/http-exception';
import { RequestError } from '../../errors.ts';
import { makeFolder } from '../../files/folders.ts';
import { explain } from '../../files/refusals.ts';
import { parseConfig } from '../../runs/config.ts';
import { configFields, configKeys, type RunConfig } from '../../runs/fields.ts';
import { haltBefore, haltVariable, writeHalt } from '../../runs/halts.ts';
import { StorageError, storing } from '../../runs/storing.ts';
import type { Library } from '../library/library.ts';
import type { Launch, ListedRun } from '../library/listedRun.ts';
import { isLive, type RunState } from '../library/runSummary.ts';
import type { OwnData } from '../ownData.ts';
import { type DetachedCommand, startDetached } from './child.ts';
import type { Planner } from './planner.ts';
import { SerialQueue } from './serialQueue.ts';

/** Runs that may train at the same time; more would only wait for each other. */
const mostAtOnce = 4;

/** How long an answer waits for a run to begin, whose data may take long, or to do what was asked. */
const longestWait = { begin: 15_000, obey: 60_000 };
const pollMilliseconds = 100;

/** Where runs come from, besides the folder. */
export interface LauncherOptions {
  dataFolder?: string;
  ownData?: OwnData;
}

/** Starts runs in processes of their own, and asks those of anybody to stand still. */
export class Launcher {
  private readonly library: Library;
  private readonly planner: Planner;
  private readonly options: LauncherOptions;
  /** Whoever counts those that train and then adds one does so alone. */
  private readonly queue = new SerialQueue();
  /** Those that are about to go on, each until it does. */
  private readonly resuming = new Map<string, Promise<void>>();

  constructor(library: Library, planner: Planner, options: LauncherOptions = {}) {
    this.library = library;
    this.planner = planner;
    this.options = options;
  }

  /**
   * Starts a run, and waits until it trains or the time an answer may take is over.
   *
   * @throws RequestError on a wrong config, or data that are not to be had
   * @throws HTTPException 409 where the name is taken or enough runs are under way
   */
  async start(values: Partial<RunConfig>, name?: string): Promise<ListedRun> {
    const config = parseConfig(values);
    await this.options.ownData?.learn(config);
    const net = await this.planner.describe(config);
    if (!net.valid) throw new RequestError(net.reason);
    const { run, launch, folder } = await this.queue.run(() => this.enter(config, name));
    const command = await this.train(run, flagsOf(config)).catch(async (error: Error) => {
      launch.problem = error.message;
      await rmdir(folder).catch(() => {});
      throw error;
    });
    void command.ended.then(async () => {
      launch.problem = await command.complaint();
      await rmdir(folder).catch(() => {});
    });
    const begun = (state: RunState) => state !== 'starting';
    const state = await this.waitFor(run, command, begun, longestWait.begin);
    if (state === 'failed' && launch.problem) throw new RequestError(launch.problem);
    return run;
  }

  /** @throws HTTPException 409 where the run does not stand still, or cannot go on */
  async resume(run: ListedRun): Promise<void> {
    const { going } = await this.queue.run(async () => {
      await this.checkRoom();
      this.allow(run, 'resume', ['paused', 'stopped', 'interrupted', 'failed']);
      const going = this.goOn(run).finally(() => this.resuming.delete(run.id));
      this.resuming.set(run.id, going);
      return { going };
    });
    await going;
  }

  private async goOn(run: ListedRun): Promise<void> {
    const before = run.summary.state;
    const halted = { [haltVariable]: await haltBefore(run.folder) };
    const command = await this.train(run, ['--resume'], halted);
    const state = await this.waitFor(run, command, (state) => state !== before);
    if (state === before && command.child.exitCode) {
      throw new HTTPException(409, { message: await command.complaint() });
    }
  }

  /** Written before a run that was asked to go on has done so, a halt would be taken for its last. */
  private async halt(run: ListedRun, action: 'pause' | 'stop', states: RunState[]): Promise<void> {
    await this.queue.run(async () => {});
    await this.resuming.get(run.id)?.catch(() => {});
    this.allow(run, action, states);
    await writeHalt(run.folder, action === 'pause' ? 'paused' : 'stopped');
    await this.waitFor(run, null, (state) => state !== 'running');
  }

  /** Gives a new run its place among those that train, its folder and its row in the list. */
  private async enter(config: RunConfig, name?: string) {
    await this.checkRoom();
    const chosen = await this.reserve(name ?? nameFor(config), name !== undefined);
    const folder = join(this.library.root, chosen);
    const launch: Launch = { config, problem: null };
    return { folder, launch, run: this.library.expect({ name: chosen, folder }, launch) };
  }

  /** @throws HTTPException 409 where the run does not train */
  async pause(run: ListedRun): Promise<void> {
    await this.halt(run, 'pause', ['running']);
  }

  /** @throws HTTPException 409 where the run has ended for good */
  async stop(run: ListedRun): Promise<void> {
    await this.halt(run, 'stop', ['running', 'paused', 'interrupted', 'failed']);
  }

  private train(
    run: ListedRun,
    flags: string[],
    variables?: Record<string, string>,
  ): Promise<DetachedCommand> {
    const { dataFolder } = this.options;
    const data = dataFolder === undefined ? [] : [`--data=${dataFolder}`];
    const log = join(this.library.root, '.studio', `${run.id}.log`);
    const words = ['train', `--out=${run.folder}`, '--frames=auto', ...data, ...flags];
    return startDetached(words, log, variables);
  }

  private async waitFor(
    run: ListedRun,
    command: DetachedCommand | null,
    settled: (state: RunState) => boolean,
    milliseconds = longestWait.obey,
  ): Promise<RunState> {
    const until = performance.now() + milliseconds;
    const gaveUp = () => command !== null && command.child.exitCode !== null;
    do {
      await sleep(pollMilliseconds);
      const ended = gaveUp();
      await this.library.refresh();
      if (ended) break;
    } while (!settled(run.summary.state) && performance.now() < until);
    return run.summary.state;
  }

  private allow({ id, summary: { state } }: ListedRun, action: string, states: RunState[]): void {
    if (states.includes(state) && !(action === 'resume' && this.resuming.has(id))) return;
    const rule = `only what is ${states.join(', ')} can be asked to`;
    throw new HTTPException(409, { message: `${action}: the run is ${state}; ${rule}` });
  }

  private async checkRoom(): Promise<void> {
    await this.library.refresh();
    const busy = this.library
      .list()
      .filter(({ id, state }) => isLive(state) || this.resuming.has(id)).length;
    if (busy < mostAtOnce) return;
    const remedy = 'pause or stop one first';
    throw new HTTPException(409, { message: `${busy} runs are under way already; ${remedy}` });
  }

  /** Makes the folder of a new run; a name that nobody chose gets a number where it is taken. */
  private async reserve(name: string, chosen: boolean): Promise<string> {
    const { root } = this.library;
    await storing(root, () => makeFolder(root));
    for (let number = 1; ; number++) {
      const candidate = number === 1 ? name : `${name}-${number}`;
      try {
        await mkdir(join(root, candidate));
        return candidate;
      } catch (error) {
        const refusal = error as NodeJS.ErrnoException;
        if (refusal.code !== 'EEXIST') {
          throw new StorageError(`${join(root, candidate)}: ${explain(refusal)}`);
        }
        if (chosen) throw new HTTPException(409, { message: `${name}: the name is taken` });
      }
    }
  }
}

/** The flags that say a config; written as one word each, no value can pass for a flag. */
function flagsOf(config: RunConfig): string[] {
  const said = configKeys.filter((key) => config[key] !== null);
  return said.map((key) => `--${configFields[key].flag}=${config[key]}`);
}

/** `preact-bn.shake-shake.digits.seed1` */
function nameFor({ layout, mixing, dataset, seed }: RunConfig): string {
  const words = [layout, mixing, dataset, `seed${seed}`];
  return words.map((word) => word.replace(/[^A-Za-z0-9.-]+/g, '-')).join('.');
}
