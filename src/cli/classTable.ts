import { type Assessment, type Calibration, mostlyTakenFor } from '../statistics/assessment.ts';
import type { Share } from '../statistics/share.ts';
import { type Temperature, unfitReasons } from '../statistics/temperature.ts';
import { fitted } from '../text/fit.ts';
import { columns, percent, wholeNumber } from '../text/text.ts';

/** Classes of a table, and wrong samples below it. */
const [mostClasses, mostWrong] = [40, 5];
const longestName = 28;

/** What an assessment says, for a terminal: each class, calibration, the most confident mistakes. */
export function assessmentText(found: Assessment, classNames: readonly string[]): string {
  const names = classNames.map((name) => fitted(name, longestName));
  const parts = [classTable(found, names), calibrationText(found), wrongText(found, names)];
  return parts.filter((part) => part !== '').join('\n\n');
}

function classTable({ perClass, confusion }: Assessment, names: readonly string[]): string {
  const order = [...perClass.keys()];
  const worst = order.sort((a, b) => recallOf(perClass[a]) - recallOf(perClass[b]));
  const shown = perClass.length > mostClasses ? worst.slice(0, mostClasses) : [...perClass.keys()];
  const rows = shown.map((k) => {
    const { samples, recall, precision, f1 } = perClass[k];
    const shares = [shareText(recall), intervalText(recall), shareText(precision), shareText(f1)];
    return [names[k], wholeNumber(samples), ...shares, takenText(confusion[k], k, names)];
  });
  const heading = ['class', 'images', 'recall', '95 %', 'precision', 'F1', 'mostly taken for'];
  const sides = ['left', 'right', 'right', 'right', 'right', 'right', 'left'] as const;
  const table = columns([heading, ...rows], sides);
  if (shown.length === perClass.length) return table;
  return `${table}\nthe ${mostClasses} of lowest recall of ${perClass.length} classes; --json has all`;
}

const recallOf = ({ recall }: Assessment['perClass'][number]): number => recall?.share ?? 2;

const shareText = (share: Share | null): string =>
  share === null ? '–' : percent(100 * share.share);

const intervalText = (share: Share | null): string =>
  share === null ? '' : `${(100 * share.low).toFixed(1)}–${(100 * share.high).toFixed(1)}`;

function takenText(row: readonly number[], k: number, names: readonly string[]): string {
  const most = mostlyTakenFor(row, k);
  return most ? `${names[most.predicted]} (${wholeNumber(most.count)})` : '';
}

function calibrationText({ calibration, temperature, tempered }: Assessment): string {
  if (!calibration) return '';
  const rows = [['calibration error', errorText(calibration)]];
  rows.push(['temperature', temperatureText(temperature)]);
  if (tempered) rows.push(['with temperature', errorText(tempered)]);
  return columns(rows);
}

/** The error beside what chance alone makes of it. */
const errorText = ({ error, ofCalibrated, limit }: Calibration): string =>
  `${percent(100 * error)}; a calibrated net would show ${percent(100 * ofCalibrated)}, ` +
  `in 19 of 20 cases below ${percent(100 * limit)}`;

function temperatureText(temperature: Temperature | null): string {
  if (!temperature) return 'none: there are no validation images besides to fit it on';
  const { temperature: fit, unfit } = temperature;
  if (fit !== null) return `${fit.toFixed(3)}, fitted on the validation images`;
  return `none: ${unfitReasons[unfit!]}`;
}

function wrongText({ wrongest }: Assessment, names: readonly string[]): string {
  if (wrongest.length === 0) return '';
  const rows = wrongest.slice(0, mostWrong).map(({ sample, label, predicted, confidence }) => {
    return [
      `image ${sample}`,
      `taken for ${names[predicted]}, ${percent(100 * confidence)}`,
      `is ${names[label]}`,
    ];
  });
  return `most confidently wrong\n${columns(rows)}`;
}
