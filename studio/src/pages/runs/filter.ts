import { modelTitle } from '../../../../src/nets/titles.ts';
import type { RunState, RunSummary } from '../../../../src/server/library/runSummary.ts';

/** States that a reader tells apart in a list. */
export const stateGroups = {
  all: null,
  active: ['starting', 'running', 'paused', 'interrupted'],
  finished: ['finished'],
  failed: ['failed', 'broken', 'stopped'],
} satisfies Record<string, RunState[] | null>;

export type StateGroup = keyof typeof stateGroups;

/** The runs of a group whose name, model or settings hold every word of the search. */
export function filterRuns(
  runs: readonly RunSummary[],
  group: StateGroup,
  search: string,
): RunSummary[] {
  const states: RunState[] | null = stateGroups[group];
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return runs.filter((run) => {
    if (states && !states.includes(run.state)) return false;
    const text = searchText(run);
    return words.every((word) => text.includes(word));
  });
}

function searchText({ name, state, config }: RunSummary): string {
  if (!config) return `${name} ${state}`.toLowerCase();
  const { dataset, net, layout, mixing, seed } = config;
  const parts = [name, state, modelTitle(config), dataset, net, layout, mixing, `seed ${seed}`];
  return parts.join(' ').toLowerCase();
}
