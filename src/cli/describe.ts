import { parseConfig } from '../runs/config.ts';
import { describeRun, type NetDescription } from '../runs/describe.ts';
import { printResult } from './output.ts';
import { byteSize, columns, shortCount, wholeNumber } from './text.ts';
import type { ConfigFlags } from './train.ts';

/** The flags of `describe` besides those of the config. */
export interface DescribeFlags {
  config?: string;
  program?: boolean;
  json?: boolean;
}

/** `shakelab describe`: a net's blocks, parameters, operations and memory, without any data. */
export function describe(
  values: ConfigFlags,
  { config: file, program, json }: DescribeFlags,
): void {
  const config = parseConfig(values, { file });
  const description = describeRun(config);
  const { listing, ...numbers } = description;
  printResult(json, program ? { ...numbers, listing: listing() } : numbers, () => {
    const heading = `${config.net}, layout ${config.layout}, for ${config.dataset}`;
    const parts = [heading, blockTable(description), totals(description, config.batch)];
    return [...parts, ...(program ? [listing()] : [])].join('\n\n');
  });
}

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
