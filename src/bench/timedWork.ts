import type { NativeInstruction, NativeOpcode } from '../machines/native/instructions.ts';
import { instructionText } from '../machines/native/listing.ts';
import type { MachineLimits } from '../machines/native/native.ts';
import type { SectionName } from '../program/instructions.ts';

/** The two passes over a program that are timed as wholes. */
export type Pass = 'step' | 'evaluation';

/** Time spent on one instruction, or on all of one opcode, in a pass. */
export interface TimedWork {
  milliseconds: number;
  /** Of its pass. */
  share: number;
  gflops: number;
  /** Its operands' bytes a second; above the memory's bandwidth where caches hold them. */
  gigabytes: number;
  /** What holds it back: the limit of which it reaches the larger part. */
  limit: 'compute' | 'memory';
  /** Part of that limit that it reaches. */
  reached: number;
}

export interface ProfiledInstruction extends TimedWork {
  pass: Pass;
  section: SectionName;
  index: number;
  opcode: NativeOpcode;
  /** Result, shape and operands, as the listing shows them. */
  text: string;
}

export interface OpcodeTotal extends TimedWork {
  pass: Pass;
  opcode: NativeOpcode;
  instructions: number;
}

/** An instruction, its median time and its cost. */
export interface Work {
  pass: Pass;
  section: SectionName;
  index: number;
  instruction: NativeInstruction;
  nanoseconds: number;
  macs: number;
  bytes: number;
}

/** Every instruction as rates and shares of its pass. */
export function timedInstructions(all: Work[], limits: MachineLimits): ProfiledInstruction[] {
  const whole = timesOf(all);
  return all.map((work) => {
    const { pass, section, index, instruction } = work;
    const { opcode } = instruction;
    const timed = rate(work, whole[pass], limits);
    return { pass, section, index, opcode, text: instructionText(instruction), ...timed };
  });
}

/** The sums over each opcode, the longest first. */
export function opcodeTotals(all: Work[], limits: MachineLimits): OpcodeTotal[] {
  const whole = timesOf(all);
  const totals = groupsOf(all).map((group) => {
    const [{ pass, instruction }] = group;
    const sum = (of: (work: Work) => number) => group.reduce((total, work) => total + of(work), 0);
    const work = {
      nanoseconds: sum((w) => w.nanoseconds),
      macs: sum((w) => w.macs),
      bytes: sum((w) => w.bytes),
    };
    const timed = rate(work, whole[pass], limits);
    return { pass, opcode: instruction.opcode, instructions: group.length, ...timed };
  });
  return totals.sort((a, b) => b.milliseconds - a.milliseconds);
}

/** The work of each opcode in each pass. */
function groupsOf(all: Work[]): Work[][] {
  const groups = new Map<string, Work[]>();
  for (const work of all) {
    const key = `${work.pass} ${work.instruction.opcode}`;
    groups.set(key, [...(groups.get(key) ?? []), work]);
  }
  return [...groups.values()];
}

/** Nanoseconds of each pass. */
function timesOf(all: Work[]): Record<Pass, number> {
  const times = { step: 0, evaluation: 0 };
  for (const { pass, nanoseconds } of all) times[pass] += nanoseconds;
  return times;
}

/** Time and cost as rates, and which of the machine's limits they come nearer to. */
export function rate(
  { nanoseconds, macs, bytes }: Pick<Work, 'nanoseconds' | 'macs' | 'bytes'>,
  whole: number,
  limits: Pick<MachineLimits, 'flops' | 'copy'>,
): TimedWork {
  const [gflops, gigabytes] = [(2 * macs) / nanoseconds, bytes / nanoseconds];
  const [compute, memory] = [gflops / limits.flops, gigabytes / limits.copy];
  return {
    milliseconds: nanoseconds / 1e6,
    share: nanoseconds / whole,
    gflops,
    gigabytes,
    limit: compute >= memory ? 'compute' : 'memory',
    reached: Math.max(compute, memory),
  };
}
