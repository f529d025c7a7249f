/** Numbers that may change from one run of a section to the next. */
export interface Hyper {
  learningRate: number;
  momentum: number;
  weightDecay: number;
  /** Weight of the batch in the running statistics; 0 leaves them untouched. */
  statisticsMomentum: number;
  /** Added to a batch norm's variance. */
  epsilon: number;
  /** Weight of the partner that is mixed into each image while loading (mixup); 0 for none. */
  partnerShare: number;
}

/** The hyperparameters in the order of native/kernels/operands.h. */
export const hyperOrder = [
  'learningRate',
  'momentum',
  'weightDecay',
  'statisticsMomentum',
  'epsilon',
  'partnerShare',
] as const satisfies (keyof Hyper)[];
