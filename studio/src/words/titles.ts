import { modelTitle } from '../../../src/nets/titles.ts';
import type { RunConfig } from '../../../src/runs/fields.ts';

/** Titles that tell runs apart: the model, with the seed or the folder where models repeat. */
export function distinctTitles(
  runs: readonly { name: string; config: RunConfig | null }[],
): string[] {
  const models = runs.map(({ name, config }) => (config ? modelTitle(config) : name));
  const seeded = runs.map(({ config }, i) =>
    config ? `${models[i]}, seed ${config.seed}` : models[i],
  );
  return runs.map(({ name }, i) => {
    if (isUnique(models, i)) return models[i];
    return isUnique(seeded, i) ? seeded[i] : name;
  });
}

const isUnique = (texts: readonly string[], index: number): boolean =>
  texts.every((text, other) => other === index || text !== texts[index]);
