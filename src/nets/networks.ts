import { RequestError } from '../errors.ts';
import { limits } from '../limits.ts';
import type { Architecture, Finish, Projection, Stem } from './architecture.ts';
import { architectureOf } from './families.ts';
import type { Layout } from './layouts.ts';

/** A residual block: y = skip(x) + Σ αₙ Bₙ(x) (paper, section 2.1). */
export interface Block {
  /** For example `stage1.block1`; parameters are named after it. */
  name: string;
  branches: number;
  /** Groups of the middle one of three convolutions, a branch. */
  cardinality: number;
  inChannels: number;
  /** Channels between a branch's convolutions. */
  innerChannels: number;
  outChannels: number;
  stride: number;
  /** `project` where the channel count or the resolution changes. */
  skip: 'identity' | 'project';
}

/** A residual network as a value: a stem, blocks, an end. */
export interface Net {
  name: string;
  layout: Layout;
  input: ImageShape;
  stem: Stem;
  blocks: Block[];
  /** What the skip path of every block that projects is made of. */
  projection: Projection;
  /** What stands before the global average pool. */
  end: Finish[];
  /** Width D of the pooled features that the head sees. */
  features: number;
}

/** The images that a net takes. */
export interface ImageShape {
  channels: number;
  height: number;
  width: number;
}

/** What a net's name leaves open: its images, its branches and its features. */
export interface NetOptions extends ImageShape {
  layout: Layout;
  /** Channels of the very last block; 2 gives the paper's plane of Fig. 3, without the last ReLU. */
  features?: number | null;
}

/**
 * Builds a net by its name: `resnext-D-NxWd` of depth D with N branches, the first stage W wide
 * (`resnext-26-2x64d`; with three convolutions a branch N is the cardinality, `resnext-29-16x64d`),
 * `resnext-D-NxCxWd` with N branches of cardinality C (`resnext-29-2x4x64d`), or `wrn-D-K`.
 * With `features` the last block has that many channels and no ReLU follows it, so that the
 * features fill the plane.
 *
 * @throws RequestError on a name that does not parse or a depth that does not suit the layout
 */
export const parseNet = (text: string, options: NetOptions): Net =>
  buildNet(text, architectureOf(text, options.layout), options);

/**
 * Builds the net of an architecture, block by block.
 *
 * @throws RequestError on a width that its skip paths cannot have, or a size beyond the limits
 */
export function buildNet(name: string, architecture: Architecture, options: NetOptions): Net {
  const { stem, projection, end } = architecture;
  const { channels, height, width, layout, features = null } = options;
  if (features !== null) checkFeatures(features);
  checkSize(name, architecture, layout);
  const blocks = blocksOf(architecture, features);
  if (projection === 'paths') checkPaths(name, blocks);
  const input = { channels, height, width };
  const finish = end.filter((step) => step !== 'relu' || features === null);
  const out = blocks.at(-1)!.outChannels;
  return { name, layout, input, stem, blocks, projection, end: finish, features: out };
}

/** Limits of what a net may ask for, looked at before anything of its size is made. */
function checkSize(name: string, { stages, branches }: Architecture, layout: Layout): void {
  const blocks = stages.reduce((sum, stage) => sum + stage.blocks, 0);
  const widest = Math.max(
    ...stages.flatMap(({ innerChannels, outChannels }) => [innerChannels ?? 0, outChannels]),
  );
  const steps = layout.branch.length + layout.after.length;
  const sizes = [
    [branches, limits.branches, 'branches'],
    [blocks * steps, limits.netSteps, 'steps in all its blocks'],
    [branches * widest, limits.channels, 'channels side by side'],
  ] as const;
  for (const [size, most, noun] of sizes) {
    if (size <= most) continue;
    throw new RequestError(
      `net '${name}': ${size} ${noun}; a net has at most ${most}; choose a smaller`,
    );
  }
}

function blocksOf(architecture: Architecture, features: number | null): Block[] {
  const { stem, stages, branches, cardinality } = architecture;
  const blocks: Block[] = [];
  let inChannels = stem.channels;
  for (const [stage, { blocks: count, ...widths }] of stages.entries())
    for (let index = 0; index < count; index++) {
      const last = stage === stages.length - 1 && index === count - 1;
      const outChannels = last && features ? features : widths.outChannels;
      const innerChannels = widths.innerChannels ?? outChannels;
      const stride = stage > 0 && index === 0 ? 2 : 1;
      const skip = stride === 1 && inChannels === outChannels ? 'identity' : 'project';
      const name = `stage${stage + 1}.block${index + 1}`;
      const channels = { inChannels, innerChannels, outChannels };
      blocks.push({ name, branches, cardinality, ...channels, stride, skip });
      inChannels = outChannels;
    }
  return blocks;
}

/** A skip path of two paths splits its output channels between them, so their count is even. */
function checkPaths(name: string, blocks: Block[]): void {
  const odd = blocks.find((block) => block.skip === 'project' && block.outChannels % 2 !== 0);
  if (!odd) return;
  throw new RequestError(
    `net '${name}': ${odd.name} projects to ${odd.outChannels} channels, which two paths cannot ` +
      `share; choose an even width`,
  );
}

function checkFeatures(features: number): void {
  if (Number.isInteger(features) && features >= 1 && features <= limits.features) return;
  const rule = `must be a whole number from 1 to ${limits.features}`;
  throw new RequestError(`features ${features}: ${rule}; try 2`);
}
