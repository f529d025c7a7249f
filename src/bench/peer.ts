import { z } from 'zod';
import { lastLine, runChild } from '../processes/children.ts';
import { type BenchCase, benchLayout, benchMixing } from './cases.ts';
import type { MeasureOptions } from './measure.ts';
import { findPython, type Python, peerScript, versionOf } from './python.ts';

/** One of the ways in which PyTorch can run a net. */
export interface PeerVariant {
  /** NHWC in memory instead of NCHW. */
  channelsLast: boolean;
  /** A block's branches as one grouped convolution. */
  merged: boolean;
  /** Through `torch.compile`. */
  compiled: boolean;
  /** Automatic mixed precision in bfloat16. */
  bf16: boolean;
}

const reportSchema = z.object({
  imagesPerSecond: z.number().positive(),
  peakMemoryBytes: z.number().positive(),
  steps: z.number(),
});

/** What a peer measured. */
export type PeerReport = z.infer<typeof reportSchema>;

/** The last line that a peer printed. @throws ZodError if it is no report */
export const parseReport = (out: string): PeerReport => reportSchema.parse(lastLine(out));

const script = peerScript('pytorch.py');

/** Looks for a Python with torch. */
export const findPeer = (signal?: AbortSignal): Promise<Python | null> =>
  findPython(versionOf('torch'), script, signal);

/** How a peer measures. */
export interface PeerOptions extends MeasureOptions {
  /** Steps before the clock starts; 5. */
  warmUp?: number;
}

/** Times whole steps of a case in PyTorch, in a process of its own. */
export async function measurePeer(
  { python }: Python,
  benchCase: BenchCase,
  variant: PeerVariant,
  options: PeerOptions,
  signal?: AbortSignal,
): Promise<PeerReport> {
  const args = peerArguments(benchCase, variant, options);
  return parseReport(await runChild(python, [script, ...args], signal));
}

function peerArguments(
  benchCase: BenchCase,
  { channelsLast, merged, compiled, bf16 }: PeerVariant,
  options: PeerOptions,
): string[] {
  const { net, features, mode, augment } = benchCase;
  const values = { net, layout: benchLayout, mixing: benchMixing, mode };
  const flags = {
    ...{ 'channels-last': channelsLast, merged, compiled, bf16 },
    augment: augment === 'crop-flip',
  };
  return [
    ...caseArguments(benchCase, options),
    ...Object.entries({ ...values, ...(features && { features }) }).flatMap(wordsOf),
    ...Object.entries(flags).flatMap(([name, on]) => (on ? [`--${name}`] : [])),
  ];
}

/** What every peer is told of a case. */
export function caseArguments(
  { batch, channels, height, width }: BenchCase,
  { threads, seconds, warmUp = 5 }: PeerOptions,
): string[] {
  const values = { batch, channels, height, width, threads, seconds, 'warm-up': warmUp };
  return Object.entries(values).flatMap(wordsOf);
}

const wordsOf = ([name, value]: [string, unknown]): string[] => [`--${name}`, String(value)];

const either = [false, true];

/** The ways in float32: eager or compiled, both memory layouts, with the branches apart and merged. */
export const variants: PeerVariant[] = either.flatMap((compiled) =>
  either.flatMap((merged) =>
    either.map((channelsLast) => ({ channelsLast, merged, compiled, bf16: false })),
  ),
);

/** The ways in bfloat16 with branches as they are best in float32. */
export const narrowVariants = ({ merged }: PeerVariant): PeerVariant[] =>
  variants.filter((variant) => variant.merged === merged).map((one) => ({ ...one, bf16: true }));

/** `PyTorch channels-last, merged, compiled, bf16` */
export function variantName({ channelsLast, merged, compiled, bf16 }: PeerVariant): string {
  const layout = channelsLast ? 'channels-last' : 'NCHW';
  const parts = [layout, merged && 'merged', compiled && 'compiled', bf16 && 'bf16'];
  return `PyTorch ${parts.filter(Boolean).join(', ')}`;
}
