import { type Profile, profileRun } from '../bench/profile.ts';
import type { OpcodeTotal, Pass, ProfiledInstruction, TimedWork } from '../bench/timedWork.ts';
import type { RunConfig } from '../runs/fields.ts';
import { columns } from '../text/text.ts';

export { type Profile, profileRun };

const passTitles: Record<Pass, string> = {
  step: 'a training step',
  evaluation: 'an evaluation',
};

/** A profile for reading: every instruction in order, then the sums over opcodes. */
export function profileText(profile: Profile, { net }: Pick<RunConfig, 'net'>): string {
  const { machine, threads, batch, limits } = profile;
  const bandwidth = `${limits.copy.toFixed(1)} GB/s copied`;
  const heading =
    `${net} at batch ${batch}, ${machine}, ${threads} ${threads === 1 ? 'thread' : 'threads'}; ` +
    `limits: ${limits.flops.toFixed(0)} GFLOP/s, ${bandwidth}`;
  const passes = Object.keys(passTitles) as Pass[];
  return [heading, ...passes.flatMap((pass) => passText(profile, pass))].join('\n\n');
}

const rateHeadings = ['ms', 'share', 'GFLOP/s', 'GB/s', 'limit'];

function passText({ instructions, totals }: Profile, pass: Pass): string[] {
  const own = instructions.filter((instruction) => instruction.pass === pass);
  const sums = totals.filter((total) => total.pass === pass);
  const milliseconds = own.reduce((sum, work) => sum + work.milliseconds, 0);
  return [
    `${passTitles[pass]}, ${milliseconds.toFixed(2)} ms:`,
    table(['instruction', ...rateHeadings, 'to ← from'], own.map(instructionRow)),
    table(['opcode', ...rateHeadings, 'instructions'], sums.map(totalRow)),
  ];
}

const table = (headings: string[], rows: string[][]): string =>
  columns([headings, ...rows], ['left', ...Array(5).fill('right'), 'left']);

const instructionRow = (instruction: ProfiledInstruction): string[] => [
  `${instruction.section} ${instruction.index} ${instruction.opcode}`,
  ...rates(instruction),
  instruction.text,
];

const totalRow = (total: OpcodeTotal): string[] => [
  total.opcode,
  ...rates(total),
  String(total.instructions),
];

const rates = ({ milliseconds, share, gflops, gigabytes, limit, reached }: TimedWork): string[] => [
  milliseconds.toFixed(3),
  `${(100 * share).toFixed(1)} %`,
  gflops.toFixed(1),
  gigabytes.toFixed(1),
  `${limit} ${(100 * reached).toFixed(0)} %`,
];
