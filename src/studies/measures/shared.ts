import { z } from 'zod';
import { compactness } from '../../analysis/compactness.ts';
import type { Embedding } from '../../analysis/embedding.ts';
import { type Representation, representation } from '../../analysis/representation.ts';
import type { RunEmbeddings } from '../embeddings.ts';

/** `within`: percentage of a class's samples, mean over classes, at fractions `radius`. */
const sharesSchema = z.object({ radius: z.array(z.number()), within: z.array(z.number()) });

const measured = z.number().nullable();

/** Of features of any dimension; see `src/analysis/representation.ts`. */
const representationSchema = z.object({
  scatter: z.object({ within: z.number(), between: z.number(), ratio: measured }),
  neuralCollapse: z.object({
    variability: measured,
    norms: measured,
    angles: measured,
    simplex: measured,
    duality: measured,
    nearestCentre: measured,
  }),
  neighbourError: z.number(),
  alignment: measured,
  uniformity: measured,
}) satisfies z.ZodType<Representation>;

/** What several measures, or a figure, are read from: kept whole, each under its key. */
export const sharedSchemas = {
  compactness: sharesSchema,
  testCompactness: sharesSchema,
  representation: representationSchema,
};

export type SharedFindings = {
  [K in keyof typeof sharedSchemas]: z.infer<(typeof sharedSchemas)[K]>;
};

/** Computes what several measures share. */
export function computeShared(embeddings: RunEmbeddings): SharedFindings {
  const { trainMode, evaluateMode, test, classifier } = embeddings;
  return {
    compactness: sharesOf(trainMode, evaluateMode),
    testCompactness: sharesOf(trainMode, test),
    representation: representation(evaluateMode, test, classifier),
  };
}

function sharesOf(trainMode: Embedding, others: Embedding): z.infer<typeof sharesSchema> {
  const { radius, within } = compactness(trainMode, others);
  return { radius, within };
}
