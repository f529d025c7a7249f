import { curvesTable } from '../curves/words.ts';
import type { StudyEvent } from '../events.ts';
import { runStudy } from '../runStudy.ts';
import type { PaperTypes, Study } from '../study.ts';
import { summariseRuns } from '../summarise.ts';
import { budgetFindings } from './findings.ts';
import { type BudgetStudyOptions, budgetOptions } from './options.ts';
import { allRuns, budgetRuns } from './runs.ts';
import { type BudgetSettings, budgetSettings, repeatedOptions, settingsIn } from './settings.ts';
import { type BudgetSummary, budgetSummarySchema } from './summary.ts';

interface BudgetTypes extends PaperTypes {
  options: BudgetStudyOptions;
  settings: BudgetSettings;
  summary: BudgetSummary;
}

/**
 * Error against the number of epochs: after how many does shaking pay? Every budget is trained anew on a
 * schedule of its own, for an error within a longer schedule is not that of a finished training.
 */
export const budgetStudy: Study<BudgetTypes> = {
  name: 'budget',
  usage: 'study budget',
  title: 'How long to train: error against epochs, shaken and not',
  about:
    'Nets trained for few epochs and for many, each on a schedule of its own, with a law through ' +
    'their errors that says what longer trainings would bring.',
  options: budgetOptions,
  enduresDivergence: true,
  reports: { after: 'batch' },

  settle: budgetSettings,
  repeats: repeatedOptions,
  runs: budgetRuns,
  foreseen: allRuns,
  async analyse(plan, trained) {
    const settings = settingsIn(plan);
    const { budgets } = settings;
    const summary = await summariseRuns(plan, trained, []);
    return budgetSummarySchema.parse({ ...summary, budgets, ...budgetFindings(settings, trained) });
  },
  figures: async ({ outcomes }) => {
    const { drawCurveFigures } = await import('../curves/figures.ts');
    return drawCurveFigures(outcomes, { file: 'budget', axis: 'Epochs', caption });
  },
  closing: ({ outcomes }) => curvesTable(outcomes, 'epochs'),
  page: async (...found) => (await import('./page.ts')).renderBudgetReport(...found),
};

/**
 * Runs a study of budgets in a folder: trains the runs that are missing there, and writes the report.
 * Interrupted by `signal`, its events end without `done`; the same call goes on.
 *
 * @throws RequestError for wrong settings, missing data, a folder that holds other runs or that another
 *   process is at work in
 * @throws FailedRunsError in the end, where runs that were trained side by side have failed
 */
export const runBudgetStudy = (
  options: BudgetStudyOptions = {},
): AsyncGenerator<StudyEvent<BudgetSummary>> => runStudy(budgetStudy, options);

const caption =
  'Every dot is the mean of trainings that end there, their learning rate at 0; bands are 95\u202f% ' +
  'intervals over the seeds.';
