// How often verdicts are wrong where the truth is known, how often 95 % intervals hold it, and how often
// a difference is found: over simulated families of comparisons. `npm run verdicts -- --help`
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { parseDocument } from '../src/files/document.ts';
import { groupByModel } from '../src/studies/models.ts';
import { summaryKind } from '../src/studies/summary.ts';
import { columns } from '../src/text/text.ts';
import { type Rates, resampledErrors, seedErrors, simulate } from './trials.ts';

interface Flags {
  families: number;
  models: number;
  seeds: string;
  gap: number;
  runs?: string;
}

const heading = 'errors test seeds false-verdicts covered together found expected in-family'.split(
  ' ',
);
const alignments = heading.map((_, column) => (column < 2 ? 'left' : 'right'));

const program = new Command('verdicts')
  .description('how often verdicts on simulated families of comparisons are right')
  .option('--families <count>', 'families of each setting', Number, 2000)
  .option('--models <count>', 'models of a family, each compared with the first', Number, 4)
  .option('--seeds <counts>', 'seeds of each model, by commas', '3,5,10')
  .option('--gap <deviations>', 'true difference that is to be found', Number, 2)
  .option(
    '--runs <file>',
    'draw from real errors: a study’s summary.json, or a line a model, seeds by spaces',
  )
  .action(printVerdicts);
program.parse();

function printVerdicts({ families, models, seeds, gap, runs }: Flags): void {
  const laws = runs ? { resampled: resampledErrors(readModels(runs)) } : seedErrors;
  const limit = 0.05 + 2 * Math.sqrt((0.05 * 0.95) / families);
  console.log(
    `${families} families of ${models} models, ${models - 1} comparisons each; in percent of families\n` +
      `false verdicts: at most ${percent(limit)} of equal models; gap to find: ${gap} deviations\n`,
  );
  const rows = Object.entries(laws).flatMap(([name, law]) =>
    (['paired', 'welch'] as const).flatMap((test) =>
      seeds.split(',').map((count) => {
        const setting = { law, test, models, seeds: Number(count), gap, families, seed: 1 };
        return [name, test, count, ...cellsOf(simulate(setting))];
      }),
    ),
  );
  console.log(columns([heading, ...rows], alignments));
}

/** The rates in the order of the heading. */
function cellsOf(rates: Rates): string[] {
  const { falseVerdicts, covered, coveredTogether, found, expected, foundInFamily } = rates;
  return [falseVerdicts, covered, coveredTogether, found, expected, foundInFamily].map(percent);
}

function percent(share: number): string {
  return (100 * share).toFixed(1);
}

/** Errors of real runs: those of a study's `summary.json`, or of a text. */
function readModels(file: string): number[][] {
  const text = readFileSync(file, 'utf8');
  if (file.endsWith('.json')) {
    const { runs } = parseDocument(text, summaryKind, file);
    return groupByModel(runs).map((model) => model.runs.map(({ testError }) => testError));
  }
  const numbers = (line: string) =>
    line
      .trim()
      .split(/[\s,]+/)
      .map(Number);
  return text
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .map(numbers)
    .filter((values) => values.length > 1);
}
