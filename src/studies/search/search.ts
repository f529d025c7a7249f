import { mkdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { writeWhole } from '../../runs/atomic.ts';
import { openData } from '../../runs/open.ts';
import type { RunResult } from '../../runs/result.ts';
import type { RunsEvent } from '../events.ts';
import { type Laboratory, openLaboratory } from '../laboratory.ts';
import { planOf, type StudyPlan, writePlan } from '../plan.ts';
import type { ReportFigure } from '../report/figures.ts';
import type { StudyRun } from '../study.ts';
import { holdFolder, trainRuns } from '../trainRuns.ts';
import { enduring, hasDiverged } from './divergence.ts';
import { drawSearchFigures } from './figures.ts';
import { lawsOf, type Outcome } from './findings.ts';
import {
  type Arm,
  armsOf,
  type Round,
  roundsOf,
  runsOf,
  type SearchOptions,
  searchCommand,
  searchSettings,
} from './options.ts';
import { renderSearchReport } from './page.ts';
import {
  type FinishedRound,
  orderOutcomes,
  type SearchPlace,
  type SearchSummary,
  searchTitle,
  summariseSearch,
} from './summary.ts';

/** What happens in a search, in this order; the last event of a whole search is `done`. */
export type SearchEvent =
  | {
      kind: 'plan';
      title: string;
      dataset: { name: string; title: string; source: string };
      out: string;
      laws: string[];
      rounds: Round[];
    }
  | { kind: 'round-start'; round: Round; rounds: number; arms: Arm[]; epochsBefore: number }
  | RunsEvent
  | { kind: 'round-done'; round: FinishedRound; reportPath: string }
  | { kind: 'done'; summary: SearchSummary; summaryPath: string; reportPath: string };

/**
 * Trains every placement of batch norms in a two-conv branch, with even mixing and with a law, and
 * spends more time on the promising by successive halving (Jamieson and Talwalkar 2016): a round
 * keeps the best layouts of either law, and trains those longer.
 *
 * A run never goes on from a shorter round's: the learning rate falls to 0 along a cosine, so a
 * net of a shorter round has come to rest, and one cut off from a longer schedule has not been
 * annealed. Each round trains anew, with new seeds, on its whole schedule; that costs at most
 * factor / (factor − 1) of the time, and every error is one that `shakelab train` gives. Within a
 * round, an interrupted run goes on from its checkpoint, and finished ones are kept.
 *
 * @throws RequestError for wrong settings, missing data, or a folder that holds other runs
 */
export async function* runSearch(options: SearchOptions = {}): AsyncGenerator<SearchEvent> {
  const settings = searchSettings(options);
  const { dataFolder, threads, signal, onDownload } = options;
  const dataset = await openData(settings.config, { dataFolder, onDownload });
  const command = searchCommand(settings, dataFolder);
  const place = { settings, dataset, command, threads: threads ?? availableParallelism() };
  yield* searchIn(place, openLaboratory({ dataset, threads, signal }));
}

/** The same in a laboratory. */
export async function* searchIn(
  place: SearchPlace,
  laboratory: Laboratory,
): AsyncGenerator<SearchEvent> {
  yield planEvent(place);
  const patient = enduring(laboratory, place.dataset.classNames.length);
  yield* holdFolder(place.settings.out, trainRounds(place, patient));
}

async function* trainRounds(
  place: SearchPlace,
  laboratory: Laboratory,
): AsyncGenerator<SearchEvent> {
  const { settings } = place;
  const rounds = roundsOf(settings);
  const finished: FinishedRound[] = [];
  const planned: StudyRun[] = [];
  let arms = armsOf(settings);
  let epochsBefore = 0;
  for (const round of rounds) {
    planned.push(...runsOf(settings.config, round, arms));
    await writePlan(settings.out, planOfSearch(place, planned));
    yield { kind: 'round-start', round, rounds: rounds.length, arms, epochsBefore };
    const trained = yield* trainRound(place, round, arms, laboratory);
    if (!trained) return;
    finished.push(trained);
    yield { kind: 'round-done', round: trained, ...(await keepSearch(place, finished)) };
    epochsBefore += arms.length * round.seeds.length * round.epochs;
    arms = survivorsOf(trained, rounds[round.number]?.layouts ?? 0);
  }
  yield { kind: 'done', ...(await keepSearch(place, finished)) };
}

/** Trains the layouts of a round; undefined where it was interrupted. */
async function* trainRound(
  { settings }: SearchPlace,
  round: Round,
  arms: Arm[],
  laboratory: Laboratory,
): AsyncGenerator<SearchEvent, FinishedRound | undefined> {
  const results = new Map<string, RunResult>();
  const runs = runsOf(settings.config, round, arms);
  const whole = yield* trainRuns(runs, settings.out, laboratory, async function* (run, result) {
    results.set(run.id, result);
    yield* [];
  });
  if (!whole) return undefined;
  const outcomes = arms.map((arm) => outcomeOf(arm, runs, results));
  const seconds = [...results.values()].reduce((sum, result) => sum + result.seconds, 0);
  return { ...round, outcomes: orderOutcomes(outcomes, lawsOf(outcomes)), seconds };
}

function outcomeOf(arm: Arm, runs: StudyRun[], results: ReadonlyMap<string, RunResult>): Outcome {
  const own = runs
    .filter(({ config }) => config.layout === arm.layout && config.mixing === arm.mixing)
    .map(({ id }) => results.get(id)!);
  return {
    ...arm,
    errors: own.map(({ testError }) => testError),
    diverged: own.filter(hasDiverged).length,
  };
}

/** The best layouts of either law. */
const survivorsOf = ({ outcomes }: FinishedRound, layouts: number): Arm[] =>
  lawsOf(outcomes).flatMap((mixing) =>
    outcomes
      .filter((outcome) => outcome.mixing === mixing)
      .slice(0, layouts)
      .map(({ errors: _, diverged: __, ...arm }) => arm),
  );

/** Writes `figures/`, `summary.json` and `report.html` of the rounds that are trained. */
async function keepSearch(place: SearchPlace, rounds: readonly FinishedRound[]) {
  const { out } = place.settings;
  const summary = summariseSearch(place, rounds);
  const figures = drawSearchFigures(summary);
  const [summaryPath, reportPath] = [join(out, 'summary.json'), join(out, 'report.html')];
  await mkdir(join(out, 'figures'), { recursive: true });
  const writeFigure = ({ file, content }: ReportFigure) =>
    writeWhole(join(out, 'figures', file), content);
  await Promise.all(figures.map(writeFigure));
  await writeWhole(summaryPath, `${JSON.stringify(summary, null, 2)}\n`);
  await writeWhole(reportPath, renderSearchReport(summary, figures));
  return { summary, summaryPath, reportPath };
}

const about =
  'Which places of batch norms in a residual branch suit shaking: every placement is trained with ' +
  'even mixing and with a law; each round keeps the best, and trains them longer.';

/** What is known of the runs so far: which layouts reach a round is known when the last one ends. */
const planOfSearch = ({ dataset, command, threads }: SearchPlace, runs: StudyRun[]): StudyPlan =>
  planOf({
    ...{ name: 'search', title: searchTitle, about, standInFor: null, claims: [] },
    ...{ dataset, command, threads, runs },
  });

function planEvent({ settings, dataset }: SearchPlace): SearchEvent {
  const { name, title, source } = dataset;
  return {
    kind: 'plan',
    title: 'Search over layouts',
    dataset: { name, title, source },
    out: settings.out,
    laws: ['even', settings.config.mixing],
    rounds: roundsOf(settings),
  };
}
