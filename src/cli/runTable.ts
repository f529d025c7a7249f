import { csvFormatRows } from 'd3-dsv';
import { RequestError } from '../errors.ts';
import { holds, parseCondition, type RowValue, sortedBy } from '../options/conditions.ts';
import { configKeys } from '../runs/fields.ts';
import { nearest } from '../runs/nearest.ts';
import type { RunSummary } from '../server/library/runSummary.ts';
import { resultNames, runValues, standingNames } from '../server/library/runValues.ts';
import { type Alignment, columns } from '../text/text.ts';
import { visibleText } from '../text/visible.ts';
import type { ListFlags } from './commands/runs.ts';

/** Everything that a run can be shown, filtered and sorted by. */
const valueNames: readonly string[] = [...standingNames, ...configKeys, ...resultNames];

const usual = ['name', 'state', 'dataset', 'net', 'layout', 'mixing', 'seed', 'epoch'];
const usualResults = ['validationError', 'testError', 'tags'];

/** The runs that are asked for, in the order asked for. @throws RequestError for a name that no run has */
export function listedRuns(
  runs: readonly RunSummary[],
  { where = [], sort, archived }: Partial<Pick<ListFlags, 'where' | 'sort' | 'archived'>>,
): RunSummary[] {
  const conditions = where.map(parseCondition);
  const order = sort?.replace(/^-/, '');
  for (const key of [...conditions.map(({ key }) => key), ...(order ? [order] : [])])
    checkName(key);
  const asked = conditions.some(({ key }) => key === 'archived');
  const chosen = runs.filter((run) => {
    const row = runValues(run);
    return (archived || asked || !run.archived) && conditions.every((one) => holds(one, row));
  });
  return sort ? sortedBy(chosen, sort, runValues) : chosen;
}

function checkName(name: string): void {
  if (valueNames.includes(name)) return;
  const near = nearest(name, valueNames);
  const remedy = near ? `did you mean ${near}?` : `choose from ${valueNames.join(', ')}`;
  throw new RequestError(`'${name}': runs have no such setting or result; ${remedy}`);
}

/** Runs as columns; those that are empty of all runs are left out unless they are asked for. */
export function runTable(runs: readonly RunSummary[], show?: string): string {
  const names = namesShown(show).filter(
    (name) => show !== undefined || runs.some((run) => cell(runValues(run)[name]) !== ''),
  );
  const rows = runs.map((run) => names.map((name) => shownCell(runValues(run)[name])));
  const sides = names.map(
    (name): Alignment =>
      runs.some((run) => typeof runValues(run)[name] === 'number') ? 'right' : 'left',
  );
  return columns([names, ...rows], sides);
}

/** Runs as CSV, numbers with all their digits. */
export function runTableCsv(runs: readonly RunSummary[], show?: string): string {
  const names = namesShown(show);
  return csvFormatRows([
    names,
    ...runs.map((run) => names.map((name) => cell(runValues(run)[name]))),
  ]);
}

function namesShown(show?: string): string[] {
  const names = show?.split(',').map((name) => name.trim()) ?? [...usual, ...usualResults];
  names.forEach(checkName);
  return names;
}

const cell = (value: RowValue | undefined): string =>
  value === null || value === undefined
    ? ''
    : typeof value === 'object'
      ? value.join(' ')
      : `${value}`;

const shownCell = (value: RowValue): string =>
  typeof value === 'number' && !Number.isInteger(value)
    ? String(Number(value.toPrecision(5)))
    : visibleText(cell(value)).slice(0, 60) || '–';
