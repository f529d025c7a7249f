import { RequestError } from '../errors.ts';
import type { Layout } from './layouts.ts';

/** A residual block: y = skip(x) + Σ αₙ Bₙ(x) (paper, section 2.1). */
export interface Block {
  /** For example `stage1.block1`; parameters are named after it. */
  name: string;
  branches: number;
  inChannels: number;
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
  /** Channels after the stem's 3×3 convolution and batch norm. */
  stem: number;
  blocks: Block[];
  /** Whether a ReLU stands before the global average pool. */
  endRelu: boolean;
  /** Width D of the pooled features that the head sees. */
  features: number;
}

export interface ImageShape {
  channels: number;
  height: number;
  width: number;
}

export interface NetOptions extends ImageShape {
  layout: Layout;
  /** Channels of the very last block; 2 gives the paper's plane of Fig. 3, without the last ReLU. */
  features?: number | null;
}

const stemChannels = 16;

/**
 * Builds a net by its name `resnext-D-NxWd`: depth D = 6n + 2, N branches, first stage W wide
 * (`resnext-26-2x64d`); stages have widths W, 2W, 4W and n blocks each (Gastaldi 2017).
 * With `features` the last block has that many channels and no ReLU follows it, so that the
 * features fill the plane.
 *
 * @throws RequestError on a name that does not parse or a depth that is not 6n + 2
 */
export function parseNet(text: string, options: NetOptions): Net {
  const { depth, branches, width } = parseName(text);
  const perStage = (depth - 2) / 6;
  const blocks: Block[] = [];
  let inChannels = stemChannels;
  for (let stage = 1; stage <= 3; stage++) {
    for (let index = 1; index <= perStage; index++) {
      const last = stage === 3 && index === perStage;
      const outChannels = last && options.features ? options.features : width * 2 ** (stage - 1);
      const stride = stage > 1 && index === 1 ? 2 : 1;
      const skip = stride === 1 && inChannels === outChannels ? 'identity' : 'project';
      const name = `stage${stage}.block${index}`;
      blocks.push({ name, branches, inChannels, outChannels, stride, skip });
      inChannels = outChannels;
    }
  }
  const { channels, height, width: columns, layout } = options;
  checkSizes(text, blocks, options);
  const input = { channels, height, width: columns };
  const endRelu = !options.features;
  return { name: text, layout, input, stem: stemChannels, blocks, endRelu, features: inChannels };
}

function parseName(text: string): { depth: number; branches: number; width: number } {
  const match = /^resnext-(\d{1,4})-(\d{1,3})x(\d{1,4})d$/.exec(text);
  const form = 'a net is named resnext-D-NxWd; for example resnext-20-2x4d or resnext-26-2x64d';
  if (!match) throw new RequestError(`net '${text}': ${form}`);
  const [depth, branches, width] = match.slice(1).map(Number);
  if ((depth - 2) % 6 !== 0 || depth < 8) {
    const lower = Math.max(8, Math.floor((depth - 2) / 6) * 6 + 2);
    throw new RequestError(
      `net '${text}': the depth ${depth} is not 6n + 2; try ${lower} or ${lower + 6}`,
    );
  }
  if (branches < 1 || width < 1) throw new RequestError(`net '${text}': ${form}`);
  return { depth, branches, width };
}

/** A projecting skip path splits its output channels over two paths, so their count is even. */
function checkSizes(text: string, blocks: Block[], options: NetOptions): void {
  const odd = blocks.find((block) => block.skip === 'project' && block.outChannels % 2 !== 0);
  if (odd) {
    throw new RequestError(
      `net '${text}': ${odd.name} projects to ${odd.outChannels} channels, which two paths cannot ` +
        `share; choose an even width`,
    );
  }
  const features = options.features ?? 1;
  if (!Number.isInteger(features) || features < 1) {
    throw new RequestError(`features ${features}: must be a whole number from 1; try 2`);
  }
}
