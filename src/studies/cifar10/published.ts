/** A published test error on CIFAR-10. */
export interface PublishedRow {
  /** As the table prints it. */
  model: string;
  depth: number;
  /** As printed, in millions. */
  parameters: string;
  /** In percent. */
  error: number;
  /** Of every run, where they are printed. */
  runs?: readonly number[];
  /** The paper's reference in brackets; empty for its own rows. */
  reference: string;
  /** The model that trains the same block, see `modelKey`, and the width of the net. */
  key?: string;
  width?: number;
}

const reluPreAct = 'relu-preact.shake-shake';
const reluPreActEven = 'relu-preact.even';

/** Table 1 of Huang and Narayanan as printed, with the runs that their section 3.2 names. */
export const table1: readonly PublishedRow[] = [
  published('ResNeXt (29, 16×64d)', 29, '68.1M', 3.58, '[23]'),
  published('Wide ResNet', 28, '36.5M', 3.8, '[6]'),
  gastaldis('Shake-Shake (26, 2×96d)', '26.2M', 2.86, reluPreAct, 96),
  gastaldis('Shake-Shake (26, 2×64d)', '11.7M', 2.98, reluPreAct, 64),
  gastaldis('ResNeXt (26, 2×64d)', '11.7M', 3.76, reluPreActEven, 64),
  thePapers('PreActBN (26, 2×64d)†', [2.89, 3.0, 2.95], 2.95, 'preact-bn.shake-shake'),
  thePapers('BN-Shake (26, 2×64d)', [3.56, 3.76, 3.62], 3.65, 'bn-shake.shake-shake'),
  thePapers('PreAct (26, 2×64d)†', [6.76, 6.82, 7.19], 6.92, 'preact.shake-shake'),
];

/** The table, and what Gastaldi's paper says of smaller nets. */
export const publishedRows: readonly PublishedRow[] = [
  ...table1,
  gastaldis('Shake-Shake (26, 2×32d)', '2.9M', 3.55, reluPreAct, 32),
  gastaldis('ResNeXt (26, 2×32d)', '2.9M', 4.27, reluPreActEven, 32),
];

/** What is published of a model: of a net as wide, where there is one, else of 26 2×64d. */
export function publishedOf(key: string, width: number): PublishedRow | null {
  const rows = publishedRows.filter((row) => row.key === key);
  return rows.find((row) => row.width === width) ?? rows.find((row) => row.width === 64) ?? null;
}

function published(
  model: string,
  depth: number,
  parameters: string,
  error: number,
  reference: string,
): PublishedRow {
  return { model, depth, parameters, error, reference };
}

function gastaldis(
  model: string,
  parameters: string,
  error: number,
  key: string,
  width: number,
): PublishedRow {
  return { ...published(model, 26, parameters, error, '[9]'), key, width };
}

function thePapers(
  model: string,
  runs: readonly number[],
  error: number,
  key: string,
): PublishedRow {
  return { ...published(model, 26, '11.7M', error, ''), runs, key, width: 64 };
}
