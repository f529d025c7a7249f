import { join } from 'node:path';
import { z } from 'zod';
import { RequestError } from '../errors.ts';
import { textIfThere } from '../files/ifThere.ts';
import { mostBytes } from '../files/read.ts';
import type { TrainingEvent } from '../training/trainer.ts';
import { openBehind } from './appending.ts';
import { storing } from './storing.ts';

/** Where a run's metrics are. */
export const metricsPath = (folder: string): string => join(folder, 'metrics.jsonl');

/** A line is kept of every epoch and of every so many steps. */
const stepsPerLine = 20;

/** A training event of the kind that `metrics.jsonl` keeps for every epoch. */
export type EpochEvent = Extract<TrainingEvent, { kind: 'epoch' }>;

/** The open, append-only `metrics.jsonl` of a run. */
export interface MetricsLog {
  /** Appends the event, if it is of those that are kept. @throws StorageError */
  append(event: TrainingEvent): Promise<void>;
  /** Makes everything appended durable. @throws StorageError */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens a run's metrics for going on after `step`: lines of later steps, and a line that a kill
 * cut short, are dropped, so that the resumed run writes them again.
 *
 * @param check is asked before each line whether this process may still write; it throws if not
 * @throws RequestError naming a line that is damaged
 * @throws StorageError where the system refuses
 */
export async function openMetrics(
  folder: string,
  step: number,
  check: () => Promise<void> = async () => {},
): Promise<MetricsLog> {
  const path = metricsPath(folder);
  const length = lengthUpTo(await textOf(path), step, path);
  const file = await openBehind(path, length);
  return {
    async append(event) {
      if (!isKept(event)) return;
      await check();
      await storing(path, () => file.appendFile(`${JSON.stringify(event)}\n`));
    },
    sync: () => storing(path, () => file.datasync()),
    close: () => file.close(),
  };
}

/**
 * The whole lines of a run's metrics, in order; none where the run has no metrics yet. Of lines that
 * tell the same step or epoch, which two writers may have left, the last one counts.
 *
 * @throws RequestError naming a line that is damaged
 */
export async function readMetrics(folder: string): Promise<TrainingEvent[]> {
  const path = metricsPath(folder);
  return withoutRepeats(parseMetrics(await textOf(path), path));
}

/** Events in the order of their steps, of each step and epoch the one that was told last. */
export function withoutRepeats(events: readonly TrainingEvent[]): TrainingEvent[] {
  const last = new Map(events.map((event) => [`${event.kind} ${event.step}`, event]));
  return [...last.values()].sort((a, b) => a.step - b.step || (a.kind === 'step' ? -1 : 1));
}

const textOf = async (path: string): Promise<string> =>
  (await textIfThere(path, mostBytes.metrics)) ?? '';

/**
 * Parses the text of a `metrics.jsonl`; what stands after its last line break is still being
 * written, or was cut short by a kill, and is passed over.
 *
 * @throws RequestError naming a line that is damaged
 */
export function parseMetrics(text: string, path: string): TrainingEvent[] {
  return linesOf(text).map((line, index) => parseLine(line, `${path}, line ${index + 1}`));
}

/** The epochs of a run so far, in order. */
export async function readEpochs(folder: string): Promise<EpochEvent[]> {
  const events = await readMetrics(folder);
  return events.filter((event): event is EpochEvent => event.kind === 'epoch');
}

const isKept = (event: TrainingEvent): boolean =>
  event.kind === 'epoch' || event.step % stepsPerLine === 0;

const linesOf = (text: string): string[] =>
  text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .slice(0, -1);

/** JSON writes a number that is not finite, such as the loss of a net that ran away, as null. */
export const measure = z.union([z.number(), z.null().transform(() => Number.NaN)]);
const count = z.int().min(0);

/** The schema of a line that tells of an epoch. */
export const epochSchema = z.looseObject({
  ...{ kind: z.literal('epoch'), epoch: count, step: count },
  ...{ trainLoss: measure, trainError: measure },
  ...{ validationLoss: measure.optional(), validationError: measure.optional() },
  ...{ testLoss: measure.optional(), testError: measure.optional() },
  ...{ imagesPerSecond: measure, seconds: measure },
}) satisfies z.ZodType<EpochEvent>;

/** The schema of a line. */
export const eventSchema = z.discriminatedUnion('kind', [
  z.looseObject({
    ...{ kind: z.literal('step'), step: count, steps: count, epoch: count },
    ...{ loss: measure, error: measure, learningRate: measure, imagesPerSecond: measure },
  }),
  epochSchema,
]) satisfies z.ZodType<TrainingEvent>;

function parseLine(line: string, place: string): TrainingEvent {
  try {
    return eventSchema.parse(JSON.parse(line));
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message;
    throw new RequestError(
      `${place}: the line is damaged; put a copy back, or delete it\n${reason}`,
    );
  }
}

function lengthUpTo(text: string, step: number, path: string): number {
  const later = parseMetrics(text, path).findIndex((event) => event.step > step);
  const kept = linesOf(text).slice(0, later < 0 ? undefined : later);
  return kept.reduce((length, line) => length + Buffer.byteLength(line) + 1, 0);
}
