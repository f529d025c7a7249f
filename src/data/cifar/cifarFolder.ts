import type { Format } from '../format.ts';
import type { StoredDataset } from '../kinds.ts';
import { formIn } from '../locate.ts';
import { cifar10 } from './cifar10.ts';
import { cifar100 } from './cifar100.ts';

const members: readonly StoredDataset[] = [cifar10, cifar100];

/** A folder of the files that CIFAR-10 or CIFAR-100 is published as, wherever it lies. */
export const cifarFolder: Format = {
  holds: "CIFAR's records",
  version: 1,
  settings: [],
  recognise: async (path) => ((await memberIn(path)) ? 0.9 : 0),
  async open(path) {
    const { name, title, source, ...data } = await ((await memberIn(path)) ?? cifar10).open(path);
    return data;
  },
};

async function memberIn(folder: string): Promise<StoredDataset | null> {
  for (const member of members) if (await formIn(member, folder)) return member;
  return null;
}
