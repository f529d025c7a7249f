import { modelTitle } from '../../../../src/nets/titles.ts';
import type { Comparison } from '../../../../src/server/resources/comparison.ts';
import type { RunDetail } from '../../../../src/server/resources/runs.ts';

/** The groups under the names of their models, where these tell them apart. */
export function titledGroups({ groups }: Comparison, details: readonly RunDetail[]) {
  const models = groups.map(({ ids, title }) => {
    const config = details.find(({ id }) => id === ids[0])?.config;
    return config ? modelTitle(config) : title;
  });
  const distinct = new Set(models).size === models.length;
  return groups.map((group, i) => (distinct ? { ...group, title: models[i] } : group));
}
