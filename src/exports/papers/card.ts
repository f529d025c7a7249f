import { imagesIn } from '../../runs/describe.ts';
import type { RunConfig } from '../../runs/fields.ts';
import { readRecord } from '../../runs/folder.ts';
import { keptPredictions, predict } from '../../runs/predictions.ts';
import type { RunRecord } from '../../runs/record.ts';
import { type Assessment, assess, type Calibration } from '../../statistics/assessment.ts';
import type { Share } from '../../statistics/share.ts';
import { trainCommand } from '../../studies/commands.ts';
import { markdownTable, markdownText } from '../../text/markdown.ts';
import { percent, plural, wholeNumber } from '../../text/text.ts';
import { trainingBatches } from '../../training/batches.ts';
import { decayFor } from '../../training/decay.ts';
import type { FilesOfRun } from '../formats.ts';
import { portable } from '../portable.ts';

/**
 * A run's model card: what it was trained on and how, its errors with their intervals, its calibration, and what
 * made it. Mitchell et al., "Model cards for model reporting", 2019.
 */
export const cardFiles: FilesOfRun = async (source) => {
  const { folder } = source;
  const record = await readRecord(folder);
  const step = await source.step();
  const { splits } = (await keptPredictions(folder, step)) ?? (await predict(await source.open()));
  const found = assess(splits.test, { validation: splits.validation });
  return [{ name: 'model-card.md', content: cardOf(record, step, found) }];
};

function cardOf(record: RunRecord, step: number, found: Assessment): string {
  const { config, data } = record;
  const { classNames } = imagesIn(record);
  return [
    `# ${config.net} on ${markdownText(data.title)}`,
    `An image classifier: ${config.net}, layout ${config.layout}, ${wholeNumber(record.parameters)} parameters; ` +
      `classes: ${classNames.map(markdownText).join(', ')}.`,
    section('Data', dataRows(record)),
    section('Training', trainingRows(record, step)),
    `Again: \`${trainCommand(portable(config), 'run')}\``,
    section(`Errors on ${testedOn(config)}`, errorRows(found)),
    'Intervals are of 95 % (Wilson), for images such as these: they hold neither the spread of seeds nor other data.',
    classTable(found, classNames),
    section('Calibration', calibrationRows(found)),
    section('Made by', madeRows(record)),
    '## Use\n\nWhat it is meant for, what it must not be used for, and whom its errors would hurt is for its author to say here.',
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n');
}

/** Which images the errors are of: a fold leaves the test set alone. */
const testedOn = ({ fold }: RunConfig): string =>
  fold === null ? 'the test images' : `fold ${fold} of the training images`;

type Row = [name: string, value: string];

const section = (title: string, rows: readonly Row[]): string =>
  `## ${title}\n\n${markdownTable(['', ''], rows)}`;

function dataRows(record: RunRecord): Row[] {
  const { data, config } = record;
  const { channels, height, width } = imagesIn(record);
  const test = config.fold === null ? 'test' : `in fold ${config.fold}`;
  const counts = { training: data.train, validation: data.validation, [test]: data.test };
  const said = Object.entries(counts).filter(([, count]) => count !== undefined);
  return [
    ['Data set', markdownText(data.title)],
    ['Images', said.map(([name, count]) => `${wholeNumber(count!)} ${name}`).join(', ')],
    ['Size', `${channels} × ${height} × ${width}, bytes`],
    ['Digest', data.digest ? `\`${data.digest}\`` : 'not kept'],
  ];
}

/** So many steps, and of how many images: an epoch's last one may be smaller. */
function stepsText(step: number, images: number, batch: number): string {
  const sizes = trainingBatches(images, batch).map(({ count }) => count);
  const [first, last] = [sizes[0], sizes[sizes.length - 1]];
  const smaller = last < first ? `, the last of each epoch of ${last}` : '';
  return `${plural(step, 'step')} of ${first} images${smaller}`;
}

function trainingRows({ config, data, differs, init }: RunRecord, step: number): Row[] {
  const { learningRate, momentum, mixing, head, seed, swa } = config;
  const weightDecay = decayFor(config.weightDecay, config.epochs, config.decayEpochs);
  const averaged = swa === 'none' ? '' : `, weights averaged by ${swa}`;
  const told = Object.entries(differs).filter(([key]) => key !== 'dataset' && key !== 'init');
  return [
    ['Mixing law, head', markdownText(`${mixing}, ${head}`)],
    [
      'Optimiser',
      `SGD, Nesterov momentum ${momentum}, rate ${learningRate} along a cosine${averaged}, weight decay ${Number(weightDecay.toPrecision(3))}`,
    ],
    [
      'Length',
      `${stepsText(step, data.train, config.batch)}; ${plural(config.epochs, 'epoch')} planned; seed ${seed}`,
    ],
    [
      'Not the defaults',
      markdownText(told.map(([key, value]) => `${key} ${value}`).join(', ')) || 'nothing',
    ],
    ...(init ? [['Began with', `weights of SHA-256 \`${init.sha256}\``] as Row] : []),
  ];
}

/** `2.50 % (2.10 to 2.90)`: what is missing to a share. */
const errorText = (share: Share | null): string =>
  share
    ? `${percent(100 * (1 - share.share))} (${(100 * (1 - share.high)).toFixed(2)} to ${(100 * (1 - share.low)).toFixed(2)})`
    : 'n/a';

const errorRows = ({ samples, accuracy, balancedAccuracy }: Assessment): Row[] => [
  ['Images', wholeNumber(samples)],
  ['Error', errorText(accuracy)],
  ['Balanced error, the mean over the classes', errorText(balancedAccuracy)],
];

function classTable({ perClass }: Assessment, names: readonly string[]): string {
  const rows = perClass.map(({ samples, recall, precision }, k) => [
    ...[markdownText(names[k]), wholeNumber(samples), errorText(recall)],
    precision ? percent(100 * precision.share) : 'n/a',
  ]);
  const heading = ['Class', 'Images', 'Error', 'Precision'];
  return markdownTable(heading, rows, ['left', 'right', 'right', 'right']);
}

function calibrationRows({ calibration, temperature, tempered }: Assessment): Row[] {
  const told = (one: Calibration | null): string =>
    one
      ? `${percent(100 * one.error)}; chance alone gives a calibrated net ${percent(100 * one.ofCalibrated)}, 19 of 20 below ${percent(100 * one.limit)}`
      : 'n/a';
  const rows: Row[] = [['Expected calibration error, 15 bins', told(calibration)]];
  if (calibration)
    rows.push([
      'Log loss, Brier score',
      `${calibration.logLoss.toFixed(4)}, ${calibration.brier.toFixed(4)}`,
    ]);
  if (temperature?.temperature)
    rows.push([
      `With temperature ${temperature.temperature.toFixed(3)}, fitted on validation images`,
      told(tempered),
    ]);
  return rows;
}

function madeRows({ code, machine, startedAt }: RunRecord): Row[] {
  const commit = code.commit ? `, commit \`${code.commit}\`` : '';
  return [
    ['Code', `shakelab ${code.shakelab}${commit}, Node ${code.node}`],
    [
      'Machine',
      markdownText(`${machine.cpu}, ${machine.processors} processors, ${machine.platform}`),
    ],
    ['Kernels', `${machine.isa ?? 'unknown'}, version ${machine.kernels ?? 1}`],
    ['Begun', startedAt],
  ];
}
