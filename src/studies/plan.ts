import { readFile } from 'node:fs/promises';
import { isAbsolute, join, relative } from 'node:path';
import { z } from 'zod';
import { RequestError } from '../errors.ts';
import { writeWhole } from '../runs/atomic.ts';
import { runConfigSchema } from '../runs/schema.ts';
import type { Study } from './study.ts';
import { studyFields } from './summary.ts';

const planName = 'study.json';

const runSchema = z.object({
  id: z.string(),
  model: z.string(),
  title: z.string(),
  config: runConfigSchema,
});

const planSchema = z.object({ ...studyFields, runs: z.array(runSchema).min(1) });

/** What a study is before any of it is trained: all that its report needs besides the runs. */
export type StudyPlan = z.infer<typeof planSchema>;

/** The plan of a study. */
export function planOf({ name, dataset, ...study }: Study): StudyPlan {
  const { title, source, channels, height, width } = dataset;
  return planSchema.parse({
    ...study,
    study: name,
    dataset: dataset.name,
    data: { title, source: portable(source), shape: [channels, height, width] },
  });
}

/** Keeps a plan in the folder of its study. */
export async function writePlan(out: string, plan: StudyPlan): Promise<void> {
  await writeWhole(join(out, planName), `${JSON.stringify(plan, null, 2)}\n`);
}

/**
 * Reads the plan of the study in a folder.
 *
 * @throws RequestError where there is none, or it is damaged
 */
export async function readPlan(out: string): Promise<StudyPlan> {
  const path = join(out, planName);
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    const remedy = 'give the folder of a study that was started';
    throw new RequestError(
      `--out ${out}: no study is kept there (${path}: ${error.code}); ${remedy}`,
    );
  });
  try {
    return planSchema.parse(JSON.parse(text));
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message;
    throw new RequestError(`${path}: the plan is damaged; start the study again\n${reason}`);
  }
}

/** A folder as seen from here: a report need not tell where its author's home is. */
export function portable(source: string): string {
  return isAbsolute(source) ? relative(process.cwd(), source) || '.' : source;
}
