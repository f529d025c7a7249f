import { availableParallelism } from 'node:os';
import { parseConfig } from '../runs/config.ts';
import { describeRun, type NetDescription } from '../runs/describe.ts';
import type { RunConfig } from '../runs/fields.ts';
import { printResult } from './output.ts';
import { type Profile, profileRun, profileText } from './profile.ts';
import { byteSize, columns, shortCount, wholeNumber } from './text.ts';
import type { ConfigFlags } from './train.ts';

/** The flags of `describe` besides those of the config. */
export interface DescribeFlags {
  config?: string;
  program?: boolean;
  profile?: boolean;
  threads?: number;
  json?: boolean;
}

/** `shakelab describe`: a net's blocks, parameters, operations, memory and speed, without data. */
export async function describe(
  values: ConfigFlags,
  { config: file, program, profile: profiled, threads, json }: DescribeFlags,
): Promise<void> {
  const config = parseConfig(values, { file });
  const description = describeRun(config);
  const profile = profiled ? await profileConfig(config, threads) : null;
  const { listing, ...numbers } = description;
  const extra = { ...(program && { listing: listing() }), ...(profile && { profile }) };
  printResult(json, { ...numbers, ...extra }, () => {
    const heading = `${config.net}, layout ${config.layout}, for ${config.dataset}`;
    const parts = [heading, blockTable(description), totals(description, config.batch)];
    if (program) parts.push(listing());
    if (profile) parts.push(profileText(profile, config));
    return parts.join('\n\n');
  });
}

/** Runs the net for a while to time its program. */
const profileConfig = (config: RunConfig, threads = availableParallelism()): Promise<Profile> =>
  profileRun(config, { threads });

function blockTable({ blocks }: NetDescription): string {
  const heading = ['block', 'branches', 'in', 'out', 'stride', 'parameters', 'MACs'];
  const rows = blocks.map(({ name, branches, in: from, out, stride, parameters, macs }) => [
    name,
    ...[branches, from, out, stride].map(String),
    wholeNumber(parameters),
    shortCount(macs),
  ]);
  return columns([heading, ...rows], ['left', ...Array(6).fill('right')]);
}

function totals({ parameters, macs, arenaBytes }: NetDescription, batch: number): string {
  const rows = [
    ['parameters', wholeNumber(parameters)],
    ['MACs', `${shortCount(macs)} forward an image`],
    ['arena', `${byteSize(arenaBytes)} for training at batch ${batch}`],
  ];
  return columns(rows, ['left', 'left']);
}
