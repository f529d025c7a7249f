import type { StudyEvent } from '../events.ts';
import { groupByModel } from '../models.ts';
import type { StudyPlan } from '../plan.ts';
import { runStudy } from '../runStudy.ts';
import { type PaperTypes, runsOfModels, type Study } from '../study.ts';
import { summariseRuns } from '../summarise.ts';
import type { TrainedRun } from '../trained.ts';
import { cifar10Claims } from './claims.ts';
import { type Cifar10StudyOptions, cifar10Options } from './options.ts';
import { parseRows, rowTitles } from './rows.ts';
import { type Cifar10Settings, repeatedOptions, settingsOf } from './settings.ts';
import { type Cifar10Summary, cifar10SummarySchema } from './summary.ts';
import { rowDifferences, tableRows } from './table.ts';

interface Cifar10Types extends PaperTypes {
  options: Cifar10StudyOptions;
  settings: Cifar10Settings;
  summary: Cifar10Summary;
}

/**
 * The paper's study of section 3.2: rows of Table 1 over several seeds. Before it trains, it
 * measures how long it will take; after every run, it writes the report of those trained so far.
 */
export const cifar10Study: Study<Cifar10Types> = {
  name: 'cifar10',
  usage: 'study cifar10',
  title: 'Batch normalisation before shaking: Table 1',
  about:
    'Where does a batch normalisation have to stand for shaking to help? Blocks that differ in ' +
    'nothing but where they normalise, trained with and without shaking. A repetition of section ' +
    '3.2 of Huang and Narayanan, “On Role and Location of Normalization before Model-Based Data ' +
    'Augmentation in Residual Blocks for Classification Tasks”.',
  options: cifar10Options,
  original: { name: 'cifar10', title: 'CIFAR-10' },
  estimates: true,
  reports: { after: 'run', telling: 'writing the report' },

  settle: settingsOf,
  repeats: repeatedOptions,
  runs: (settings) => runsOfModels(parseRows(settings.rows), settings),
  analyse: summariseTable,
  figures: async (...found) => (await import('./figures.ts')).drawCifar10Figures(...found),
  page: async (...found) => (await import('./page.ts')).renderCifar10Report(...found),
};

/**
 * Runs the study of the paper's Table 1 in a folder: trains the runs that are missing there, and writes the report.
 * Interrupted by `signal`, its events end without `done`; the same call goes on.
 *
 * @throws RequestError for wrong settings, missing data, a folder that holds other runs or that another
 *   process is at work in
 * @throws FailedRunsError in the end, where runs that were trained side by side have failed
 */
export const runCifar10Study = (
  options: Cifar10StudyOptions = {},
): AsyncGenerator<StudyEvent<Cifar10Summary>> => runStudy(cifar10Study, options);

/** The summary of every study, with the statistics of the table. */
async function summariseTable(
  plan: StudyPlan,
  trained: readonly TrainedRun[],
): Promise<Cifar10Summary> {
  const summary = await summariseRuns(plan, trained, cifar10Claims, rowTitles);
  const models = groupByModel(summary.runs);
  const table = { rows: tableRows(models), differences: rowDifferences(models) };
  return cifar10SummarySchema.parse({ ...summary, ...table });
}
