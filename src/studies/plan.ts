import { isAbsolute, join, relative } from 'node:path';
import { z } from 'zod';
import type { Dataset } from '../data/dataset.ts';
import { option, RequestError } from '../errors.ts';
import { type DocumentKind, documentText, parseDocument, readDocument } from '../files/document.ts';
import { NewerFormatError } from '../files/format.ts';
import { readIfThere, textIfThere } from '../files/ifThere.ts';
import { mostBytes } from '../files/read.ts';
import { planName } from '../files/studyNames.ts';
import { writeWhole } from '../runs/atomic.ts';
import { recordName } from '../runs/folder.ts';
import { runConfigSchema } from '../runs/schema.ts';
import type { Settings, Study, StudyRun } from './study.ts';
import { studyFields } from './summary.ts';

const runSchema = z.object({
  id: z.string(),
  model: z.string(),
  title: z.string(),
  config: runConfigSchema,
});

const planSchema = z.object({
  ...studyFields,
  /** The study's own, from which its runs follow; plans of version 0.1 have none. */
  settings: z.record(z.string(), z.unknown()).optional(),
  /** The instruction set that every run is computed by; left out where each may choose its own. */
  isa: z.string().optional(),
  runs: z.array(runSchema).min(1),
});

/** What a study is before any of it is trained: all that its report needs besides the runs. */
export type StudyPlan = z.infer<typeof planSchema>;

/** The formats of `study.json`. */
export const planKind: DocumentKind<StudyPlan> = {
  name: 'plan',
  upgrades: [],
  schema: planSchema,
  remedy: 'start the study again',
};

/** What is known of a study besides its runs. */
interface PlanFacts {
  study: Pick<Study, 'name' | 'title' | 'about' | 'original'>;
  dataset: Dataset;
  settings: Settings;
  command: string;
  threads: number;
  isa?: string;
}

/** The plan of a study. */
export function planOf(facts: PlanFacts, runs: readonly StudyRun[]): StudyPlan {
  const { study, dataset, settings, command, threads, isa } = facts;
  const { title, source, channels, height, width } = dataset;
  const { original } = study;
  return planSchema.parse({
    ...{ study: study.name, title: study.title, about: study.about },
    dataset: dataset.name,
    data: { title, source: portable(source), shape: [channels, height, width] },
    standInFor: original && dataset.name !== original.name ? original.title : null,
    ...{ command, threads, settings, isa, runs },
  });
}

/** Keeps a plan in the folder of its study. */
export async function writePlan(out: string, plan: StudyPlan): Promise<void> {
  await writeWhole(join(out, planName), documentText(planKind, plan));
}

/**
 * Reads the plan of the study in a folder.
 *
 * @throws RequestError where there is none, or it is damaged or of a newer format
 */
export async function readPlan(out: string): Promise<StudyPlan> {
  const path = join(out, planName);
  const remedy = 'give the folder of a study that was started';
  const refusal = ({ code }: NodeJS.ErrnoException) =>
    new RequestError(`${out}: no study is kept there (${path}: ${code}); ${remedy}`);
  return readDocument(path, planKind, refusal);
}

/**
 * The plan that a study finds in its folder, to go on from; null where there is none, or a damaged one, which
 * starting the study again replaces.
 *
 * @throws RequestError where the folder holds a run or another study, or a plan of a newer format
 */
export async function begunPlan(
  out: string,
  study: Pick<Study, 'name'>,
): Promise<StudyPlan | null> {
  const [run, path] = [recordName, planName].map((name) => join(out, name));
  const remedy = 'choose a new or an empty folder';
  if (await readIfThere(run, mostBytes.document))
    throw new RequestError(`${option('out')} ${out}: the folder holds a run; ${remedy}`);
  const text = await textIfThere(path, mostBytes.document);
  const plan = text === null ? null : wholePlan(text, path);
  if (!plan || plan.study === study.name) return plan;
  const rule = `the folder holds another study, ${plan.study}`;
  throw new RequestError(`${option('out')} ${out}: ${rule}; ${remedy}`);
}

function wholePlan(text: string, path: string): StudyPlan | null {
  try {
    return parseDocument(text, planKind, path);
  } catch (error) {
    if (error instanceof NewerFormatError) throw error;
    return null;
  }
}

/** A folder as seen from here: a report need not tell where its author's home is. */
function portable(source: string): string {
  return isAbsolute(source) ? relative(process.cwd(), source) || '.' : source;
}
