import { modelTitle } from '../../../../src/nets/titles.ts';
import {
  type Condition,
  conditionIn,
  holds,
  sortedBy,
} from '../../../../src/options/conditions.ts';
import type { RunState, RunSummary } from '../../../../src/server/library/runSummary.ts';
import { runValues } from '../../../../src/server/library/runValues.ts';

/** States that a reader tells apart in a list. */
export const stateGroups = {
  all: null,
  active: ['starting', 'running', 'paused', 'interrupted'],
  finished: ['finished'],
  failed: ['failed', 'broken', 'stopped'],
  archived: null,
} satisfies Record<string, RunState[] | null>;

export type StateGroup = keyof typeof stateGroups;

/**
 * The runs of a group of which every word of the search holds: as a condition, `testError<2`, or within the
 * name, model, settings, tags or note. Archived runs are a group of their own.
 *
 * @param order a setting or result to sort by, see `sortedBy`; empty leaves the order as it is
 */
export function filterRuns(
  runs: readonly RunSummary[],
  group: StateGroup,
  search: string,
  order = '',
): RunSummary[] {
  const states: RunState[] | null = stateGroups[group];
  const words = search.split(/\s+/).filter(Boolean);
  const shown = runs.filter((run) => {
    if (run.archived !== (group === 'archived')) return false;
    if (states && !states.includes(run.state)) return false;
    return words.every((word) => fits(run, word));
  });
  return order === '' ? shown : sortedBy(shown, order, runValues);
}

function fits(run: RunSummary, word: string): boolean {
  const row = runValues(run);
  const condition = conditionIn(word);
  if (condition && isKnown(condition, row)) return holds(condition, row);
  return searchText(run).includes(word.toLowerCase());
}

/** `mixing~shake`, but not a part of a layout that only looks like a condition. */
const isKnown = ({ key }: Condition, row: ReturnType<typeof runValues>): boolean =>
  Object.hasOwn(row, key);

function searchText({ name, state, config, tags, note }: RunSummary): string {
  const said = [name, state, ...tags, note];
  if (!config) return said.join(' ').toLowerCase();
  const { dataset, net, layout, mixing, seed } = config;
  const parts = [...said, modelTitle(config), dataset, net, layout, mixing, `seed ${seed}`];
  return parts.join(' ').toLowerCase();
}
