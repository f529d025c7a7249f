import { z } from 'zod';
import { foldText, refuseTooManyFolds } from '../../data/fold.ts';
import { noGroups } from '../../data/groups.ts';
import { option, RequestError } from '../../errors.ts';
import { modelTitle } from '../../nets/titles.ts';
import { parseConfig } from '../../runs/config.ts';
import { namedSettings } from '../commands.ts';
import type { StudyEvent } from '../events.ts';
import { configIn } from '../options.ts';
import { openWhole } from '../prepare.ts';
import { runStudy } from '../runStudy.ts';
import type { PaperTypes, Settings, Study, StudyRun } from '../study.ts';
import { summariseRuns } from '../summarise.ts';
import { closingTable } from './closing.ts';
import { foldedError, pooledPredictions } from './findings.ts';
import { type FoldsStudyOptions, foldedKeys, foldsOptions } from './options.ts';
import { type FoldsSummary, foldsSummarySchema } from './summary.ts';

/** How often the images are divided, and into how many folds. */
const dividedSchema = z.object({
  folds: z.int(),
  repeats: z.int(),
  config: z.object({ groupField: z.string().default(noGroups) }),
});

/** The study's settings with nothing left open. */
interface FoldsSettings extends Settings, Pick<z.infer<typeof dividedSchema>, 'folds' | 'repeats'> {
  /** The data set as it was named; `config` holds a folder's absolute path. */
  dataset: string;
}

interface FoldsTypes extends PaperTypes {
  options: FoldsStudyOptions;
  settings: FoldsSettings;
  summary: FoldsSummary;
}

/**
 * Stratified k-fold cross-validation, repeated if asked for: a run a fold, trained on the other folds
 * of the training images and tested on it. The test set is left alone, so that it can still be used
 * once, in the end.
 */
export const foldsStudy: Study<FoldsTypes> = {
  name: 'folds',
  usage: 'study folds',
  title: 'Folds: one net, tested on every training image',
  about:
    'The training images are divided into folds, of every class as many in each; a net is trained on ' +
    'all folds but one and tested on that one, in turn. The test set is left alone.',
  options: foldsOptions,
  reports: { after: 'run' },

  settle: settingsOf,
  async open(settings, options) {
    const { folds, config } = settings;
    const dataset = await openWhole(config, options);
    refuseTooManyFolds(dataset, folds, `${option('folds')} ${folds}`);
    return { settings, dataset };
  },
  repeats: repeatedOptions,
  runs: runsOf,
  async analyse(plan, trained) {
    const summary = await summariseRuns(plan, trained, []);
    const { folds: of, repeats, config } = dividedSchema.parse(plan.settings);
    const { groupField } = config;
    return foldsSummarySchema.parse({
      ...summary,
      folds: {
        ...{ of, repeats, ...foldedError(summary.runs) },
        ...(groupField !== noGroups && { groupField }),
      },
      ...(await pooledPredictions(trained)),
    });
  },
  figures: async (...found) => (await import('./figures.ts')).drawFoldsFigures(...found),
  closing: closingTable,
  page: async (...found) => (await import('./page.ts')).renderFoldsReport(...found),
};

/**
 * Runs a study of folds in a folder: trains the runs that are missing there, and writes the report.
 * Interrupted by `signal`, its events end without `done`; the same call goes on.
 *
 * @throws RequestError for wrong settings, missing data, a folder that holds other runs or that another
 *   process is at work in
 * @throws FailedRunsError in the end, where runs that were trained side by side have failed
 */
export const runFoldsStudy = (
  options: FoldsStudyOptions = {},
): AsyncGenerator<StudyEvent<FoldsSummary>> => runStudy(foldsStudy, options);

/** Fills in what the options leave open. @throws RequestError naming the option and the rule */
function settingsOf(options: FoldsStudyOptions): FoldsSettings {
  const config = parseConfig(configIn(options, foldedKeys), { file: options.configFile });
  const { folds = 5, repeats = 1, out = 'runs/study-folds' } = options;
  if (folds < 2)
    throw new RequestError(`${option('folds')} ${folds}: must be a whole number from 2; try 5`);
  if (config.fold !== null)
    throw new RequestError(
      `${option('configFile')} ${options.configFile}: names the fold ${config.fold}, but the study ` +
        'tests on each in turn; leave it out',
    );
  return {
    out,
    dataset: String(options.dataset ?? config.dataset),
    folds,
    repeats,
    seeds: 1,
    config,
  };
}

/** Everything that decides the study's result, as it was named where that says more. */
function repeatedOptions(
  { config, dataset, out, folds, repeats }: FoldsSettings,
  { dataFolder }: FoldsStudyOptions,
): Record<string, unknown> {
  const named = Object.fromEntries(namedSettings(config, ['net', 'epochs'], foldedKeys));
  return { ...named, dataset, out, folds, repeats, dataFolder };
}

/** One repeat after the other: a study cut short has whole ones. */
function runsOf({ config, folds, repeats }: FoldsSettings): StudyRun[] {
  return Array.from({ length: repeats * folds }, (_, place) => {
    const [repeat, index] = [1 + Math.floor(place / folds), 1 + (place % folds)];
    const again = repeats > 1 ? `, repeat ${repeat}` : '';
    return {
      id: `repeat${repeat}.fold${index}`,
      model: modelTitle(config),
      title: `Fold ${index} of ${folds}${again}`,
      config: { ...config, fold: foldText({ index, of: folds, repeat }) },
    };
  });
}
