import type { Dataset } from '../../data/dataset.ts';
import { describeIdentity } from '../../runs/identity.ts';
import { portable } from '../plan.ts';
import {
  byDistance,
  type DistanceGroup,
  type Effect,
  marginalEffects,
  type Outcome,
  ranked,
} from './findings.ts';
import { type Round, roundsOf, type SearchSettings } from './options.ts';

/** A round that is trained to its end. */
export interface FinishedRound extends Round {
  /** The best first, law by law. */
  outcomes: Outcome[];
  /** Of training, all runs together. */
  seconds: number;
}

export const searchTitle = 'Where batch norms belong before a mix: a search over layouts';

/** What a search found; errors in percent, times in seconds. */
export interface SearchSummary {
  title: string;
  dataset: string;
  data: { title: string; source: string; shape: number[]; train: number; test: number };
  settings: SearchSettings;
  /** All rounds as planned. */
  planned: Round[];
  /** Those that are trained. */
  rounds: FinishedRound[];
  /** Of the first round, which trains every layout alike. */
  distances: DistanceGroup[];
  effects: Effect[];
  command: string;
  threads: number;
  finishedAt: string;
  seconds: number;
  code: { shakelab: string; commit: string | null; node: string };
  machine: { cpu: string; processors: number; platform: string };
}

/** The circumstances of a search. */
export interface SearchPlace {
  settings: SearchSettings;
  dataset: Dataset;
  command: string;
  threads: number;
}

/** The summary of the rounds that are trained. */
export function summariseSearch(
  { settings, dataset, command, threads }: SearchPlace,
  rounds: readonly FinishedRound[],
): SearchSummary {
  const { shakelab, commit, node, ...machine } = describeIdentity();
  const { title, source, channels, height, width, train, test } = dataset;
  const counts = { train: train.count, test: test.count };
  return {
    title: searchTitle,
    dataset: dataset.name,
    data: { title, source: portable(source), shape: [channels, height, width], ...counts },
    settings,
    planned: roundsOf(settings),
    rounds: [...rounds],
    distances: byDistance(rounds[0].outcomes),
    effects: marginalEffects(rounds[0].outcomes),
    command,
    threads,
    finishedAt: new Date().toISOString(),
    seconds: rounds.reduce((sum, { seconds }) => sum + seconds, 0),
    code: { shakelab, commit, node },
    machine,
  };
}

/** The outcomes of a round in order: for each law the best first. */
export function orderOutcomes(outcomes: readonly Outcome[], laws: readonly string[]): Outcome[] {
  return laws.flatMap((mixing) => ranked(outcomes.filter((outcome) => outcome.mixing === mixing)));
}
