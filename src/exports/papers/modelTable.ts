import { RequestError } from '../../errors.ts';
import { differingKeys } from '../../runs/config.ts';
import { contrast } from '../../studies/contrast.ts';
import { judgeContrasts } from '../../studies/family.ts';
import { type Measure, measures, paperMeasuresOf } from '../../studies/measures/measures.ts';
import { groupByModel, type ModelRuns, statisticOf } from '../../studies/models.ts';
import { overSeeds } from '../../studies/report/format.ts';
import type { Summary } from '../../studies/summary.ts';
import type { PaperTable } from './paperTable.ts';

/**
 * The models of a study and their measures. The best mean of a measure is marked where every other
 * model can be told apart from it: by Holm's adjusted p over all pairs of models.
 *
 * @throws RequestError where runs of a model differ in more than their seed, as folds and trials do
 */
export function modelTable({ runs, title, data }: Summary): PaperTable {
  const models = groupByModel(runs, ({ model }) => model);
  for (const model of models) refuseUnlike(title, model);
  const columns = paperMeasuresOf(runs);
  const best = new Map(columns.map((measure) => [measure, bestOf(models, measure)]));
  return {
    caption: `${title}, ${data.title}. ${overSeeds(models)}${rule(models, [...best])}`,
    counted: 'Seeds',
    columns: columns.map((measure) => ({
      heading: headingOf(measure),
      digits: measures[measure].digits,
    })),
    rows: models.map((model) => ({
      name: model.title,
      count: model.runs.length,
      cells: columns.map((measure) => ({
        statistic: statisticOf(model, measure),
        best: best.get(measure) === model,
      })),
    })),
    missing: 'n/a',
  };
}

/** What the runs of a model over its seeds may differ in. */
const seeded = ['seed', 'subset'];

function refuseUnlike(study: string, { title, runs: [first, ...others] }: ModelRuns): void {
  const keys = others.flatMap((run) => differingKeys(first, run));
  const other = keys.find((key) => !seeded.includes(key));
  if (other === undefined) return;
  throw new RequestError(
    `${study}: runs of ${title} differ in ${other}, so that they have no mean over seeds; ` +
      'take the numbers of its report.html or summary.json',
  );
}

function headingOf(measure: Measure): string {
  const { short, unit } = measures[measure];
  return unit.trim() ? `${short} (${unit.trim()})` : short;
}

/** What is bold, or why nothing is; nothing to say of a single model or of measures without a best. */
function rule(models: readonly ModelRuns[], best: readonly [Measure, ModelRuns | null][]): string {
  const pairs = (models.length * (models.length - 1)) / 2;
  if (pairs === 0 || !best.some(([measure]) => measures[measure].better)) return '';
  if (models.some(({ runs }) => runs.length < 2)) return ' Of one seed nothing is marked.';
  const tested = `(Holm's adjusted p ≤ 0.05 over ${pairs} pairs of models)`;
  return best.some(([, model]) => model)
    ? ` Bold: lower than that of every other model ${tested}.`
    : ` No model's error can be told apart from all others' ${tested}.`;
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
