import type { MeasureDefinition } from './measure.ts';
import { type Measure, paperMeasureNames, representationMeasureNames } from './measureNames.ts';
import { paperMeasures } from './paperMeasures.ts';
import { representationMeasures } from './representationMeasures.ts';
import type { RunSummary } from './summary.ts';

/** What the studies measure. */
export const measures: { [M in Measure]: MeasureDefinition } = {
  ...paperMeasures,
  ...representationMeasures,
};

/** Those of the paper's measures that at least one of the runs has. */
export function paperMeasuresOf(runs: readonly RunSummary[]): Measure[] {
  return measured(paperMeasureNames, runs);
}

/** Those of the measures beyond the paper's that at least one of the runs has. */
export function representationMeasuresOf(runs: readonly RunSummary[]): Measure[] {
  return measured(representationMeasureNames, runs);
}

function measured(names: readonly Measure[], runs: readonly RunSummary[]): Measure[] {
  return names.filter((name) => runs.some((run) => measures[name].read(run) !== null));
}
