import type { ImageKind } from '../data/dataset.ts';
import { usableProcessors } from '../processes/processors.ts';
import { parseConfig } from '../runs/config.ts';
import { describeRun, type NetDescription } from '../runs/describe.ts';
import type { RunConfig } from '../runs/fields.ts';
import { imageKindOf } from '../runs/open.ts';
import { byteSize, columns, shortCount, wholeNumber } from '../text/text.ts';
import type { DescribeFlags } from './commands/describe.ts';
import { printResult } from './output.ts';
import { type Profile, profileRun, profileText } from './profile.ts';

/** `shakelab describe`: a net's blocks, parameters, operations, memory and speed; no data but a folder of one's own. */
export async function describe(flags: DescribeFlags): Promise<void> {
  const { settings, data, program, profile: profiled, threads, memory, json } = flags;
  const config = parseConfig(settings.values, settings);
  const images = await imageKindOf(config, { dataFolder: data });
  const description = describeRun(config, images, memory);
  const profile = profiled ? await profileConfig(config, images, { threads, memory }) : null;
  const { listing, ...numbers } = description;
  const extra = { ...(program && { listing: listing() }), ...(profile && { profile }) };
  printResult(json, { ...numbers, ...extra }, () => {
    const heading = `${config.net}, layout ${config.layout}, for ${config.dataset}`;
    const parts = [
      heading,
      partsTable(description),
      blockTable(description),
      totals(description, config),
    ];
    if (program) parts.push(listing());
    if (profile) parts.push(profileText(profile, config));
    return parts.join('\n\n');
  });
}

/** Runs the net for a while to time its program. */
const profileConfig = (
  config: RunConfig,
  images: ImageKind,
  { threads = usableProcessors(), memory }: Pick<DescribeFlags, 'threads' | 'memory'>,
): Promise<Profile> => profileRun(config, { threads, memory, images });

const partsTable = ({ parts }: NetDescription): string => columns(Object.entries(parts));

function blockTable({ blocks }: NetDescription): string {
  const counts = ['branches', 'in', 'inner', 'groups', 'out', 'stride'];
  const rows = blocks.map((block) => [
    block.name,
    ...[block.branches, block.in, block.inner, block.cardinality, block.out, block.stride].map(
      (count) => String(count ?? ''),
    ),
    wholeNumber(block.parameters),
    shortCount(block.macs),
  ]);
  const heading = ['block', ...counts, 'parameters', 'MACs'];
  return columns([heading, ...rows], ['left', ...Array(heading.length - 1).fill('right')]);
}

function totals(
  { parameters, macs, arenaBytes }: NetDescription,
  { batch, precision }: RunConfig,
): string {
  const numbers = precision === 'float32' ? '' : ` in ${precision}`;
  const rows = [
    ['parameters', wholeNumber(parameters)],
    ['MACs', `${shortCount(macs)} forward an image`],
    ['arena', `${byteSize(arenaBytes)} for training at batch ${batch}${numbers}`],
  ];
  return columns(rows);
}
