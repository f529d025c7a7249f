import { modelStyle } from '../../../../src/figures/palette.ts';
import type { Comparison } from '../../../../src/server/resources/comparison.ts';
import { Curves } from '../../charts/Curves.tsx';
import { ExportMenu } from '../../components/ExportMenu.tsx';
import { chartExports } from '../../export/curves.ts';

const x = {
  label: 'Relative distance to the class centre',
  short: 'Distance',
  domain: [0, 1] as [number, number],
  digits: 2,
};
const y = { label: 'Class samples within (%)', domain: [0, 100] as [number, number], digits: 1 };

/** The paper's Fig. 5: how much of each class lies near its centre, a line a run. */
export function CompactnessCard(props: { comparison: Comparison; titles: readonly string[] }) {
  const lines = props.comparison.runs.map(({ compactness }, index) => ({
    name: props.titles[index],
    style: modelStyle(index),
    x: compactness.radius,
    y: compactness.within,
  }));
  const title = 'Compactness of the classes';
  return (
    <section class="card" aria-label={title}>
      <header>
        <h2>
          {title} <span class="faint small">Fig. 5</span>
        </h2>
        <ExportMenu
          name="compactness"
          items={chartExports({ name: 'figure-5-compactness', title, lines, x, y })}
        />
      </header>
      <Curves lines={lines} x={x} y={y} height={300} label={title} />
    </section>
  );
}
