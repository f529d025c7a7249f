import { useEffect, useState } from 'preact/hooks';
import { drawHistograms } from '../../../../src/figures/histograms.ts';
import { modelStyle } from '../../../../src/figures/palette.ts';
import type { Coefficients } from '../../../../src/server/coefficients.ts';
import { api, json } from '../../api/client.ts';
import { Histogram } from '../../charts/Histogram.tsx';
import { ExportMenu } from '../../components/ExportMenu.tsx';
import { csvText } from '../../export/csv.ts';
import { saveCsv, svgExports } from '../../export/save.ts';
import { useLoaded } from '../../state/useLoaded.ts';

/** The α and β that the run drew at a step, over all blocks, branches and images. */
export function CoefficientsCard({ id, name, step }: { id: string; name: string; step: number }) {
  const settled = useSettled(step);
  const { value } = useLoaded(`${id} ${settled}`, () =>
    json(api.runs[':id'].coefficients.$get({ param: { id }, query: { step: String(settled) } })),
  );
  if (!value) return null;
  const file = `${name.replaceAll('/', '-')}-coefficients-${value.step}`;
  return (
    <section class="card" aria-label="Coefficients">
      <header>
        <h2>
          α and β <span class="faint small">drawn at step {value.step}</span>
        </h2>
        <ExportMenu
          name="coefficients"
          items={[
            ...svgExports(file, () => coefficientFigure(name, value)),
            { format: 'CSV', run: () => saveCsv(file, coefficientTable(value)) },
          ]}
        />
      </header>
      <div class="histograms">
        <Histogram title="α, forward" edges={value.edges} counts={value.forward} tone="forward" />
        <Histogram
          title="β, backward"
          edges={value.edges}
          counts={value.backward}
          tone="backward"
        />
      </div>
      <p class="faint small">
        Law <code>{value.law}</code>
      </p>
    </section>
  );
}

function coefficientFigure(run: string, { law, step, edges, forward, backward }: Coefficients) {
  return drawHistograms(`Coefficients of ${law} in ${run} at step ${step}`, edges, [
    { title: 'α, forward', counts: forward, colour: modelStyle(0).colour },
    { title: 'β, backward', counts: backward, colour: modelStyle(1).colour },
  ]);
}

function coefficientTable({ edges, forward, backward }: Coefficients): string {
  const rows = forward.map((count, bin) => [edges[bin], edges[bin + 1], count, backward[bin]]);
  return csvText(['from', 'to', 'alpha', 'beta'], rows);
}

/** A value once it has stood still for a moment, so that scrubbing asks for little. */
function useSettled(value: number): number {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), 150);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
