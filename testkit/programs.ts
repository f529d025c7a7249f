import { buildGraph } from '../src/graph/graph.ts';
import { lowerNative, type NativeProgram } from '../src/machines/native/lower.ts';
import { parseLayout } from '../src/nets/layouts.ts';
import { parseNet } from '../src/nets/networks.ts';
import { type MemoryUse, planProgram } from '../src/program/plan.ts';
import type { Precision } from '../src/program/precision.ts';
import type { Decay, Program } from '../src/program/program.ts';

export interface Planned {
  net?: string;
  layout: string;
  batch?: number;
  channels?: number;
  /** Height and width of the images. */
  size?: number;
  features?: number | null;
  decay?: Decay;
  precision?: Precision;
  memory?: MemoryUse;
}

/** Plans a net's program, by default the paper's net for MNIST without its head. */
export function planned({
  net = 'resnext-20-2x4d',
  layout,
  batch = 128,
  channels = 1,
  size = 28,
  features = 2,
  decay,
  precision,
  memory,
}: Planned): Program {
  const shape = { channels, height: size, width: size };
  const parsed = parseNet(net, { ...shape, layout: parseLayout(layout), features });
  const neutral = { mean: Array(channels).fill(0), std: Array(channels).fill(1) };
  return planProgram(buildGraph(parsed, neutral), { batch, decay, precision, memory });
}

/** Programs that differ in every way that the planner can see. */
export const manyPlans: Planned[] = [
  { layout: 'postact', batch: 32 },
  { layout: 'relu-preact', batch: 16 },
  { layout: 'preact' },
  { layout: 'preact-bn' },
  { layout: 'bn-shake', net: 'resnext-8-3x6d', channels: 3, size: 9, features: null },
  { layout: 'relu bn conv', net: 'resnext-8-1x4d', batch: 16, size: 7 },
  { layout: 'bottleneck-postact', net: 'resnext-11-2x2x2d', batch: 16, size: 8, features: null },
  { layout: 'preact-dropout', net: 'wrn-10-1', batch: 16, size: 8 },
  { layout: 'bn relu conv bn relu conv bn', net: 'resnext-26-2x16d', size: 32, features: null },
  { layout: 'relu-preact', net: 'resnext-8-2x4d', precision: 'bf16' },
];

/** A plan as the native machine runs it. */
export const lowered = (plan: Planned): NativeProgram => lowerNative(planned(plan));
