import { median } from 'simple-statistics';
import type { MachineLimits } from '../machines/native/native.ts';
import { type BenchCase, operationsOf } from './cases.ts';
import type { Load } from './load.ts';
import type { Measurement } from './measure.ts';
import { ratioOf, type Spread, spreadOf } from './spread.ts';

/** One program's figures in a case. */
export interface Entry {
  program: string;
  imagesPerSecond: Spread;
  peakMemoryBytes: number;
  /** Share of the CPU's peak in multiply-adds that the definition's operations make. */
  peakShare: number;
  /** Its images a second over what oneDNN's convolutions alone allow, of pairs; null where those were not measured. */
  ceilingShare: number | null;
  /** Our images a second over this program's, pair by pair; null for ourselves. */
  ratio: Spread | null;
  /** Our peak memory over this program's; null for ourselves. */
  memoryRatio: number | null;
}

/** A case's figures: ours first, then every peer's. */
export interface CaseResult {
  kind: 'case';
  case: BenchCase;
  limits: MachineLimits;
  load: Load;
  entries: Entry[];
  /** Images a second of oneDNN's convolutions alone, in float32; null where they were not measured. */
  ceiling: Spread | null;
  /** Bytes that the operands of our instructions hold, a second, over the bandwidth of a copy. */
  bandwidthShare: number;
  /** Of our step, the share outside the machine's calls, and that in which no instruction ran. */
  typescriptShare: number;
  idleShare: number;
}

/** A single figure beside the cases. */
export interface FigureResult {
  kind: 'figure';
  name: string;
  unit: 'times' | 'seconds';
  value: Spread;
}

export type BenchResult = CaseResult | FigureResult;

/** What a fresh process of any program measures. */
export type Pace = Pick<Measurement, 'imagesPerSecond' | 'peakMemoryBytes'>;

/** What the fresh processes of a case measured, pair by pair. */
export interface CaseMeasurements {
  ours: Measurement[];
  peers: { program: string; reports: Pace[] }[];
  /** Of oneDNN's convolutions alone; none where there is no oneDNN. */
  ceiling: Pace[];
}

/** Turns measurements into medians, spreads, ratios of pairs and shares of the machine's limits. */
export function caseResult(
  benchCase: BenchCase,
  { ours, peers, ceiling }: CaseMeasurements,
  { limits, load }: Pick<CaseResult, 'limits' | 'load'>,
): CaseResult {
  const programs = [{ program: 'shakelab', reports: ours }, ...peers];
  const operations = operationsOf(benchCase);
  const [speed, ...rest] = programs.map(({ reports }) => speedsOf(reports));
  const bound = ceiling.length > 0 ? speedsOf(ceiling) : null;
  const memory = programs.map(({ reports }) => median(reports.map((r) => r.peakMemoryBytes)));
  const entries = programs.map(({ program }, index): Entry => {
    const imagesPerSecond = spreadOf([speed, ...rest][index]);
    return {
      program,
      imagesPerSecond,
      peakMemoryBytes: memory[index],
      peakShare: (operations * imagesPerSecond.median) / (1e9 * limits.flops),
      ceilingShare: bound && ratioOf([speed, ...rest][index], bound).median,
      ratio: index > 0 ? ratioOf(speed, rest[index - 1]) : null,
      memoryRatio: index > 0 ? memory[0] / memory[index] : null,
    };
  });
  const bytes = ours[0].bytesPerImage * entries[0].imagesPerSecond.median;
  return {
    kind: 'case',
    case: benchCase,
    limits,
    load,
    entries,
    ceiling: bound && spreadOf(bound),
    bandwidthShare: bytes / (1e9 * limits.copy),
    typescriptShare: median(ours.map((report) => report.typescriptShare)),
    idleShare: median(ours.map((report) => report.idleShare)),
  };
}

const speedsOf = (reports: readonly Pace[]): number[] =>
  reports.map(({ imagesPerSecond }) => imagesPerSecond);
