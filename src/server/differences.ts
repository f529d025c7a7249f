import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import { contrast } from '../studies/contrast.ts';
import { judgeContrasts, judgedContrastSchema } from '../studies/family.ts';
import { type Measure, measureNames } from '../studies/measures/measures.ts';
import type { SeedRuns } from '../studies/models.ts';
import { verdictInWords } from '../studies/report/contrasts.ts';
import { whole } from './schemas.ts';

/** How a measure of one model differs from that of the first. */
export const differenceSchema = z.object({
  measure: z.string(),
  /** Place of the model in the groups; the first group is what it is held against. */
  group: whole,
  contrast: judgedContrastSchema,
  /** `told apart`, or why not, or why there is no verdict, and what would decide. */
  verdict: z.string(),
});

type ModelDifference = z.infer<typeof differenceSchema>;

/**
 * Holds each model's measures against those of the first: a measure is a family of its own. Other
 * requests are answered between the measures, since numbers of seeds take a while to find.
 */
export async function differencesOf(models: readonly SeedRuns[]): Promise<ModelDifference[]> {
  const found: ModelDifference[] = [];
  for (const measure of measureNames) {
    await setImmediate();
    found.push(...differencesIn(measure, models));
  }
  return found;
}

function differencesIn(
  measure: Measure,
  [first, ...others]: readonly SeedRuns[],
): ModelDifference[] {
  const held = others.flatMap((model, place) => {
    const one = contrast(model, first, measure);
    return one ? [{ group: place + 1, one }] : [];
  });
  const judged = judgeContrasts(held.map(({ one }) => one));
  return held.map(({ group }, place) => ({
    ...{ measure, group, contrast: judged[place] },
    verdict: verdictInWords(judged[place], measure),
  }));
}
