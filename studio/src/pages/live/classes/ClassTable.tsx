import type { RunAssessment } from '../../../../../src/server/assessments.ts';
import { mostlyTakenFor } from '../../../../../src/statistics/assessment.ts';
import { wholeNumber } from '../../../../../src/text/text.ts';
import { Scroll } from '../../../components/Scroll.tsx';

type Share = RunAssessment['accuracy'];

/** Recall with its interval, precision and F1 of each class, and what it is mostly taken for. */
export function ClassTable({ assessment }: { assessment: RunAssessment }) {
  const { classNames, perClass, confusion } = assessment;
  return (
    <Scroll label="Table of classes">
      <table class="class-table">
        <thead>
          <tr>
            <th scope="col">Class</th>
            <th scope="col" class="number">
              Images
            </th>
            <th scope="col">Recall, 95 % interval</th>
            <th scope="col" class="number">
              Precision
            </th>
            <th scope="col" class="number">
              F1
            </th>
            <th scope="col">Mostly taken for</th>
          </tr>
        </thead>
        <tbody>
          {perClass.map(({ samples, recall, precision, f1 }, k) => (
            <tr key={k}>
              <th scope="row">{classNames[k]}</th>
              <td class="number">{wholeNumber(samples)}</td>
              <td>
                <RecallBar recall={recall} />
              </td>
              <td class="number">{shareText(precision)}</td>
              <td class="number">{shareText(f1)}</td>
              <td>{takenText(confusion[k], k, classNames)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

/** A line from the interval's lower to its upper bound, a dot at the recall. */
function RecallBar({ recall }: { recall: Share }) {
  if (!recall) return <span class="faint">no images</span>;
  const { share, low, high } = recall;
  const width = 120;
  return (
    <span class="recall">
      <span class="number">{shareText(recall)}</span>
      <svg width={width + 8} height="14" aria-hidden="true" viewBox={`-4 0 ${width + 8} 14`}>
        <path class="ground" d={`M0 7H${width}`} />
        <path class="interval" d={`M${width * low} 7H${width * high}`} />
        <circle cx={width * share} cy="7" r="3.5" />
      </svg>
      <span class="faint tiny">
        {(100 * low).toFixed(1)}–{(100 * high).toFixed(1)}
      </span>
    </span>
  );
}

const shareText = (share: Share): string =>
  share === null ? '–' : `${(100 * share.share).toFixed(1)} %`;

function takenText(row: readonly number[], k: number, names: readonly string[]): string {
  const most = mostlyTakenFor(row, k);
  return most ? `${names[most.predicted]} (${wholeNumber(most.count)})` : '';
}
