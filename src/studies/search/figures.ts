import { type BlockDiagram, drawBlocks } from '../../figures/blocks.ts';
import { drawErrorColumns } from '../../figures/errorColumns.ts';
import { drawIntervals } from '../../figures/intervals.ts';
import { parseLayout } from '../../nets/layouts.ts';
import { parseNet } from '../../nets/networks.ts';
import { classFigures } from '../classes.ts';
import { errorOf } from '../halving.ts';
import type { StudyPlan } from '../plan.ts';
import type { ReportFigure } from '../report/figures.ts';
import type { TrainedRun } from '../trained.ts';
import { distances, type Effect, lawsOf } from './findings.ts';
import { slots, slotTitles } from './placements.ts';
import { armTitle } from './rounds.ts';
import type { SearchSummary } from './summary.ts';

/** What stands under the columns of errors. */
const distanceTitles = ['directly before', 'one conv before', 'two convs before', 'no batch norm'];

/** What a reader calls the parts whose effects are measured. */
export const partTitles: Record<Effect['of'], string> = { ...slotTitles, firstRelu: 'First ReLU' };

/** The figures of a search, with what the best layout of either law takes for what in the last round. */
export const drawSearchFigures = async (
  summary: SearchSummary,
  _: StudyPlan,
  trained: readonly TrainedRun[],
): Promise<ReportFigure[]> => [
  ...[errorByDistance(summary), effects(summary), bestBlocks(summary)],
  ...(await classFigures(bestRuns(summary, trained))),
];

function bestRuns({ rounds }: SearchSummary, trained: readonly TrainedRun[]): TrainedRun[] {
  const { number, outcomes } = rounds[rounds.length - 1];
  const best = lawsOf(outcomes).map((law) => outcomes.find(({ mixing }) => mixing === law)!);
  return best.flatMap((arm) =>
    trained.filter(
      ({ run }) => run.model === armTitle(arm) && run.id.startsWith(`round${number}.`),
    ),
  );
}

/** What layouts were ranked by; searches of older releases had no validation. */
const judgedErrorOf = ({ data }: SearchSummary): string =>
  data.validation === undefined ? 'Test error' : 'Validation error';

function errorByDistance(summary: SearchSummary): ReportFigure {
  const [first] = summary.rounds;
  const laws = lawsOf(first.outcomes);
  const points = first.outcomes.map((outcome) => ({
    series: laws.indexOf(outcome.mixing),
    category: distances.indexOf(outcome.distance),
    value: errorOf(outcome),
  }));
  const title = `${judgedErrorOf(summary)} by the distance from the last batch norm to the mix`;
  return {
    file: 'error-by-distance.svg',
    content: drawErrorColumns(
      { title, series: laws, categories: distanceTitles },
      points,
      `${judgedErrorOf(summary)} (%)`,
    ),
    section: 'distance',
    width: 'wide',
    title: 'Error against distance',
    caption:
      'Every dot is a layout of the first round, every bar the mean of a column: how far the last ' +
      'batch norm of a branch stands from the mix, in convolutions between the two.',
    alternative: `${title}: a column of dots for each law at each of four distances`,
  };
}

function effects(summary: SearchSummary): ReportFigure {
  const { effects, rounds } = summary;
  const [first] = rounds;
  const laws = lawsOf(first.outcomes);
  const parts = [...slots, 'firstRelu' as const].filter((part) =>
    effects.some(({ of }) => of === part),
  );
  const values = effects.map(({ mixing, of, difference }) => ({
    series: laws.indexOf(mixing),
    category: parts.indexOf(of),
    value: difference.mean,
    halfWidth: difference.halfWidth,
  }));
  const title = `Effect of each place on the ${judgedErrorOf(summary).toLowerCase()}`;
  const names = { title, series: laws, categories: parts.map((part) => partTitles[part]) };
  return {
    file: 'effects.svg',
    content: drawIntervals(
      names,
      `Change of the ${judgedErrorOf(summary).toLowerCase()} (points)`,
      values,
    ),
    section: 'effects',
    width: 'wide',
    title: 'Marginal effects',
    caption:
      'What a batch norm in a place, or the first ReLU, adds to the error: mean over all pairs of ' +
      'layouts of the first round that differ in nothing else, with its 95\u202f% interval. Left of ' +
      '0 it helps.',
    alternative: `${title}: a dot with an interval for each law and place`,
  };
}

function bestBlocks({ rounds, settings: { config }, data }: SearchSummary): ReportFigure {
  const last = rounds[rounds.length - 1];
  const [channels, height, width] = data.shape;
  const blocks = lawsOf(last.outcomes).map((mixing): BlockDiagram => {
    const best = last.outcomes.find((outcome) => outcome.mixing === mixing)!;
    const layout = parseLayout(best.layout);
    const net = parseNet(config.net, {
      layout,
      channels,
      height,
      width,
      features: config.features,
    });
    const { branches } = net.blocks[0];
    const title = `best with ${mixing}`;
    return { layout, branches, mixing: mixing === 'even' ? 'none' : 'shake', title };
  });
  return {
    file: 'best-blocks.svg',
    content: drawBlocks(blocks),
    section: 'best',
    width: 'half',
    title: 'The best blocks',
    caption: `Those with the lowest error in round ${last.number}.`,
    alternative: 'A diagram of the best residual block for each law',
  };
}
