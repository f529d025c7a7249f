/** Numbers that may change from one run of a section to the next, in the order machines keep them. */
export const hyperOrder = [
  'learningRate',
  'momentum',
  'weightDecay',
  /** Weight of the batch in the running statistics; 0 leaves them untouched. */
  'statisticsMomentum',
  /** Added to a batch norm's variance. */
  'epsilon',
  /** Weight of the partner that is mixed into each image while loading (mixup); 0 for none. */
  'partnerShare',
  /** The learning rate of parameters whose pace is slow. */
  'slowRate',
] as const;

/** Numbers that an update reads, by name. */
export type Hyper = Record<(typeof hyperOrder)[number], number>;
