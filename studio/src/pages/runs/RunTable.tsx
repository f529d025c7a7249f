import type { RunSummary } from '../../../../src/server/library/runSummary.ts';
import { RunRow } from './RunRow.tsx';

interface RunTableProps {
  runs: readonly RunSummary[];
  /** Ids of the runs picked for a comparison. */
  picked: ReadonlySet<string>;
  pick(picked: ReadonlySet<string>): void;
}

/** A line a run; on a narrow screen a card a run. */
export function RunTable({ runs, picked, pick }: RunTableProps) {
  const toggle = (id: string) => {
    const next = new Set(picked);
    if (!next.delete(id)) next.add(id);
    pick(next);
  };
  return (
    <div class="card runs">
      <table>
        <thead>
          <tr>
            <th>
              <span class="visually-hidden">Compare</span>
            </th>
            <th>Run</th>
            <th>State</th>
            <th>Model</th>
            <th>Progress</th>
            <th class="number">Test error</th>
            <th class="number">Images/s</th>
            <th class="number">Started</th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <RunRow key={run.id} run={run} picked={picked.has(run.id)} toggle={toggle} />
          ))}
        </tbody>
      </table>
    </div>
  );
}
