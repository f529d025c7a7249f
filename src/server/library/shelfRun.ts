import { join } from 'node:path';
import { HTTPException } from 'hono/http-exception';
import { type RunRecord, readRecord, recordName } from '../../runs/folder.ts';
import { MetricsFollower } from '../../runs/follow.ts';
import { framesPath, openFrames } from '../../runs/frames/log.ts';
import { type Halt, readHalt } from '../../runs/halts.ts';
import { isTraining } from '../../runs/holders.ts';
import { metricsPath } from '../../runs/metrics.ts';
import { readSummary, summaryName } from '../../runs/summary.ts';
import type { TrainingEvent } from '../../training/trainer.ts';
import type { Found } from './find.ts';
import { idOf } from './ids.ts';
import type { RunSummary } from './runSummary.ts';
import { advance, type Newest, standingOf, stateOf } from './standing.ts';
import { timeOf } from './times.ts';

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
export class ShelfRun {
  readonly id: string;
  readonly name: string;
  readonly folder: string;
  readonly launch: Launch | null;
  summary: RunSummary;
  /** Null where `run.json` cannot be read. */
  record: RunRecord | null = null;
  private readonly study: string | null;
  private readonly metrics: MetricsFollower;
  private newest: Newest = { step: null, epoch: null, judged: null };
  private seen = '';

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
    const [recorded, measured, framed, ended, halt, training] = await Promise.all([
      timeOf(join(this.folder, recordName)),
      timeOf(metricsPath(this.folder)),
      timeOf(framesPath(this.folder)),
      timeOf(join(this.folder, summaryName)),
      readHalt(this.folder),
      isTraining(this.folder),
    ]);
    const seen = JSON.stringify([recorded, measured, framed, ended, halt, training, this.launch]);
    if (seen === this.seen) return null;
    const first = this.seen === '';
    this.seen = seen;
    const framesBefore = this.summary.frames;
    const events = measured === null ? [] : await this.metrics.next();
    this.newest = advance(this.newest, events);
    this.summary = await this.summarise(measured, halt, training);
    return { summary: this.summary, events: first ? [] : events, framesBefore };
  }

  private async summarise(
    measured: number | null,
    halt: Halt | null,
    training: boolean,
  ): Promise<RunSummary> {
    try {
      this.record = await readRecord(this.folder);
    } catch (error) {
      this.record = null;
      return this.launch ? this.launching(this.launch) : this.broken(error as Error);
    }
    const { config, differs, startedAt } = this.record;
    const { epochs, batch } = config;
    const best = await bestOf(this.folder);
    const epoch = this.newest.epoch?.epoch ?? 0;
    const state = stateOf({ training, halt, ended: best !== null, epoch, epochs });
    const standing = standingOf(this.newest, epochs, batch);
    return {
      ...this.blank(),
      ...standing,
      ...{ config, differs, startedAt, state, best },
      problem: state === 'failed' ? (halt?.message ?? null) : null,
      secondsLeft: state === 'running' ? standing.secondsLeft : null,
      updatedAt: measured === null ? null : new Date(measured).toISOString(),
      frames: await countFrames(this.folder),
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
      ...{ id, name, study, state: 'broken', problem: null, differs: {}, frames: 0 },
      ...unknown,
      ...pace,
    };
  }
}

/** @throws HTTPException 404 where the run's record cannot be read, or is not there yet */
export function requireRecord({ record, summary: { problem } }: ShelfRun): RunRecord {
  if (record) return record;
  const reason = problem ?? 'it is only starting; wait for its first step';
  throw new HTTPException(404, { message: `the run cannot be read: ${reason}` });
}

/** How a run that chose by validation has ended; null of others, and of a damaged summary. */
async function bestOf(folder: string): Promise<RunSummary['best']> {
  const summary = await readSummary(folder).catch(() => null);
  if (!summary) return null;
  const { bestEpoch: epoch, validationError, testError } = summary;
  return { epoch, validationError, testError };
}

async function countFrames(folder: string): Promise<number> {
  const file = await openFrames(folder).catch(() => null);
  await file?.close();
  return file?.count ?? 0;
}
