import { drawLearningCurves } from '../../src/figures/learning.ts';
import { estimate } from '../../src/statistics/estimate.ts';
import { contrast } from '../../src/studies/contrast.ts';
import { errorText } from '../../src/studies/curves/words.ts';
import { judgeContrasts } from '../../src/studies/family.ts';
import { groupByModel, type ModelRuns } from '../../src/studies/models.ts';
import { intervalInWords, verdictInWords } from '../../src/studies/report/contrasts.ts';
import type { Summary } from '../../src/studies/summary.ts';
import { markdownTable } from '../../src/text/markdown.ts';
import { plural } from '../../src/text/text.ts';
import type { Blocks } from './blocks.ts';

/** The four models of section 3.1 after so many epochs. */
interface Budget {
  epochs: number;
  summary: Summary;
  models: ModelRuns[];
}

/** Studies of section 3.1 by their epochs; of equal ones that with the most runs. */
function budgetsOf(studies: readonly Summary[]): Budget[] {
  const byEpochs = new Map<number, Summary>();
  for (const summary of [...studies].sort((a, b) => a.runs.length - b.runs.length))
    byEpochs.set(summary.runs[0].epochs, summary);
  return [...byEpochs]
    .sort(([a], [b]) => a - b)
    .map(([epochs, summary]) => ({ epochs, summary, models: groupByModel(summary.runs) }));
}

/** What the studies of MNIST say: errors, what shaking does, the paper's claims. */
export function mnistBlocks(studies: readonly Summary[]): Blocks {
  const budgets = budgetsOf(studies);
  return {
    'mnist-errors': errorTable(budgets),
    'mnist-shaking': shakingTable(budgets),
    'mnist-claims': claimTable(budgets),
  };
}

const errorsOf = ({ runs }: ModelRuns) => estimate(runs.map(({ testError }) => testError));

function errorTable(budgets: readonly Budget[]): string {
  const { models } = budgets[0];
  const rows = budgets.map(({ epochs, models: own }) => [
    String(epochs),
    ...models.map(({ key }) => {
      const model = own.find((other) => other.key === key);
      return model ? `${errorText(errorsOf(model))} (${model.runs.length})` : '–';
    }),
  ]);
  return markdownTable(['epochs', ...models.map(({ title }) => title)], rows);
}

/** Shaken minus not, at every budget for both layouts: one family. */
function shakingTable(budgets: readonly Budget[]): string {
  const pairs = budgets.flatMap(({ epochs, models }) =>
    ['preact', 'preact-bn'].flatMap((layout) => {
      const [shaken, plain] = ['shake-shake', 'even'].map((mixing) =>
        models.find(({ key }) => key === `${layout}.${mixing}`),
      );
      return shaken && plain
        ? [{ epochs, shaken, held: contrast(shaken, plain, 'testError')! }]
        : [];
    }),
  );
  const judged = judgeContrasts(pairs.map(({ held }) => held));
  const rows = pairs.map(({ epochs, shaken }, place) => [
    shaken.title.replace(' with shaking', ''),
    String(epochs),
    intervalInWords(judged[place], 'testError'),
    verdictInWords(judged[place], 'testError'),
  ]);
  return markdownTable(['layout', 'epochs', 'shaken − not', 'verdict'], rows);
}

/** The verdict on every claim of section 3.1 at every budget. */
function claimTable(budgets: readonly Budget[]): string {
  const heading = budgets.map(({ epochs, models }) => {
    const seeds = Math.min(...models.map(({ runs }) => runs.length));
    return `${plural(epochs, 'epoch')}, ${plural(seeds, 'seed')}`;
  });
  const [{ summary }] = budgets;
  const rows = summary.claims.map(({ id, where, statement }) => [
    where,
    statement,
    ...budgets.map(
      ({ summary: { claims } }) => claims.find((claim) => claim.id === id)?.verdict ?? '–',
    ),
  ]);
  const counts = budgets.map(({ summary: { claims } }) => countsInWords(claims));
  return markdownTable(['where', 'claim', ...heading], [...rows, ['', '**together**', ...counts]]);
}

/** `2 agree, 15 undecided`. */
function countsInWords(claims: Summary['claims']): string {
  const words = {
    agrees: 'agree',
    disagrees: 'disagree',
    undecided: 'undecided',
    untested: 'untested',
    unjudged: 'unjudged',
  };
  return Object.entries(words)
    .map(
      ([verdict, word]) =>
        [claims.filter((claim) => claim.verdict === verdict).length, word] as const,
    )
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count} ${word}`)
    .join(', ');
}

/** The error of every model after each epoch, a line a schedule: means over the seeds. */
export const mnistFigure = (studies: readonly Summary[]): string =>
  drawLearningCurves(
    budgetsOf(studies).flatMap(({ models }) =>
      models.map((model) => ({ title: model.title, epochs: meanCurve(model) })),
    ),
  );

function meanCurve({ runs }: ModelRuns) {
  return runs[0].curve.map(({ epoch }, place) => ({
    epoch,
    testError: estimate(runs.map(({ curve }) => curve[place].testError!)).mean,
  }));
}
