import type { ImageKind } from '../data/dataset.ts';
import { imagesOf } from '../data/datasets.ts';
import { parseHead } from '../heads/index.ts';
import { describeNet, type NetDescription } from '../machines/describe.ts';
import { parseMixing } from '../mixing/index.ts';
import { parseLayout } from '../nets/layouts.ts';
import { type Net, parseNet } from '../nets/networks.ts';
import { sizeOf } from '../nets/parameters.ts';
import type { MemoryUse } from '../program/plan.ts';
import type { RunConfig } from './fields.ts';
import type { RunRecord } from './record.ts';

export type { NetDescription };

/**
 * Describes the net that a config names, its head included, without opening any data.
 *
 * @param images what the net gets to see; to be given for a folder of one's own, which has to be
 *   opened for it
 * @param memory how its training uses memory; as usual when left out
 * @throws RequestError on a name that does not parse
 */
export function describeRun(
  config: RunConfig,
  images?: ImageKind,
  memory?: MemoryUse,
): NetDescription {
  const { batch, precision } = config;
  const net = netOf(config, images);
  const classes = (images ?? imagesOf(config.dataset)).classNames.length;
  const head = parseHead(config.head).parameters(net.features, classes);
  const { bands } = parseMixing(config.mixing);
  const body = describeNet(net, { batch, bands, head, precision, memory });
  const parameters = head.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  const macs = net.features * classes;
  const row = { name: 'head', branches: 1, in: net.features, out: classes, stride: 1 };
  return {
    ...body,
    blocks: [...body.blocks, { ...row, parameters, macs }],
    parameters: body.parameters + parameters,
    macs: body.macs + macs,
  };
}

/**
 * The net that a config names.
 *
 * @throws RequestError on a name that does not parse
 */
export function netOf(
  { dataset, layout, net, features }: RunConfig,
  images: Pick<ImageKind, 'channels' | 'height' | 'width'> = imagesOf(dataset),
): Net {
  const { channels, height, width } = images;
  return parseNet(net, { channels, height, width, layout: parseLayout(layout), features });
}

/**
 * Size and classes of the images that a run sees, as it recorded them.
 *
 * @throws RequestError for a record that has none and a data set whose name does not tell
 */
export function imagesIn({
  config,
  images,
}: Pick<RunRecord, 'config' | 'images'>): NonNullable<RunRecord['images']> {
  if (images) return images;
  const { channels, height, width, classNames } = imagesOf(config.dataset);
  return { channels, height, width, classNames };
}
