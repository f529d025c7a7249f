import { join } from 'node:path';
import type { Dataset } from '../data/dataset.ts';
import { option, RequestError } from '../errors.ts';
import { runsName } from '../files/studyNames.ts';
import type { RunConfig } from '../runs/fields.ts';
import type { StudyHooks, StudyOptionTable, ValuesOf, workOptions } from './options.ts';
import type { StudyPlan } from './plan.ts';
import type { ReportFigure } from './report/figures.ts';
import type { Report } from './report/write.ts';
import type { Summary } from './summary.ts';
import type { TrainedRun } from './trained.ts';

/** One training run of a study; `id` names its folder under `runs/`. */
export interface StudyRun {
  id: string;
  /** The model's name, the same for every seed. */
  model: string;
  /** The model's name, with the seed where there are several. */
  title: string;
  config: RunConfig;
}

/** Where a run of the study in `out` is kept. */
export function runFolder(out: string, { id }: Pick<StudyRun, 'id'>): string {
  return join(out, runsName, id);
}

/** What every study may be told. */
export type StudyOptions = ValuesOf<typeof workOptions> &
  StudyHooks & { out?: string; dataFolder?: string };

/** A study with nothing left open. */
export interface Settings {
  out: string;
  /** How many seeds each model is trained with. */
  seeds: number;
  /** What all runs have in common. */
  config: RunConfig;
}

/** What is particular to a study. */
export interface StudyTypes {
  options: StudyOptions;
  settings: Settings;
  /** What its analysis finds: the content of its `summary.json`. */
  summary: object;
  /** What its `plan` event says besides, and events of its own around each batch of runs. */
  plan: object;
  stage: { kind: string };
}

/** What the studies of the paper are alike in. */
export interface PaperTypes extends StudyTypes {
  summary: Summary;
  stage: never;
}

/** A study's data, and the settings made to fit them. */
export interface OpenedStudy<S extends Settings> {
  dataset: Dataset;
  settings: S;
  /** What the user should know of the data. */
  note?: string;
}

/** What a study tells of its own: with its plan, before and after each batch of runs. */
export interface Stages<T extends StudyTypes> {
  plan(settings: T['settings']): T['plan'];
  start(settings: T['settings'], trained: readonly TrainedRun[]): T['stage'];
  done(report: Report<T['summary']>): T['stage'];
}

/** A set of runs with what is to be found out of them, and its report. */
export interface Study<T extends StudyTypes = StudyTypes> {
  name: string;
  title: string;
  /** What the study asks, in a sentence or two. */
  about: string;
  /** Its command, such as `study mnist`. */
  usage: string;
  options: StudyOptionTable;
  /** The data that other ones only stand in for. */
  original?: { name: string; title: string };
  /** Whether the images of each trained run are embedded, for its analysis. */
  embeds?: boolean;
  /** Whether each run chooses training images of its own, and so opens them itself. */
  choosesImages?: boolean;
  /** Whether it tells beforehand how long it will take. */
  estimates?: boolean;
  /** Whether a run whose loss is no longer finite counts as one that guesses, or ends the study. */
  enduresDivergence?: boolean;
  /** When its report is written, and what is told of it. */
  reports: { after: 'run' | 'batch'; telling?: string };
  stages?: Stages<T>;

  /**
   * Fills in what the options leave open, before any data are looked for; of a study that is there, by its plan.
   *
   * @throws RequestError naming the option, its value, the rule and the remedy
   */
  settle(options: T['options']): T['settings'] | Promise<T['settings']>;
  /** Opens the data; those that the config names where a study does not say how. */
  open?(settings: T['settings'], options: T['options']): Promise<OpenedStudy<T['settings']>>;
  /** The options that repeat the study, by name; nothing stands for one that is left out. */
  repeats(settings: T['settings'], options: T['options']): Record<string, unknown>;
  /**
   * The runs that are known when those are trained, in order: of most studies always all. More of
   * them may follow from what was found, at the end of the list.
   */
  runs(settings: T['settings'], trained: readonly TrainedRun[]): StudyRun[];
  /**
   * All runs in that order, where more may follow: of those not known yet, some alike in their images and
   * epochs. It tells how long the study will take.
   */
  foreseen?(settings: T['settings']): StudyRun[];
  /** The settings that a plan keeps, of a study whose runs follow from those that are trained. */
  settingsIn?(plan: StudyPlan): T['settings'];
  /** What the runs trained so far tell. @throws RequestError where they are too few */
  analyse(plan: StudyPlan, trained: readonly TrainedRun[]): Promise<T['summary']>;
  /** Drawn for the report; like its page, by what is loaded only then. */
  figures(
    summary: T['summary'],
    plan: StudyPlan,
    trained: readonly TrainedRun[],
  ): Promise<ReportFigure[]>;
  /** What a terminal shows in the end; of most studies a row a run, with its model, seed and error. */
  closing?(summary: T['summary']): string;
  /** The report as one HTML page that loads nothing. */
  page(summary: T['summary'], figures: readonly ReportFigure[]): Promise<string>;
}

/** What a study asks of the training of its runs. */
export type Demands = Pick<Study, 'embeds' | 'enduresDivergence'>;

/**
 * Every model with the first seed, then with the second, and so on: a study cut short has whole sets.
 *
 * @param models what tells the models apart
 * @throws RequestError unless `seeds` is a whole number from 1
 */
export function runsOfModels(
  models: readonly { title: string; layout: string; mixing: string }[],
  { seeds, config }: Settings,
): StudyRun[] {
  return seedsUpTo(seeds).flatMap((seed) =>
    models.map(({ title, layout, mixing }) => ({
      id: `${layout}.${mixing}.seed${seed}`,
      model: title,
      title: seeds > 1 ? `${title}, seed ${seed}` : title,
      config: { ...config, layout, mixing, seed },
    })),
  );
}

/**
 * The seeds 1 … count that a study trains each of its models with.
 *
 * @throws RequestError unless `count` is a whole number from 1
 */
export function seedsUpTo(count: number): number[] {
  if (Number.isInteger(count) && count >= 1) return Array.from({ length: count }, (_, k) => k + 1);
  throw new RequestError(
    `${option('seeds')} ${count}: the number of seeds must be a whole number from 1; try 3`,
  );
}
