import { option, RequestError } from '../errors.ts';
import { readPlan, type StudyPlan } from './plan.ts';
import { allStudyRows } from './registry.ts';
import type { Study } from './study.ts';

/** A study as its folder has it. */
export interface KeptStudy {
  study: Study;
  plan: StudyPlan;
}

/**
 * The study in a folder, whichever it is.
 *
 * @throws RequestError where the folder holds no study that this version knows
 */
export async function keptStudy(out: string): Promise<KeptStudy> {
  const plan = await readPlan(out);
  const row = allStudyRows.find(({ name }) => name === plan.study);
  if (row) return { study: await row.load(), plan };
  const known = allStudyRows.map(({ name }) => name).join(', ');
  throw new RequestError(
    `${option('out')} ${out}: holds the study ${plan.study}; this version knows ${known}`,
  );
}
