import { parseFold } from '../../data/fold.ts';
import { columns, percent, wholeNumber } from '../../text/text.ts';
import type { FoldsSummary } from './summary.ts';

/** A row a fold, and below them the mean with its corrected interval. */
export function closingTable({ runs, folds }: FoldsSummary): string {
  const rows = runs.map(({ fold, testCount, testError }) => {
    const { repeat, index, of } = parseFold(fold!)!;
    return [String(repeat), `${index} of ${of}`, wholeNumber(testCount), percent(testError)];
  });
  const headings = ['repeat', 'fold', 'tested on', 'error'];
  const table = columns([headings, ...rows], ['right', 'right', 'right', 'right']);
  return `${table}\n\n${meanInWords(folds)}`;
}

/** `error 12.04 ± 3.21 %, mean of the folds with its corrected 95 % interval`. */
function meanInWords({ mean, halfWidth }: FoldsSummary['folds']): string {
  if (halfWidth === null)
    return `error ${percent(mean)}, without an interval: one fold, or folds without spread`;
  return `error ${mean.toFixed(2)} ± ${percent(halfWidth)}, mean of the folds with its corrected 95 % interval`;
}
