import { availableParallelism } from 'node:os';
import { openDataset } from '../../data/datasets.ts';
import { checkFolder } from '../../runs/folder.ts';
import { estimateStudy } from '../estimate.ts';
import { planEvent, type StudyEvent } from '../events.ts';
import { type Laboratory, openLaboratory } from '../laboratory.ts';
import { planOf, writePlan } from '../plan.ts';
import { studySeeds } from '../seeds.ts';
import { runFolder, type Study, type StudyRun } from '../study.ts';
import { holdFolder, trainRuns } from '../trainRuns.ts';
import { cifar10Claims } from './claims.ts';
import { type Cifar10StudyOptions, commandOf, type Settings, settingsOf } from './options.ts';
import { reportCifar10 } from './results.ts';
import { parseRows } from './rows.ts';

const about =
  'Where does a batch normalisation have to stand for shaking to help? Blocks that differ in ' +
  'nothing but where they normalise, trained with and without shaking. A repetition of section ' +
  '3.2 of Huang and Narayanan, “On Role and Location of Normalization before Model-Based Data ' +
  'Augmentation in Residual Blocks for Classification Tasks”.';

/**
 * The paper's study of section 3.2: rows of Table 1 over several seeds. One seed of every row is
 * trained before the next seed, so that a study cut short has whole sets. Before it trains, it
 * measures how long it will take; after every run, it writes the report of those trained so far.
 *
 * @throws RequestError for wrong settings, missing data, a folder that holds other runs or that
 *   another process is at work in
 */
export async function* runCifar10Study(
  options: Cifar10StudyOptions = {},
): AsyncGenerator<StudyEvent> {
  const settings = settingsOf(options);
  if (options.reportOnly) {
    yield { kind: 'done', ...(await reportCifar10(settings.out)) };
    return;
  }
  const runs = runsOf(settings);
  const { out, config } = settings;
  for (const run of runs) await checkFolder(runFolder(out, run), run.config, true);
  const { threads, signal } = options;
  const dataset = await openDataset(config.dataset, {
    folder: options.dataFolder,
    trainSize: config.trainSize,
    onProgress: options.onDownload,
  });
  const study: Study = {
    name: 'cifar10',
    title: 'Batch normalisation before shaking: Table 1',
    about,
    dataset,
    standInFor: dataset.name === 'cifar10' ? null : 'CIFAR-10',
    runs,
    claims: cifar10Claims,
    command: commandOf(settings, options.dataFolder),
    threads: threads ?? availableParallelism(),
  };
  const laboratory = openLaboratory({ dataset, threads, signal });
  yield* holdFolder(out, trainCifar10(study, out, laboratory));
}

/** Estimates, trains, and reports after every run. */
export async function* trainCifar10(
  study: Study,
  out: string,
  laboratory: Laboratory,
): AsyncGenerator<StudyEvent> {
  yield planEvent(study, out);
  await writePlan(out, planOf(study));
  yield { kind: 'estimate', ...(await estimateStudy(study, out, laboratory)) };
  const whole = yield* trainRuns(
    study.runs,
    out,
    laboratory,
    async function* (): AsyncGenerator<StudyEvent> {
      yield { kind: 'analysis', task: 'writing the report' };
      await reportCifar10(out);
    },
  );
  if (whole) yield { kind: 'done', ...(await reportCifar10(out)) };
}

/** Every row with the first seed, then with the second. */
function runsOf({ rows, seeds, config }: Settings): StudyRun[] {
  const models = parseRows(rows);
  return studySeeds(seeds).flatMap((seed) =>
    models.map(({ title, layout, mixing }) => ({
      id: `${layout}.${mixing}.seed${seed}`,
      model: title,
      title: seeds > 1 ? `${title}, seed ${seed}` : title,
      config: { ...config, layout, mixing, seed },
    })),
  );
}
