import { type Compactness, compactness, curveRadii } from '../../analysis/compactness.ts';
import { type BlockDiagram, drawBlocks } from '../../figures/blocks.ts';
import { drawClassCompactness, drawCompactness } from '../../figures/compactness.ts';
import { embeddingGrid, embeddingModes } from '../../figures/embeddingSheets.ts';
import type { Sheet } from '../../figures/sheet.ts';
import { drawSheetSvg, sheetPng } from '../../figures/sheetPng.ts';
import { parseLayout } from '../../nets/layouts.ts';
import { parseNet } from '../../nets/networks.ts';
import { imagesIn } from '../../runs/describe.ts';
import type { RunConfig } from '../../runs/fields.ts';
import { classFigures } from '../classes.ts';
import type { RunEmbeddings } from '../embeddings.ts';
import { learningFigure } from '../learning.ts';
import type { StudyPlan } from '../plan.ts';
import type { ReportFigure } from '../report/figures.ts';
import type { TrainedRun } from '../trained.ts';

/** A run with its embeddings. */
interface ShownRun extends TrainedRun {
  cells: RunEmbeddings;
}

/** The figures of the study, in the paper's order; samples are those of the first seed that keeps them. */
export async function drawMnistFigures(
  plan: StudyPlan,
  trained: readonly TrainedRun[],
): Promise<ReportFigure[]> {
  const first = ofFirstSeed(trained);
  return [
    ...(await embeddingFigures(trained)),
    ...(await classFigures(trained)),
    learningFigure(
      first.map(({ run, epochs }) => ({ title: run.model, epochs })),
      `Seed ${first[0].run.config.seed}.`,
    ),
    passes(plan),
    layouts(plan),
  ];
}

const ofFirstSeed = (runs: readonly TrainedRun[]): TrainedRun[] =>
  runs.filter(({ run }) => run.config.seed === runs[0].run.config.seed);

/** What is drawn of embeddings; nothing where all of them stayed on another machine. */
async function embeddingFigures(trained: readonly TrainedRun[]): Promise<ReportFigure[]> {
  const first = ofFirstSeed(trained.filter(({ embeddings }) => embeddings));
  if (first.length === 0) return [];
  const shown = await Promise.all(
    first.map(async (own): Promise<ShownRun> => ({ ...own, cells: await own.embeddings!() })),
  );
  const { classNames } = imagesIn(first[0].record);
  const curves = shown.map(({ run, cells: { trainMode, evaluateMode } }) => ({
    title: run.model,
    compactness: compactness(trainMode, evaluateMode, curveRadii),
  }));
  return [
    await embeddings(shown, classNames),
    await modes(shown, classNames),
    compactnessOfModels(curves),
    ...curves.map((curve, index) => compactnessOfClasses(curve, shown[index].run.id, classNames)),
  ];
}

async function embeddings(
  shown: readonly ShownRun[],
  classNames: readonly string[],
): Promise<ReportFigure> {
  const models = shown.map(({ run, result, cells }) => ({
    title: run.model,
    testError: result.testError,
    train: cells.trainMode,
    test: cells.test,
  }));
  return {
    file: 'figure-3-embeddings.png',
    ...(await sheetFiles(embeddingGrid(models, classNames))),
    section: 'embeddings',
    width: 'wide',
    title: 'Embeddings',
    caption:
      'Above, training samples in train mode, nothing updated; below, test samples in evaluate ' +
      `mode. One scale a column; numbered discs are class centres. Seed ${shown[0].run.config.seed}. ` +
      "The paper's Fig. 3.",
    alternative: `Scatter plots of two-dimensional features, one column each for ${models
      .map(({ title, testError }) => `${title} (test error ${testError.toFixed(2)} %)`)
      .join(', ')}`,
  };
}

async function modes(
  shown: readonly ShownRun[],
  classNames: readonly string[],
): Promise<ReportFigure> {
  const { run, cells } = shown[shown.length - 1];
  return {
    file: 'figure-4-modes.png',
    ...(await sheetFiles(embeddingModes(cells, classNames))),
    section: 'embeddings',
    width: 'half',
    title: `${run.model}: train and evaluate mode`,
    caption:
      "The same training samples, with and without shaking, on one scale. The paper's Fig. 4.",
    alternative: `Two scatter plots of the training samples of ${run.model}, in train mode and in evaluate mode`,
  };
}

/** A sheet as the report shows it, and as it is printed. */
async function sheetFiles(sheet: Sheet): Promise<Pick<ReportFigure, 'content' | 'drawing'>> {
  const drawing = await drawSheetSvg(sheet);
  return { content: await sheetPng(drawing), drawing };
}

interface Curve {
  title: string;
  compactness: Compactness;
}

function compactnessOfModels(curves: readonly Curve[]): ReportFigure {
  return {
    file: 'figure-5-compactness.svg',
    content: drawCompactness(curves),
    section: 'measures',
    width: 'half',
    title: 'Compactness',
    caption:
      'Percentage of training samples that lie, in evaluate mode, within a distance of their ' +
      "class centre; the unit is the class's largest distance in train mode. Mean over classes. " +
      "The paper's Fig. 5.",
    alternative: 'A rising curve for each model: percentage of samples against relative distance',
  };
}

function compactnessOfClasses(
  { title, compactness }: Curve,
  id: string,
  classNames: readonly string[],
): ReportFigure {
  return {
    file: `figure-5-classes.${id}.svg`,
    content: drawClassCompactness(title, compactness, classNames),
    section: 'classes',
    width: 'half',
    title,
    caption: 'The same for each class by itself.',
    alternative: `A rising curve for each class of ${title}`,
  };
}

function passes({ runs, data }: StudyPlan): ReportFigure {
  const { config } = runs[runs.length - 1];
  const block = { ...blockOf(config, data), mixing: 'shake' } as const;
  const blocks: BlockDiagram[] = [
    { ...block, pass: 'forward', title: 'training, forward' },
    { ...block, pass: 'backward', title: 'training, backward' },
    { ...block, pass: 'evaluate', title: 'evaluation' },
  ];
  return {
    file: 'figure-1-shaking.svg',
    content: drawBlocks(blocks),
    section: 'blocks',
    width: 'wide',
    title: 'Shaking',
    caption:
      'Each branch is multiplied by a random coefficient, a fresh one for every image and pass, ' +
      "and by the expected one in evaluation. The paper's Fig. 1.",
    alternative: 'Three diagrams of a residual block: forward, backward and in evaluation',
  };
}

function layouts({ runs, data }: StudyPlan): ReportFigure {
  const byLayout = new Map(runs.map(({ config }) => [config.layout, config]));
  const blocks = [...byLayout.values()].map((config): BlockDiagram => {
    const { layout, branches } = blockOf(config, data);
    return { layout, branches, mixing: 'shake', title: layout.name };
  });
  return {
    file: 'figure-2-layouts.svg',
    content: drawBlocks(blocks),
    section: 'blocks',
    width: 'half',
    title: 'Layouts',
    caption: "The blocks that were compared, here with shaking. The paper's Fig. 2.",
    alternative: `Diagrams of the residual blocks ${[...byLayout.keys()].join(', ')}`,
  };
}

/** The layout of a run's blocks and how many branches they have. */
function blockOf(config: RunConfig, { shape: [channels, height, width] }: StudyPlan['data']) {
  const layout = parseLayout(config.layout);
  const net = parseNet(config.net, { layout, channels, height, width, features: config.features });
  return { layout, branches: net.blocks[0].branches };
}
