import { option, RequestError } from '../../errors.ts';
import type { Model } from '../open.ts';
import type { RunRecord } from '../record.ts';
import { fitWeights } from './fit.ts';
import { readWeightFile } from './weightFile.ts';

/** The weights that a run begins with, where they are not drawn. */
export interface Beginning {
  /** As the run's record keeps it. */
  record: NonNullable<RunRecord['init']>;
  notes: string[];
}

/**
 * Puts the weights of the file that a config names into its net, before the first step; null where it
 * names none.
 *
 * @throws RequestError where the file cannot be read or does not fit the net
 */
export async function beginWithWeights({
  config,
  dataset,
  trainer,
}: Pick<Model, 'config' | 'dataset' | 'trainer'>): Promise<Beginning | null> {
  if (config.init === null) return null;
  const file = await readWeightFile(config.init);
  const { step, tensors } = await trainer.state();
  const { tensors: given, headLeft } = fitWeights(file, tensors, dataset.classNames);
  for (const [name, tensor] of given) {
    tensors.set(name, tensor);
    if (tensors.has(`average.${name}`)) tensors.set(`average.${name}`, tensor);
  }
  trainer.restore({ step, tensors });
  const notes = headLeft === null ? [] : [`the head is drawn anew: ${headLeft}`];
  return { record: { sha256: file.digest, head: headLeft === null ? 'taken' : 'drawn' }, notes };
}

/**
 * Checks that a run that is begun once more begins with the weights that it was begun with.
 *
 * @throws RequestError where the file has changed since
 */
export function checkBeginning(
  { config, init }: Pick<RunRecord, 'config' | 'init'>,
  beginning: Beginning | null,
): void {
  if (!beginning || !init || init.sha256 === beginning.record.sha256) return;
  const [then, now] = [init, beginning.record].map(({ sha256 }) => sha256.slice(0, 12));
  throw new RequestError(
    `${option('init')} ${config.init}: the file has changed: the run was begun with digest ${then}, ` +
      `this is ${now}; put the old file back, or train a new run`,
  );
}
