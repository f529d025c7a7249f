import type { Dataset } from '../../data/dataset.ts';
import type { MemoryUse } from '../../program/plan.ts';
import { describeRun } from '../../runs/describe.ts';
import type { StudyRun } from '../study.ts';

/** Of a process that trains, without net and data. */
const processBytes = 150e6;
/** Some memory stays for what else the machine does, and for what is not counted. */
const usableShare = 0.8;

/** Bytes that the largest of some runs takes while it trains in a process of its own. */
export function trainingBytes(
  runs: readonly StudyRun[],
  dataset: Dataset,
  memory?: MemoryUse,
): number {
  const arenas = new Map<string, number>();
  for (const { config } of runs) {
    const { net, layout, mixing, head, features, batch, precision } = config;
    const key = [net, layout, mixing, head, features, batch, precision].join(' ');
    if (!arenas.has(key)) arenas.set(key, describeRun(config, dataset, memory).arenaBytes);
  }
  return processBytes + dataBytes(dataset) + Math.max(...arenas.values());
}

/** The images, which the machine has a copy of. */
const dataBytes = ({ train, test, validation }: Dataset): number =>
  2 *
  [train, test, ...(validation ? [validation] : [])].reduce(
    (sum, { images }) => sum + images.byteLength,
    0,
  );

/** How many runs of so many bytes fit into the memory that can be taken; one at the least is tried. */
export const fittingRuns = (bytes: number, available: number): number =>
  Math.max(1, Math.floor((usableShare * available) / bytes));
