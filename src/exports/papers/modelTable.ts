import { join } from 'node:path';
import { RequestError } from '../../errors.ts';
import { parseDocument } from '../../files/document.ts';
import { mostBytes, readText } from '../../files/read.ts';
import { contrast } from '../../studies/contrast.ts';
import { judgeContrasts } from '../../studies/family.ts';
import { type Measure, measures, paperMeasuresOf } from '../../studies/measures/measures.ts';
import { groupByModel, type ModelRuns, type Statistic, statisticOf } from '../../studies/models.ts';
import { type Summary, summaryKind } from '../../studies/summary.ts';

/** A number of a table: mean and deviation over the seeds, and whether it is known to be the best. */
export interface Cell {
  statistic: Statistic | null;
  best: boolean;
}

/** A study's models and their measures. */
export interface ModelTable {
  title: string;
  data: string;
  columns: Measure[];
  rows: { model: string; seeds: number; cells: Cell[] }[];
  /** Pairs of models that were tested for each marked column; 0 where nothing is marked by a test. */
  tested: number;
}

/**
 * The table of a study by its `summary.json`. The best mean of a measure is marked where every other
 * model can be told apart from it: by Holm's adjusted p over all pairs of models.
 *
 * @throws RequestError where the folder holds no such summary, or one of a study without models
 */
export async function modelTable(folder: string): Promise<ModelTable> {
  const summary = await readStudySummary(folder);
  const models = groupByModel(summary.runs);
  const columns = paperMeasuresOf(summary.runs);
  const best = new Map(columns.map((measure) => [measure, bestOf(models, measure)]));
  const rows = models.map((model) => ({
    model: model.title,
    seeds: model.runs.length,
    cells: columns.map((measure) => ({
      statistic: statisticOf(model, measure),
      best: best.get(measure) === model,
    })),
  }));
  const tested = (models.length * (models.length - 1)) / 2;
  return { title: summary.title, data: summary.data.title, columns, rows, tested };
}

async function readStudySummary(folder: string): Promise<Summary> {
  const path = join(folder, 'summary.json');
  const text = await readText(path, mostBytes.document).catch((error: NodeJS.ErrnoException) => {
    if (error instanceof RequestError) throw error;
    const remedy =
      'give the folder of a study with a report; --report-only of its command writes one';
    throw new RequestError(`${path}: cannot be read (${error.code}); ${remedy}`);
  });
  return parseDocument(text, summaryKind, path);
}

/** The model that is best by a measure, where that can be told. */
function bestOf(models: readonly ModelRuns[], measure: Measure): ModelRuns | null {
  if (measures[measure].better !== 'lower' || models.length < 2) return null;
  const pairs = models.flatMap((one, i) =>
    models.slice(i + 1).map((other) => [one, other] as const),
  );
  const contrasts = pairs.map(([one, other]) => contrast(one, other, measure));
  if (contrasts.includes(null)) return null;
  const judged = judgeContrasts(contrasts.filter((one) => one !== null));
  const beats = (model: ModelRuns): boolean =>
    pairs.every(([one, other], i) => {
      if (one === model) return judged[i].sign === -1;
      return other === model ? judged[i].sign === 1 : true;
    });
  return models.find(beats) ?? null;
}
