import type { EpochEvent } from '../runs/metrics.ts';
import { elapsed, lossText, pad, percent, wholeNumber } from '../text/text.ts';
import { type Judgement, judgementOf } from '../training/events.ts';

interface Column {
  heading: string;
  width: number;
  entry(event: EpochEvent, epochs: number): string;
}

const measures = (judge: Judgement['split']): Column[] => [
  { heading: 'epoch', width: 9, entry: ({ epoch }, epochs) => `${epoch}/${epochs}` },
  { heading: 'train loss', width: 12, entry: ({ trainLoss }) => lossText(trainLoss) },
  { heading: 'train error', width: 13, entry: ({ trainError }) => percent(trainError) },
  { heading: `${judge} error`, width: judge.length + 8, entry: judgedError },
  { heading: 'images/s', width: 10, entry: ({ imagesPerSecond }) => wholeNumber(imagesPerSecond) },
  { heading: 'time', width: 9, entry: ({ seconds }) => elapsed(seconds) },
];

function judgedError(event: EpochEvent): string {
  const judgement = judgementOf(event);
  return judgement ? percent(judgement.error) : '–';
}

/** A table that grows by a line an epoch, with the model's title in front where there are several. */
export interface EpochTable {
  heading: string;
  line(event: EpochEvent, epochs: number, title?: string): string;
}

/**
 * @param titles the models that the table will show; none for a single run
 * @param judge the images that the nets are judged by after their epochs
 */
export function epochTable(titles: string[] = [], judge: Judgement['split'] = 'test'): EpochTable {
  const columns = measures(judge);
  const width = Math.max(0, ...titles.map((title) => title.length));
  return {
    heading: `${titles.length > 0 ? 'model'.padEnd(width) : ''}${headings(columns)}`,
    line: (event, epochs, title = '') => title.padEnd(width) + entries(columns, event, epochs),
  };
}

const headings = (columns: Column[]): string =>
  columns.map(({ heading, width }) => pad(heading, width, 'right')).join('');

const entries = (columns: Column[], event: EpochEvent, epochs: number): string =>
  columns.map(({ width, entry }) => pad(entry(event, epochs), width, 'right')).join('');
