import { RequestError } from '../errors.ts';
import { shown } from '../limits.ts';
import type { Architecture, Stage } from './architecture.ts';
import { convolutionsOf, type Layout } from './layouts.ts';

const forms =
  'a net is named resnext-D-NxWd, resnext-D-NxCxWd or wrn-D-K; ' +
  'for example resnext-20-2x4d, resnext-26-2x64d, resnext-29-2x4x64d or wrn-28-10';

/** What a net's name says. */
type Name =
  | { family: 'wrn'; depth: number; widening: number }
  | {
      family: 'resnext';
      depth: number;
      /** Branches N; of a bottleneck net that gives no cardinality C, these are its groups. */
      count: number;
      cardinality: number | null;
      width: number;
    };

/**
 * The architecture that a name means with a layout. A resnext of one or two convolutions a branch is
 * Gastaldi's, one of three Xie's with N branches of cardinality C, one branch where only one of the
 * two numbers is given; wrn is the Wide ResNet.
 *
 * @throws RequestError on a name that does not parse, or a depth that does not suit the layout
 */
export function architectureOf(text: string, layout: Layout): Architecture {
  const name = readName(text);
  if (!name) throw new RequestError(`net '${shown(text)}': ${forms}`);
  if (name.family === 'wrn') return wideResNet(name, blocksOf(text, name.depth, 4, layout));
  const blocks = blocksOf(text, name.depth, 2, layout);
  if (convolutionsOf(layout) === 3) return bottleneckResNext(name, blocks);
  if (name.cardinality === null) return shakeShakeResNext(name, blocks);
  throw new RequestError(
    `net '${text}': the ${name.cardinality} groups need three convolutions a branch and layout ` +
      `'${layout.name}' has fewer; try bottleneck-postact`,
  );
}

/**
 * The layout that the net of a name is known with: the paper's `preact-bn` for two convolutions,
 * post-activation bottlenecks for ResNeXt (Xie et al. 2016), `preact` for Wide ResNets.
 */
export function usualLayout(text: string): string {
  const name = readName(text);
  if (name?.family === 'wrn') return 'preact';
  if (name?.cardinality) return 'bottleneck-postact';
  const layers = name ? name.depth - 2 : 0;
  return layers % 6 !== 0 && layers % 9 === 0 ? 'bottleneck-postact' : 'preact-bn';
}

function readName(text: string): Name | null {
  const wide = numbersIn(text, /^wrn-(\d{1,4})-(\d{1,3})$/);
  if (wide) return { family: 'wrn', depth: wide[0], widening: wide[1] };
  const two = numbersIn(text, /^resnext-(\d{1,4})-(\d{1,3})x(\d{1,4})d$/);
  if (two) return resnext(two[0], two[1], null, two[2]);
  const three = numbersIn(text, /^resnext-(\d{1,4})-(\d{1,3})x(\d{1,3})x(\d{1,4})d$/);
  return three && resnext(three[0], three[1], three[2], three[3]);
}

const resnext = (
  depth: number,
  count: number,
  cardinality: number | null,
  width: number,
): ResNextName => ({ family: 'resnext', depth, count, cardinality, width });

/** The numbers that a pattern finds, all of them from 1. */
function numbersIn(text: string, pattern: RegExp): number[] | null {
  const numbers = pattern.exec(text)?.slice(1).map(Number);
  return numbers && !numbers.includes(0) ? numbers : null;
}

/** A depth counts the convolutions of three stages of n blocks, and `rest` layers besides. */
function blocksOf(text: string, depth: number, rest: 2 | 4, layout: Layout): number {
  const deep = convolutionsOf(layout) === 3;
  const layers = deep ? 9 : 6;
  const blocks = (depth - rest) / layers;
  if (Number.isInteger(blocks) && blocks >= 1) return blocks;
  const lower = rest + layers * Math.max(1, Math.floor(blocks));
  const other = deep ? 6 : 9;
  const [example, convolutions] = deep ? ['preact-bn', 'two'] : ['bottleneck-postact', 'three'];
  const fits = depth > rest && (depth - rest) % other === 0;
  const way = fits ? `, or a layout of ${convolutions} convolutions such as ${example}` : '';
  throw new RequestError(
    `net '${text}': the depth ${depth} is not ${layers}n + ${rest}; ` +
      `try ${lower} or ${lower + layers}${way}`,
  );
}

type ResNextName = Extract<Name, { family: 'resnext' }>;

/** Shake-Shake's net for CIFAR-10 (Gastaldi 2017, shakeshake.lua): stages W, 2W and 4W wide. */
const shakeShakeResNext = ({ count, width }: ResNextName, blocks: number): Architecture => ({
  stem: { channels: 16, finish: ['bn'] },
  stages: stagesOf((scale) => ({ blocks, innerChannels: null, outChannels: scale * width })),
  branches: count,
  cardinality: 1,
  projection: 'paths',
  end: ['relu'],
});

/**
 * ResNeXt for CIFAR (Xie et al. 2016, section 5.3; resnext.lua, bottleneck type C): whatever the
 * cardinality C and the width W of a group, blocks end 256, 512 and 1024 wide. Gastaldi's net for
 * CIFAR-100, 29 2×4×64d, has two such branches (2017, section 2.3: "a ResNeXt without
 * pre-activation"; its code was not published, so its skip path is taken to be Xie's).
 */
function bottleneckResNext(
  { count, cardinality, width }: ResNextName,
  blocks: number,
): Architecture {
  const groups = cardinality ?? count;
  return {
    stem: { channels: 64, finish: ['bn', 'relu'] },
    stages: stagesOf((scale) => ({
      blocks,
      innerChannels: scale * groups * width,
      outChannels: scale * 256,
    })),
    branches: cardinality === null ? 1 : count,
    cardinality: groups,
    projection: 'conv-bn',
    end: ['relu'],
  };
}

/** Wide ResNet (Zagoruyko & Komodakis 2016, wide-resnet.lua): stages 16K, 32K and 64K wide. */
const wideResNet = (
  { widening }: Extract<Name, { family: 'wrn' }>,
  blocks: number,
): Architecture => ({
  stem: { channels: 16, finish: [] },
  stages: stagesOf((scale) => ({
    blocks,
    innerChannels: null,
    outChannels: 16 * scale * widening,
  })),
  branches: 1,
  cardinality: 1,
  projection: 'preact-conv',
  end: ['bn', 'relu'],
});

/** Three stages, each twice as wide as the one before. */
const stagesOf = (stage: (scale: number) => Stage): Stage[] => [1, 2, 4].map(stage);
