import { modelStyle } from '../../../../src/figures/palette.ts';
import type { Metrics } from '../../../../src/server/metrics.ts';
import { Curves } from '../../charts/Curves.tsx';
import type { Line } from '../../charts/table.ts';
import { ExportMenu } from '../../components/ExportMenu.tsx';
import { chartExports } from '../../export/curves.ts';

interface CurveCardProps {
  name: string;
  metrics: Metrics;
}

const stepAxis = { label: 'Step', digits: 0 };

/** Loss by step, and at the end of every epoch. */
export function LossCard({ name, metrics: { steps, epochs } }: CurveCardProps) {
  const lines: Line[] = [
    { name: 'batch', style: modelStyle(0), x: steps.step, y: steps.loss, faint: true },
    { name: 'train', style: modelStyle(0), x: epochs.step, y: epochs.trainLoss },
    judgedLine(epochs.step, epochs.validationLoss, epochs.testLoss),
  ];
  const y = { label: 'Loss', digits: 3, logarithmic: true };
  return <CurveCard title="Loss" run={name} lines={lines} y={y} />;
}

/** Error by step, and at the end of every epoch. */
export function ErrorCard({ name, metrics: { steps, epochs } }: CurveCardProps) {
  const lines: Line[] = [
    { name: 'batch', style: modelStyle(0), x: steps.step, y: steps.error, faint: true },
    { name: 'train', style: modelStyle(0), x: epochs.step, y: epochs.trainError },
    judgedLine(epochs.step, epochs.validationError, epochs.testError),
  ];
  return <CurveCard title="Error" run={name} lines={lines} y={{ label: 'Error (%)', digits: 2 }} />;
}

/** What the net was judged by after its epochs, without those that were not evaluated. */
function judgedLine(
  steps: readonly number[],
  validation: readonly (number | null)[],
  test: readonly (number | null)[],
): Line {
  const validated = validation.some((value) => value !== null);
  const places = (validated ? validation : test).flatMap((value, index) =>
    value === null ? [] : [{ step: steps[index], value }],
  );
  const [x, y] = [places.map(({ step }) => step), places.map(({ value }) => value)];
  return { name: validated ? 'validation' : 'test', style: modelStyle(1), x, y };
}

function CurveCard({
  title,
  run,
  lines,
  y,
}: {
  title: string;
  run: string;
  lines: Line[];
  y: { label: string; digits: number; logarithmic?: boolean };
}) {
  const name = `${run.replaceAll('/', '-')}-${title.toLowerCase()}`;
  const chart = { name, title: `${title} of ${run} by step`, lines, x: stepAxis, y };
  return (
    <section class="card" aria-label={title}>
      <header>
        <h2>{title}</h2>
        <ExportMenu name={title.toLowerCase()} items={chartExports(chart)} />
      </header>
      <Curves lines={lines} x={stepAxis} y={y} height={190} label={chart.title} />
    </section>
  );
}
