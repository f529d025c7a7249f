import { drawCoefficients } from '../figures/coefficients.ts';
import { type LawSample, parseMixing, sampleLaw } from '../mixing/index.ts';
import { columns } from '../text/text.ts';
import type { LawFlags } from './commands/law.ts';
import { printResult } from './output.ts';
import { picturePath, writeFileAt } from './places.ts';

const draws = 10_000;

/** `shakelab law`: how a law's coefficients are distributed, as a table and a figure. */
export async function law(text: string, flags: LawFlags): Promise<void> {
  const { name, samples } = sampleBlocks(text, flags);
  const out = flags.out && picturePath('out', flags.out, 'svg');
  if (out) await writeFileAt('out', out, drawLaw(name, samples));
  const rows = samples.flatMap(momentRows);
  printResult(flags.json, { law: name, rows, ...(out && { out }) }, () => {
    return [momentTable(rows), ...(out ? [out] : [])].join('\n\n');
  });
}

/**
 * Draws from the first, the middle and the last block where they differ, else from one of them.
 *
 * @throws RequestError on a law that does not parse or so few branches that it refuses them
 */
export function sampleBlocks(
  text: string,
  { branches = 2, blocks = 9 }: { branches?: number; blocks?: number } = {},
): { name: string; samples: LawSample[] } {
  const parsed = parseMixing(text);
  parsed.check?.({ branches, height: Number.POSITIVE_INFINITY });
  const of = (block: number) => sampleLaw(parsed, { block, blocks, branches, draws });
  const places = new Set([1, Math.ceil(blocks / 2), blocks]);
  const samples = [...places].map(of);
  const alike = samples.every(({ evaluation }) => evaluation === samples[0].evaluation);
  return { name: parsed.name, samples: alike ? samples.slice(0, 1) : samples };
}

/** The figure of a law's draws. */
export function drawLaw(name: string, samples: LawSample[]): string {
  const panels = samples.flatMap(({ block, blocks, forward, backward, evaluation }) => {
    const place = samples.length > 1 ? `, block ${block} of ${blocks}` : '';
    return [
      { title: `forward, α${place}`, draws: forward, evaluation },
      { title: `backward, β${place}`, draws: backward },
    ];
  });
  return drawCoefficients(name, panels);
}

interface MomentRow {
  block: string;
  pass: 'forward' | 'backward';
  mean: number;
  deviation: number;
  least: number;
  most: number;
  evaluation: number | null;
}

function momentRows({ block, blocks, forward, backward, evaluation }: LawSample): MomentRow[] {
  const row = (pass: MomentRow['pass'], values: Float32Array): MomentRow => {
    const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
    const square = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length;
    const [least, most] = [Math.min, Math.max].map((pick) => values.reduce((a, b) => pick(a, b)));
    const expected = pass === 'forward' ? evaluation : null;
    const moments = { mean, deviation: Math.sqrt(square), least, most };
    return { block: `${block}/${blocks}`, pass, ...moments, evaluation: expected };
  };
  return [row('forward', forward), row('backward', backward)];
}

function momentTable(rows: MomentRow[]): string {
  const heading = ['block', 'pass', 'mean', 'deviation', 'least', 'most', 'evaluation'];
  const text = (value: number | null) => (value === null ? '' : value.toFixed(3));
  const lines = rows.map(({ block, pass, mean, deviation, least, most, evaluation }) => {
    return [block, pass, ...[mean, deviation, least, most, evaluation].map(text)];
  });
  return columns([heading, ...lines], ['left', 'left', ...Array(5).fill('right')]);
}
