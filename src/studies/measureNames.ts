/** The measures by name, in the order of the report's tables. */
export const measureNames = [
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

export type Measure = (typeof measureNames)[number];
