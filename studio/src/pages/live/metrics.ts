import type { Metrics } from '../../../../src/server/metrics.ts';

type Columns = Record<string, (number | null)[]>;

/** The curves with newer lines behind them; lines that are there already are not taken twice. */
export function appendMetrics(known: Metrics, news: Metrics): Metrics {
  return {
    steps: appendColumns(known.steps, news.steps),
    epochs: appendColumns(known.epochs, news.epochs),
  };
}

function appendColumns<Table extends Columns & { step: number[] }>(
  known: Table,
  news: Table,
): Table {
  const last = known.step.at(-1) ?? -1;
  const first = news.step.findIndex((step) => step > last);
  if (first < 0) return known;
  const entries = Object.keys(known).map((key) => [
    key,
    [...known[key], ...news[key].slice(first)],
  ]);
  return Object.fromEntries(entries) as Table;
}
