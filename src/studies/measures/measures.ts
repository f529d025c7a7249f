import { z } from 'zod';
import type { RunEmbeddings } from '../embeddings.ts';
import type { MeasureDefinition, ReadRun } from './definition.ts';
import { furtherMeasures } from './further.ts';
import { paperMeasures } from './paper.ts';
import { computeShared, sharedSchemas } from './shared.ts';

const definitions = { ...paperMeasures, ...furtherMeasures };

/** A measure by the name that files and claims know it by. */
export type Measure = keyof typeof definitions;

/** The measures that are computed by themselves, and kept under their own names. */
type ComputedMeasure = {
  [M in Measure]: (typeof definitions)[M] extends { compute: unknown } ? M : never;
}[Measure];

/** Every measure, in the order of the tables. */
export const measureNames = Object.keys(definitions) as Measure[];

const tabled: Record<Measure, MeasureDefinition> = definitions;

const computed = measureNames.filter((name) => tabled[name].compute) as ComputedMeasure[];

const computedSchemas = Object.fromEntries(
  computed.map((name) => [name, z.number().nullable()]),
) as Record<ComputedMeasure, z.ZodNullable<z.ZodNumber>>;

const { compactness, testCompactness, representation } = sharedSchemas;

/** Everything that is computed of a run's embeddings, as `summary.json` and `observed.json` keep it. */
export const findingsSchema = z.object({
  ...{ compactness, testCompactness },
  ...computedSchemas,
  representation,
});

/** What is found out of a run's embeddings. */
export type Findings = z.infer<typeof findingsSchema>;

/** A run with what is found out of its embeddings, as far as it is known. */
export type MeasuredRun = ReadRun & Partial<Findings>;

/** Measures a run's embeddings in every way. */
export function measureEmbeddings(embeddings: RunEmbeddings): Findings {
  const values = computed.map((name) => [name, definitions[name].compute(embeddings)]);
  const { representation, ...shares } = computeShared(embeddings);
  return { ...shares, ...Object.fromEntries(values), representation };
}

/** A measure with the one way to read it from a run. */
type ReadableMeasure = Omit<MeasureDefinition, 'read'> & {
  read(run: MeasuredRun): number | null;
};

/** What the studies measure. */
export const measures = Object.fromEntries(
  measureNames.map((name) => [name, { ...tabled[name], read: reader(name) }]),
) as Record<Measure, ReadableMeasure>;

function reader(name: Measure): ReadableMeasure['read'] {
  return tabled[name].read ?? ((run) => run[name as ComputedMeasure] ?? null);
}

/** Those of the paper's measures that at least one of the runs has. */
export const paperMeasuresOf = (runs: readonly MeasuredRun[]): Measure[] =>
  measuredOf(Object.keys(paperMeasures) as Measure[], runs);

/** Those of the measures beyond the paper's that at least one of the runs has. */
export const furtherMeasuresOf = (runs: readonly MeasuredRun[]): Measure[] =>
  measuredOf(Object.keys(furtherMeasures) as Measure[], runs);

const measuredOf = (names: Measure[], runs: readonly MeasuredRun[]): Measure[] =>
  names.filter((name) => runs.some((run) => measures[name].read(run) !== null));
