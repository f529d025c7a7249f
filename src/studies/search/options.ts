import { RequestError } from '../../errors.ts';
import { parseConfig } from '../../runs/config.ts';
import type { RunConfig } from '../../runs/fields.ts';
import { joinFlags } from '../commands.ts';
import type { CommonOptions } from '../options.ts';
import { studySeeds } from '../seeds.ts';
import type { StudyRun } from '../study.ts';
import { type NormChoice, normChoices, type Placement, placements } from './placements.ts';

/** `seeds` are those of each layout in each round; 1 if left out. */
export interface SearchOptions extends CommonOptions {
  /** Settings of every run, as flags or a config file give them; `epochs` are the first round's. */
  config?: Record<string, unknown>;
  /** A JSON file of such settings. */
  configFile?: string;
  /** Which placements are tried; `before-relu` if left out. */
  norms?: string;
  /** Rounds of successive halving. */
  rounds?: number;
  /** A round keeps one layout in so many, and trains it so many times as long. */
  factor?: number;
}

/** A search's settings with nothing left open. */
export interface SearchSettings {
  out: string;
  /** The data set as it was named; `config` holds a folder's absolute path. */
  dataset: string;
  norms: NormChoice;
  rounds: number;
  factor: number;
  seeds: number;
  /** What all runs have in common; `mixing` is the law that is held against even mixing. */
  config: RunConfig;
}

/** A layout with a law, over all rounds. */
export interface Arm extends Placement {
  mixing: string;
}

/** One round of a search, before it is known which layouts reach it. */
export interface Round {
  /** From 1. */
  number: number;
  epochs: number;
  /** Layouts that each law has in this round. */
  layouts: number;
  seeds: number[];
}

const defaults = { out: 'runs/search', rounds: 3, factor: 3, seeds: 1 };

/**
 * Fills in what the options leave open.
 *
 * @throws RequestError naming the flag, its value, the rule and the remedy
 */
export function searchSettings(options: SearchOptions): SearchSettings {
  const base = { epochs: 1, ...options.config };
  const config = parseConfig(base, { file: options.configFile });
  const { out, rounds, factor, seeds } = { ...defaults, ...options };
  const norms = normsOf(options.norms ?? 'before-relu');
  refuseUnless(Number.isInteger(rounds) && rounds >= 1, `--rounds ${rounds}`, 'from 1; try 3');
  refuseUnless(Number.isInteger(factor) && factor >= 2, `--factor ${factor}`, 'from 2; try 3');
  studySeeds(seeds);
  const dataset = String(options.config?.dataset ?? config.dataset);
  if (config.mixing !== 'even') return { out, dataset, norms, rounds, factor, seeds, config };
  throw new RequestError(
    '--mixing even: the search holds a law against even mixing; name another, such as shake-shake',
  );
}

/** The rounds: each keeps one layout in `factor`, rounded up, and trains `factor` times as long. */
export function roundsOf({ norms, rounds, factor, seeds, config }: SearchSettings): Round[] {
  const counts = [placements(norms).length];
  while (counts.length < rounds) counts.push(Math.ceil(counts[counts.length - 1] / factor));
  return counts.map((layouts, index) => ({
    number: index + 1,
    epochs: config.epochs * factor ** index,
    layouts,
    seeds: studySeeds(seeds).map((seed) => seed + index * seeds),
  }));
}

/** All layouts with even mixing, then all with the law. */
export const armsOf = ({ norms, config }: SearchSettings): Arm[] =>
  ['even', config.mixing].flatMap((mixing) =>
    placements(norms).map((placement) => ({ ...placement, mixing })),
  );

/** The runs of the layouts that reach a round. */
export function runsOf(
  config: RunConfig,
  { number, epochs, seeds }: Round,
  arms: Arm[],
): StudyRun[] {
  return arms.flatMap(({ layout, mixing }) =>
    seeds.map((seed) => ({
      id: `round${number}.${folderWord(layout)}.${folderWord(mixing)}.seed${seed}`,
      model: armTitle({ layout, mixing }),
      title: `round ${number}: ${armTitle({ layout, mixing })}, seed ${seed}`,
      config: { ...config, layout, mixing, epochs, seed },
    })),
  );
}

/** `bn relu conv relu conv, even`. */
export const armTitle = ({ layout, mixing }: Pick<Arm, 'layout' | 'mixing'>): string =>
  `${layout}, ${mixing}`;

/** The command line that repeats a search. */
export function searchCommand(
  { out, dataset, norms, rounds, factor, seeds, config }: SearchSettings,
  dataFolder?: string,
): string {
  const { net, features, mixing, epochs, batch, learningRate, trainSize } = config;
  const flags = joinFlags([
    ['dataset', dataset],
    ['data', dataFolder],
    ['net', net],
    ['features', features],
    ['mixing', mixing],
    ['norms', norms],
    ['epochs', epochs],
    ['rounds', rounds],
    ['factor', factor],
    ['seeds', seeds],
    ['batch', batch],
    ['lr', learningRate],
    ['train-size', trainSize],
    ['out', out],
  ]);
  return `npx shakelab search ${flags}`;
}

function normsOf(text: string): NormChoice {
  const choice = normChoices.find((name) => name === text);
  if (choice) return choice;
  throw new RequestError(`--norms ${text}: must be ${normChoices.join(' or ')}`);
}

function refuseUnless(holds: boolean, subject: string, rule: string): void {
  if (!holds) throw new RequestError(`${subject}: must be a whole number ${rule}`);
}

const folderWord = (text: string): string => text.replace(/[^\w.]+/g, '-');
