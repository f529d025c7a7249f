import { existsSync } from 'node:fs';
import { env } from 'node:process';
import { z } from 'zod';
import { checkoutFile, lastLine, runChild } from '../processes/children.ts';
import { type BenchCase, benchLayout, benchMixing } from './cases.ts';
import type { MeasureOptions } from './measure.ts';

/** A Python that has PyTorch. */
export interface Peer {
  python: string;
  torch: string;
}

/** One of the ways in which PyTorch can run a net. */
export interface PeerVariant {
  /** NHWC in memory instead of NCHW. */
  channelsLast: boolean;
  /** A block's branches as one grouped convolution. */
  merged: boolean;
  /** Automatic mixed precision in bfloat16. */
  bf16: boolean;
}

const reportSchema = z.object({
  imagesPerSecond: z.number().positive(),
  peakMemoryBytes: z.number().positive(),
  steps: z.number(),
  torch: z.string(),
});

/** What the peer measured. */
export type PeerReport = z.infer<typeof reportSchema>;

/** The last line that the peer printed. @throws ZodError if it is no report */
export const parseReport = (out: string): PeerReport => reportSchema.parse(lastLine(out));

const script = checkoutFile('bench', 'peers', 'pytorch.py');

/** Looks for a Python with torch: `$SHAKELAB_PYTHON` alone if set, else the usual ones. */
export async function findPeer(signal?: AbortSignal): Promise<Peer | null> {
  if (!existsSync(script)) return null;
  const candidates = env.SHAKELAB_PYTHON ? [env.SHAKELAB_PYTHON] : ['python3', '/usr/bin/python3'];
  const question = 'import torch; print(torch.__version__)';
  for (const python of candidates) {
    const torch = await runChild(python, ['-c', question], signal).catch(() => null);
    signal?.throwIfAborted();
    if (torch) return { python, torch: torch.trim() };
  }
  return null;
}

/** How the peer measures. */
interface PeerOptions extends MeasureOptions {
  /** Steps before the clock starts; 5. */
  warmUp?: number;
}

/** Times whole steps of a case in PyTorch, in a process of its own. */
export async function measurePeer(
  { python }: Peer,
  benchCase: BenchCase,
  variant: PeerVariant,
  options: PeerOptions,
  signal?: AbortSignal,
): Promise<PeerReport> {
  const args = peerArguments(benchCase, variant, options);
  return parseReport(await runChild(python, [script, ...args], signal));
}

function peerArguments(
  { net, features, batch, mode, augment, ...shape }: BenchCase,
  { channelsLast, merged, bf16 }: PeerVariant,
  { threads, seconds, warmUp = 5 }: PeerOptions,
): string[] {
  const { channels, height, width } = shape;
  const values = { net, layout: benchLayout, mixing: benchMixing, mode, batch };
  const own = { 'warm-up': warmUp, ...(features && { features }) };
  const all = { ...own, ...values, channels, height, width, threads, seconds };
  const flags = { 'channels-last': channelsLast, merged, bf16, augment: augment === 'crop-flip' };
  return [
    ...Object.entries(all).flatMap(([name, value]) => [`--${name}`, String(value)]),
    ...Object.entries(flags).flatMap(([name, on]) => (on ? [`--${name}`] : [])),
  ];
}

/** The ways in float32: both memory layouts, with the branches apart and merged. */
export const variants: PeerVariant[] = [false, true].flatMap((merged) =>
  [false, true].map((channelsLast) => ({ channelsLast, merged, bf16: false })),
);

/** `PyTorch channels-last, merged, bf16` */
export function variantName({ channelsLast, merged, bf16 }: PeerVariant): string {
  const parts = [channelsLast ? 'channels-last' : 'NCHW', merged && 'merged', bf16 && 'bf16'];
  return `PyTorch ${parts.filter(Boolean).join(', ')}`;
}
