import { hasCheckpoint } from '../runs/checkpoint.ts';
import { netOf } from '../runs/describe.ts';
import type { RunRecord } from '../runs/folder.ts';
import { trainCommand } from '../studies/commands.ts';
import { imagesIn } from './imagery.ts';
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

function known(record: RunRecord, name: string): Known {
  const { config, parameters, data, code, machine } = record;
  const command = trainCommand(config, name);
  return { ...{ parameters, data, code, machine }, ...shapeOf(record), command };
}

/** What the net sees and gives; unknown of names that this version does not know. */
function shapeOf(record: RunRecord): Pick<RunDetail, 'images' | 'features'> {
  try {
    const images = imagesIn(record);
    return { images, features: netOf(record.config, images).features };
  } catch {
    return { images: null, features: null };
  }
}
