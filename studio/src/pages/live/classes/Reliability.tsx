import { drawReliability } from '../../../../../src/figures/reliability.ts';
import type { RunAssessment } from '../../../../../src/server/assessments.ts';
import { unfitReasons } from '../../../../../src/statistics/temperature.ts';
import { percent } from '../../../../../src/text/text.ts';
import { ExportMenu } from '../../../components/ExportMenu.tsx';
import { svgExports } from '../../../export/save.ts';

type Calibration = NonNullable<RunAssessment['calibration']>;

const size = { side: 220, left: 34, top: 8, right: 10, counts: 40, gap: 14, bottom: 34 };

/** How far confidences come true: a dot a bin of predictions of like confidence. */
export function Reliability({ assessment }: { assessment: RunAssessment }) {
  const { calibration, temperature, tempered } = assessment;
  if (!calibration) return null;
  const shown = tempered ?? calibration;
  const models = [
    { name: 'as trained', calibration },
    ...(tempered
      ? [{ name: `temperature ${temperature?.temperature?.toFixed(2)}`, calibration: tempered }]
      : []),
  ];
  return (
    <section class="stack reliability" aria-label="Calibration">
      <div class="row between">
        <h3>Calibration</h3>
        <ExportMenu
          name="calibration"
          items={svgExports('reliability', () => drawReliability('Reliability diagram', models))}
        />
      </div>
      <Diagram calibration={calibration} />
      <p class="small">
        Calibration error {percent(100 * calibration.error)}
        {tempered && `, ${percent(100 * shown.error)} at the temperature`}. A calibrated net of the
        same confidences would show {percent(100 * calibration.ofCalibrated)}, in 19 of 20 cases
        below {percent(100 * calibration.limit)}.
      </p>
      <p class="faint small">{temperatureText(temperature)}</p>
    </section>
  );
}

function temperatureText(temperature: RunAssessment['temperature']): string {
  if (!temperature) return 'No temperature: the run has no validation images to fit it on.';
  const { temperature: fit, unfit } = temperature;
  return fit === null
    ? `No temperature: ${unfitReasons[unfit!]}.`
    : `Temperature ${fit.toFixed(3)}, fitted on the validation images.`;
}

function Diagram({ calibration: { bins } }: { calibration: Calibration }) {
  const { side, left, top, right, counts, gap, bottom } = size;
  const width = left + side + right;
  const height = top + side + gap + counts + bottom;
  const most = Math.max(1, ...bins.map(({ count }) => count));
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label="Reliability diagram: the share of right predictions by their confidence"
    >
      <g transform={`translate(${left} ${top})`}>
        {[0, 0.5, 1].map((tick) => (
          <g key={tick}>
            <path class="rule" d={`M0 ${side * (1 - tick)}H${side}M${side * tick} 0V${side}`} />
            <text x="-6" y={side * (1 - tick) + 4} text-anchor="end">
              {100 * tick}
            </text>
          </g>
        ))}
        <path class="diagonal" d={`M0 ${side}L${side} 0`} />
        {bins.map(({ low, confidence, accuracy }) => {
          if (confidence === null || accuracy === null) return null;
          const x = side * confidence;
          return (
            <g key={low}>
              <path
                class="interval"
                d={`M${x} ${side * (1 - accuracy.low)}V${side * (1 - accuracy.high)}`}
              />
              <circle cx={x} cy={side * (1 - accuracy.share)} r="4" />
            </g>
          );
        })}
        <text class="axis" transform={`translate(-24 ${side / 2}) rotate(-90)`}>
          right (%)
        </text>
      </g>
      <g transform={`translate(${left} ${top + side + gap})`}>
        {bins.map(({ low, high, count }) => {
          const tall = (counts * count) / most;
          const place = { x: side * low + 1, y: counts - tall };
          return <rect key={low} {...place} width={side * (high - low) - 2} height={tall} />;
        })}
        <path class="rule" d={`M0 ${counts}H${side}`} />
        {[0, 0.5, 1].map((tick) => (
          <text key={tick} x={side * tick} y={counts + 14} text-anchor="middle">
            {100 * tick}
          </text>
        ))}
        <text class="axis" x={side / 2} y={counts + 29}>
          confidence (%), and how many images
        </text>
      </g>
    </svg>
  );
}
