import { openData } from '../../runs/open.ts';
import { curvesTable } from '../curves/words.ts';
import type { StudyEvent } from '../events.ts';
import { runStudy } from '../runStudy.ts';
import type { OpenedStudy, PaperTypes, Study } from '../study.ts';
import { summariseRuns } from '../summarise.ts';
import { samplesFindings } from './findings.ts';
import { type SamplesStudyOptions, samplesOptions } from './options.ts';
import { foreseenRuns, samplesRuns } from './runs.ts';
import {
  repeatedOptions,
  type SamplesSettings,
  samplesSettings,
  settingsIn,
  sizedSettings,
} from './settings.ts';
import { type SamplesSummary, samplesSummarySchema } from './summary.ts';

interface SamplesTypes extends PaperTypes {
  options: SamplesStudyOptions;
  settings: SamplesSettings;
  summary: SamplesSummary;
}

/**
 * Error against the number of training samples: does shaking help when they are few? Every layout with
 * every way to regularise is tried with several learning rates and lengths, chosen by validation images
 * held out of the few, and then trained on all of them with fresh seeds. A seed has images of its own,
 * the same for all that is held against one another.
 */
export const samplesStudy: Study<SamplesTypes> = {
  name: 'samples',
  usage: 'study samples',
  title: 'Few samples: error against their number, shaken and otherwise regularised',
  about:
    'Nets that differ in their layout and in how they are regularised, trained on few images and on ' +
    'many, each with the learning rate and the length that did best on validation images.',
  options: samplesOptions,
  choosesImages: true,
  enduresDivergence: true,
  reports: { after: 'batch' },

  settle: samplesSettings,
  open: openSized,
  repeats: repeatedOptions,
  runs: samplesRuns,
  foreseen: foreseenRuns,
  async analyse(plan, trained) {
    const settings = settingsIn(plan);
    const { sizes } = settings;
    const summary = await summariseRuns(plan, trained, []);
    return samplesSummarySchema.parse({ ...summary, sizes, ...samplesFindings(settings, trained) });
  },
  figures: async ({ outcomes }) => {
    const { drawCurveFigures } = await import('../curves/figures.ts');
    return drawCurveFigures(outcomes, { file: 'samples', axis: 'Training images', caption });
  },
  closing: ({ outcomes }) => curvesTable(outcomes, 'training images'),
  page: async (...found) => (await import('./page.ts')).renderSamplesReport(...found),
};

/**
 * Runs a study of few samples in a folder: trains the runs that are missing there, and writes the report.
 * Interrupted by `signal`, its events end without `done`; the same call goes on.
 *
 * @throws RequestError for wrong settings, missing data, a folder that holds other runs or that another
 *   process is at work in
 * @throws FailedRunsError in the end, where runs that were trained side by side have failed
 */
export const runSamplesStudy = (
  options: SamplesStudyOptions = {},
): AsyncGenerator<StudyEvent<SamplesSummary>> => runStudy(samplesStudy, options);

const caption =
  'Every recipe at the learning rate and length that did best on validation images; means over the ' +
  'seeds, bands their 95\u202f% intervals.';

/** Opens all training images, of which every run takes its own. */
async function openSized(
  settings: SamplesSettings,
  { dataFolder, onDownload }: SamplesStudyOptions,
): Promise<OpenedStudy<SamplesSettings>> {
  const dataset = await openData(
    { ...settings.config, validation: 'none' },
    { dataFolder, onDownload },
  );
  return { dataset, settings: sizedSettings(settings, dataset.train.count) };
}
