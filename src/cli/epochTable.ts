import type { EpochEvent } from '../runs/metrics.ts';
import { elapsed, lossText, pad, percent, wholeNumber } from '../text/text.ts';

interface Column {
  heading: string;
  width: number;
  entry(event: EpochEvent, epochs: number): string;
}

const measures: Column[] = [
  { heading: 'epoch', width: 9, entry: ({ epoch }, epochs) => `${epoch}/${epochs}` },
  { heading: 'train loss', width: 12, entry: ({ trainLoss }) => lossText(trainLoss) },
  { heading: 'train error', width: 13, entry: ({ trainError }) => percent(trainError) },
  { heading: 'test error', width: 12, entry: ({ testError }) => percent(testError) },
  { heading: 'images/s', width: 10, entry: ({ imagesPerSecond }) => wholeNumber(imagesPerSecond) },
  { heading: 'time', width: 9, entry: ({ seconds }) => elapsed(seconds) },
];

/** A table that grows by a line an epoch, with the model's title in front where there are several. */
export interface EpochTable {
  heading: string;
  line(event: EpochEvent, epochs: number, title?: string): string;
}

/** @param titles the models that the table will show; none for a single run */
export function epochTable(titles: string[] = []): EpochTable {
  const width = Math.max(0, ...titles.map((title) => title.length));
  return {
    heading: `${titles.length > 0 ? 'model'.padEnd(width) : ''}${headings()}`,
    line: (event, epochs, title = '') => title.padEnd(width) + entries(event, epochs),
  };
}

const headings = (): string =>
  measures.map(({ heading, width }) => pad(heading, width, 'right')).join('');

const entries = (event: EpochEvent, epochs: number): string =>
  measures.map(({ width, entry }) => pad(entry(event, epochs), width, 'right')).join('');
