/** The paper's measures by name, in the order of the report's tables. */
export const paperMeasureNames = [
  'testError',
  'trainError',
  'within',
  'testWithin',
  'coverage',
  'margin',
  'testMargin',
  'angleDeviation',
  'angleMinimum',
  'isotropy',
] as const;

/** The measures beyond the paper's, in the order of the report's tables. */
export const representationMeasureNames = [
  'neighbourError',
  'scatterRatio',
  'variability',
  'norms',
  'angles',
  'simplex',
  'duality',
  'nearestCentre',
  'alignment',
  'uniformity',
] as const;

export const measureNames = [...paperMeasureNames, ...representationMeasureNames] as const;

export type PaperMeasure = (typeof paperMeasureNames)[number];
export type RepresentationMeasure = (typeof representationMeasureNames)[number];
export type Measure = PaperMeasure | RepresentationMeasure;
