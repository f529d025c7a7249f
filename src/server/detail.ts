import { imagesOf } from '../data/datasets.ts';
import { hasCheckpoint } from '../runs/checkpoint.ts';
import { netOf } from '../runs/describe.ts';
import type { RunConfig } from '../runs/fields.ts';
import type { RunRecord } from '../runs/folder.ts';
import { trainCommand } from '../studies/commands.ts';
import type { ShelfRun } from './library/shelfRun.ts';
import type { RunDetail } from './schemas.ts';

/** A run with what its record tells. */
export async function detailOf({ summary, record, folder, name }: ShelfRun): Promise<RunDetail> {
  const checkpoint = await hasCheckpoint(folder);
  return { ...summary, checkpoint, ...(record ? known(record, name) : unknown) };
}

type Known = Omit<RunDetail, keyof ShelfRun['summary'] | 'checkpoint'>;

const unknown: Known = {
  ...{ parameters: null, data: null, code: null, machine: null },
  ...{ images: null, features: null, command: null },
};

function known({ config, parameters, data, code, machine }: RunRecord, name: string): Known {
  const command = trainCommand(config, name);
  return { ...{ parameters, data, code, machine }, ...shapeOf(config), command };
}

/** What the net sees and gives; unknown of names that this version does not know. */
function shapeOf(config: RunConfig): Pick<RunDetail, 'images' | 'features'> {
  try {
    const { channels, height, width, classNames } = imagesOf(config.dataset);
    const { features } = netOf(config);
    return { images: { channels, height, width, classNames }, features };
  } catch {
    return { images: null, features: null };
  }
}
