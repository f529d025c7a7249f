import { usualIsa } from '../machines/native/native.ts';
import type { Keep } from '../runs/keepChoices.ts';
import type { PlanEvent } from '../studies/events.ts';
import { holdFolder } from '../studies/hold.ts';
import { begunPlan, planOf, type StudyPlan, writePlan } from '../studies/plan.ts';
import { checkRuns, type PreparedStudy, planEvent, prepareStudy } from '../studies/prepare.ts';
import { sizesOf } from '../studies/sizes.ts';
import type { Study, StudyRun, StudyTypes } from '../studies/study.ts';
import { trainedRuns } from '../studies/trained.ts';
import { batchOf, type Dispatch, runsToSubmit, type Submittal, submitRuns } from './submit.ts';

/** How far a study is before anything is submitted: what has to be trained, and what need not. */
export interface Census {
  kind: 'census';
  runs: number;
  trained: number;
  /** That workers train, or jobs wait for. */
  underWay: number;
  /** Bytes of the checkpoints of all runs: of those that are kept when they are trained. */
  keptBytes: number;
  /** Those of the largest run while it trains. */
  trainingBytes: number;
}

/** What happens while a study is submitted; the last event is `submitted`, `script` or `census`. */
export type SubmitEvent =
  | PlanEvent
  | { kind: 'note'; text: string }
  | Census
  | { kind: 'script'; text: string }
  | Submittal;

/**
 * Plans a study, and submits a worker for each of its runs that is not trained, trained just now, or
 * waited for already. The study is pinned to one instruction set: that of its plan, else of this host.
 *
 * @param dryRun writes and submits nothing, but tells what would be submitted
 * @throws RequestError for wrong settings, missing data, a folder that holds other runs or that
 *   another process is at work in, and where the scheduler refuses
 */
export async function* submitStudy<T extends StudyTypes>(
  study: Study<T>,
  options: T['options'],
  dispatch: Dispatch,
  dryRun = false,
): AsyncGenerator<SubmitEvent> {
  const settled = await study.settle(options);
  const prepared = await prepareStudy(study, settled, options);
  if (prepared.note) yield { kind: 'note', text: prepared.note };
  const work = submitPrepared(prepared, dispatch, { keep: options.keep, dryRun });
  yield* dryRun ? work : holdFolder(settled.out, work, options.signal);
}

async function* submitPrepared<T extends StudyTypes>(
  prepared: PreparedStudy<T>,
  dispatch: Dispatch,
  { keep, dryRun }: { keep?: Keep; dryRun: boolean },
): AsyncGenerator<SubmitEvent> {
  const { study, settings } = prepared;
  const { out } = settings;
  const begun = await begunPlan(out, study);
  const known = await knownRuns(study, settings, out);
  await checkRuns(known, out, prepared.dataset);
  yield planEvent(prepared, known);
  const isa = begun?.isa ?? usualIsa();
  const plan = planOf({ ...prepared, isa }, known);
  const { standings, runs } = await runsToSubmit(study, plan, out, dispatch);
  const trained = standings.filter(({ state }) => state === 'trained').length;
  const underWay = known.length - trained - runs.length;
  const sizes = sizesOf(known, prepared.dataset, keep);
  yield { kind: 'census', runs: known.length, trained, underWay, ...sizes };
  if (dryRun) {
    const batch = batchOf(study, out, { runs, number: 1, dispatch });
    if (runs.length > 0) yield { kind: 'script', text: dispatch.scheduler.script(batch) };
    return;
  }
  await writePlan(out, plan);
  if (runs.length > 0) yield await submitRuns(study, plan, out, { runs, dispatch });
}

/** All runs that are known when those are trained that are: of a search, of all rounds so far. */
async function knownRuns<T extends StudyTypes>(
  study: Study<T>,
  settings: T['settings'],
  out: string,
): Promise<StudyRun[]> {
  let known = study.runs(settings, []);
  for (let before = 0; study.settingsIn && known.length > before; ) {
    before = known.length;
    known = study.runs(settings, await trainedRuns(study, known, out));
  }
  return known;
}

/** A plan with the runs that have become known since; the same one where there are none. */
export async function grownPlan<T extends StudyTypes>(
  study: Study<T>,
  plan: StudyPlan,
  out: string,
): Promise<StudyPlan> {
  if (!study.settingsIn) return plan;
  const known = await knownRuns(study, study.settingsIn(plan), out);
  return known.length > plan.runs.length ? { ...plan, runs: known } : plan;
}
