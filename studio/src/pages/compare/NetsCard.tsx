import type { Comparison } from '../../../../src/server/resources/comparison.ts';
import { Scroll } from '../../components/Scroll.tsx';

interface NetsCardProps {
  comparison: Comparison;
  titles: readonly string[];
}

/** McNemar's test of each trained net against the first one, on the test samples of both. */
export function NetsCard({ comparison: { nets, runs }, titles }: NetsCardProps) {
  const titleOf = (id: string) => titles[runs.findIndex((run) => run.id === id)];
  return (
    <section class="card" aria-label="Trained nets">
      <header>
        <h2>
          Trained nets against {titleOf(nets[0].against)}{' '}
          <span class="faint small">McNemar’s test, {nets[0].count} test samples</span>
        </h2>
      </header>
      <Scroll label="Table of trained nets">
        <table>
          <thead>
            <tr>
              <th>Run</th>
              <th class="number">Only it is right</th>
              <th class="number">Only the other is</th>
              <th class="number">Error, difference</th>
              <th class="number">p</th>
              <th class="number">Adjusted p</th>
            </tr>
          </thead>
          <tbody>
            {nets.map(({ id, onlyLeft, onlyRight, difference, mid, adjusted }) => (
              <tr key={id}>
                <th scope="row">{titleOf(id)}</th>
                <td class="number">{onlyLeft}</td>
                <td class="number">{onlyRight}</td>
                <td class="number">{shareText(difference)}</td>
                <td class="number">{probabilityText(mid)}</td>
                <td class="number">{probabilityText(adjusted)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <p class="faint small">
        p is the mid-p; the adjusted one Holm’s over the rows. This says which of these trained nets
        is better, not which recipe: another seed makes another net.
      </p>
    </section>
  );
}

const shareText = (share: number | null): string =>
  share === null ? '–' : `${(100 * share).toFixed(2).replace('-', '−')}\u202f%`;

const probabilityText = (p: number): string => (p < 0.001 ? '< 0.001' : p.toFixed(3));
