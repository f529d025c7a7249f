import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BenchSetting } from '../../src/bench/bench.ts';
import type { BenchResult, CaseResult, FigureResult } from '../../src/bench/results.ts';
import { settingText } from '../../src/cli/benchTable.ts';
import { RequestError } from '../../src/errors.ts';
import { unreadable } from '../../src/files/refusals.ts';
import { plural } from '../../src/text/text.ts';
import { withBlocks } from './blocks.ts';
import { groupedBy } from './grouped.ts';
import { caseTable, figureList } from './speedTables.ts';

/** Where results of the benchmark are committed, a file a call. */
export const keptPlace = 'docs/results/speed';

const page = 'docs/results/speed.md';

/** What one call of the benchmark printed. */
export interface Kept extends BenchSetting {
  results: BenchResult[];
}

/** The page on speed, its tables made anew of all results that are kept: path and text. */
export async function speedPage(): Promise<[string, string]> {
  return [
    page,
    withBlocks(await readFile(page, 'utf8'), { machines: machinesBlock(await allKept()) }),
  ];
}

/** All results that are kept, in the order of their files' names: of one case and program the last counts. */
async function allKept(): Promise<Kept[]> {
  const names = existsSync(keptPlace) ? await readdir(keptPlace) : [];
  const files = names.filter((name) => name.endsWith('.json')).sort();
  return Promise.all(files.map((name) => readKept(join(keptPlace, name))));
}

/**
 * Reads what a call of the benchmark printed.
 *
 * @throws RequestError where the file is not there, or holds something else
 */
export async function readKept(path: string): Promise<Kept> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new RequestError(`${path}: ${unreadable(error)}`);
  });
  const kept = parsed(text);
  if (kept?.identity && Array.isArray(kept.results)) return kept;
  const remedy = 'give what `npm run -s bench -- --json > FILE` wrote';
  throw new RequestError(`${path}: holds no results of the benchmark; ${remedy}`);
}

function parsed(text: string): Kept | null {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** A section a machine: its cases, what else was measured there, and how. */
export function machinesBlock(all: readonly Kept[]): string {
  if (all.length === 0) return 'Of this build nothing is kept yet.';
  const machines = groupedBy(all, machineOf);
  return [...machines].map(([title, kept]) => machineSection(title, kept)).join('\n\n');
}

/** `AMD EPYC, held to avx2, 2 threads` */
function machineOf({ identity, isa, heldTo, threads }: Kept): string {
  const set = heldTo ? `held to ${heldTo}` : isa;
  return `${identity.cpu}, ${set}, ${plural(threads, 'thread')}`;
}

function machineSection(title: string, kept: readonly Kept[]): string {
  const results = kept.flatMap(({ results, against }) =>
    results.filter(isCase).map((result) => ({ result, against })),
  );
  const figures = kept.flatMap(({ results }) => results.filter(isFigure));
  const how = [...new Set(kept.map(settingText))].map((text) => `- ${text}.`);
  const parts = [`### ${title}`, caseTable(results), figureList(figures), how.join('\n')];
  return parts.filter(Boolean).join('\n\n');
}

const isCase = (result: BenchResult): result is CaseResult => result.kind === 'case';
const isFigure = (result: BenchResult): result is FigureResult => result.kind === 'figure';
