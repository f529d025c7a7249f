/** What follows a stem's convolution, or the last block. */
export type Finish = 'bn' | 'relu';

/** The first 3×3 convolution and what follows it. */
export interface Stem {
  channels: number;
  finish: Finish[];
}

/**
 * How a skip path changes channels or resolution:
 * `paths`: ReLU, two 1×1 convolutions of subsampled images, the second shifted by a pixel, side by
 * side, batch norm (Gastaldi 2017, shakeshakeblock.lua);
 * `conv-bn`: a 1×1 convolution with the block's stride, batch norm (He et al. 2015; Xie et al. 2016,
 * resnext.lua, shortcut type B);
 * `preact-conv`: a 1×1 convolution with the block's stride, without batch norm, of what the
 * branch's leading `bn` and `relu` make of the input (Zagoruyko & Komodakis 2016, wide-resnet.lua).
 */
export type Projection = 'paths' | 'conv-bn' | 'preact-conv';

/** Blocks of equal width; the first of every stage but the first halves the resolution. */
export interface Stage {
  blocks: number;
  /** Channels between a branch's convolutions; null for as many as it ends with. */
  innerChannels: number | null;
  outChannels: number;
}

/** A family's net before its layout, its images and the width of its features are known. */
export interface Architecture {
  stem: Stem;
  stages: Stage[];
  branches: number;
  /** Groups of the middle one of three convolutions (Xie et al. 2016). */
  cardinality: number;
  projection: Projection;
  /** What stands before the global average pool. */
  end: Finish[];
}
