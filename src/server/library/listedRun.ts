import { hostname } from 'node:os';
import { join } from 'node:path';
import { HTTPException } from 'hono/http-exception';
import { PassingError } from '../../files/retry.ts';
import { readRecord, recordName } from '../../runs/folder.ts';
import { MetricsFollower } from '../../runs/follow.ts';
import { framesPath, openFrames } from '../../runs/frames/log.ts';
import { type Halt, haltPath, readHalt } from '../../runs/halts.ts';
import { isHeld, trainingHost } from '../../runs/holders.ts';
import { labelsPath, noLabels, readLabels } from '../../runs/labels.ts';
import { type EpochEvent, metricsPath } from '../../runs/metrics.ts';
import type { RunRecord } from '../../runs/record.ts';
import { readSummary, summaryName } from '../../runs/summary.ts';
import type { TrainingEvent } from '../../training/trainer.ts';
import type { Found } from './find.ts';
import { idOf } from './ids.ts';
import type { RunSummary } from './runSummary.ts';
import { advance, type Newest, standingOf, stateOf } from './standing.ts';
import { isThere, stampOfFile, timeOfFolder } from './times.ts';

/** What a look found besides the record. */
interface Look {
  measured: number | null;
  halt: Halt | null;
  /** The host that trains it; null where none does. */
  host: string | null;
}

const settlingMilliseconds = 2000;

/** What changed in a run since the last look. */
export interface RunChange {
  summary: RunSummary;
  /** New lines of the metrics. */
  events: TrainingEvent[];
  /** How many frames there were before. */
  framesBefore: number;
}

/** A run whose process is still opening data: there is no record of it yet. */
export interface Launch {
  config: NonNullable<RunSummary['config']>;
  /** Why nothing will come of it; null while something may. */
  problem: string | null;
}

/** A run as the studio knows it: its folder, and a summary that follows what happens there. */
export class ListedRun {
  readonly id: string;
  readonly name: string;
  readonly folder: string;
  readonly launch: Launch | null;
  summary: RunSummary;
  /** Null where `run.json` cannot be read. */
  record: RunRecord | null = null;
  private readonly study: string | null;
  private readonly metrics: MetricsFollower;
  private newest: Newest = { step: null, epoch: null, judged: null, best: null };
  private seen = '';
  private files = '';
  /** Whether nothing can have happened while the files' times stand. */
  private settled = false;

  constructor({ name, folder }: Found, study: string | null, launch: Launch | null = null) {
    this.id = idOf('run', name);
    this.name = name;
    this.folder = folder;
    this.study = study;
    this.launch = launch;
    this.metrics = new MetricsFollower(folder);
    this.summary = this.blank();
  }

  /** Looks at the folder again; null where nothing happened. Never fails: a bad run is `broken`. */
  async refresh(): Promise<RunChange | null> {
    const { folder } = this;
    const measured = stampOfFile(metricsPath(folder));
    const framed = stampOfFile(framesPath(folder));
    const recorded = stampOfFile(join(folder, recordName));
    const ended = stampOfFile(join(folder, summaryName));
    const labelled = stampOfFile(labelsPath(folder));
    const stamps = [recorded, measured, framed, ended, labelled].map(
      (stamp) => stamp && [stamp.mtimeMs, stamp.size],
    );
    const changed = timeOfFolder(folder);
    const files = JSON.stringify([changed, stamps, this.launch]);
    if (files === this.files && this.settled) return null;
    const [halt, host] = await Promise.all([
      isThere(haltPath(folder)) ? readHalt(folder) : null,
      isHeld(folder) ? trainingHost(folder) : null,
    ]);
    // A folder that changed just now may change again within the same tick of the system's clock.
    this.settled = host === null && Date.now() - (changed ?? 0) > settlingMilliseconds;
    this.files = files;
    const seen = JSON.stringify([stamps, halt, host, this.launch]);
    if (seen === this.seen) return null;
    return this.follow(seen, { measured: measured?.mtimeMs ?? null, halt, host });
  }

  private async follow(seen: string, look: Look): Promise<RunChange | null> {
    const first = this.seen === '';
    const framesBefore = this.summary.frames;
    const events = look.measured === null ? [] : await this.metrics.next();
    this.newest = advance(this.newest, events);
    try {
      this.summary = await this.summarise(look);
      this.seen = seen;
    } catch (error) {
      if (!(error instanceof PassingError)) throw error;
      this.settled = false;
      return null;
    }
    return { summary: this.summary, events: first ? [] : events, framesBefore };
  }

  private async summarise({ measured, halt, host }: Look): Promise<RunSummary> {
    try {
      this.record = await readRecord(this.folder);
    } catch (error) {
      if (error instanceof PassingError) throw error;
      this.record = null;
      return this.launch ? this.launching(this.launch) : this.broken(error as Error);
    }
    const { config, differs, startedAt } = this.record;
    const { epochs, batch } = config;
    const best = await bestIn(this.folder, this.newest.best);
    const labels = await readLabels(this.folder).catch(() => noLabels);
    const epoch = this.newest.epoch?.epoch ?? 0;
    const state = stateOf({ training: host !== null, halt, ended: best !== null, epoch, epochs });
    const standing = standingOf(this.newest, epochs, batch);
    return {
      ...this.blank(),
      ...standing,
      ...{ config, differs, startedAt, state, best },
      host: host === hostname() ? null : host,
      ...labels,
      problem: state === 'failed' ? (halt?.message ?? null) : null,
      secondsLeft: state === 'running' ? standing.secondsLeft : null,
      updatedAt: measured === null ? null : new Date(measured).toISOString(),
      frames: isThere(framesPath(this.folder)) ? await countFrames(this.folder) : 0,
    };
  }

  private broken({ message }: Error): RunSummary {
    return { ...this.blank(), state: 'broken', problem: message };
  }

  private launching({ config, problem }: Launch): RunSummary {
    return { ...this.blank(), config, problem, state: problem === null ? 'starting' : 'failed' };
  }

  private blank(): RunSummary {
    const unknown = { config: null, startedAt: null, updatedAt: null, progress: null };
    const pace = {
      imagesPerSecond: null,
      secondsLeft: null,
      lastStep: null,
      lastEpoch: null,
      best: null,
    };
    const { id, name, study } = this;
    return {
      ...{ id, name, study, state: 'broken', problem: null, host: null, differs: {}, frames: 0 },
      ...unknown,
      ...noLabels,
      ...pace,
    };
  }
}

/** @throws HTTPException 404 where the run's record cannot be read, or is not there yet */
export function requireRecord({ record, summary: { problem } }: ListedRun): RunRecord {
  if (record) return record;
  const reason = problem ?? 'it is only starting; wait for its first step';
  throw new HTTPException(404, { message: `the run cannot be read: ${reason}` });
}

/** How a run that chose by validation has ended; null of others, and of a damaged summary. */
async function bestIn(folder: string, trained: EpochEvent | null): Promise<RunSummary['best']> {
  const summary = await readSummary(folder).catch(() => null);
  if (!summary) return null;
  const { bestEpoch: epoch, validationLoss, validationError, testLoss, testError } = summary;
  const { trainLoss = null, trainError = null } = trained?.epoch === epoch ? trained : {};
  return { epoch, trainLoss, trainError, validationLoss, validationError, testLoss, testError };
}

async function countFrames(folder: string): Promise<number> {
  const file = await openFrames(folder).catch(() => null);
  await file?.close();
  return file?.count ?? 0;
}
