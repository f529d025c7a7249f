/**
 * Which checkpoints of a trained run are kept: `all`, two and that of the best validation; the `last`
 * one; the `best` one, which without validation is the last; `none`. While it trains there are all.
 */
export const keepChoices = ['all', 'last', 'best', 'none'] as const;

export type Keep = (typeof keepChoices)[number];
