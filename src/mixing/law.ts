/** Which block asks for coefficients, and for how many branches and samples. */
export interface MixingBlock {
  /** Number of the block among the net's `blocks`, from 0. */
  block: number;
  blocks: number;
  branches: number;
  samples: number;
}

/** One training pass through one block. */
export interface MixingPass extends MixingBlock {
  seed: number;
  step: number;
  /** Share of the training's steps that came before it; 1, as after all of them, where it is left out. */
  progress?: number;
}

/** What a law is asked to mix in one block. */
export interface MixedShape {
  branches: number;
  /** Rows of the block's image. */
  height: number;
}

/**
 * Draws the coefficients that blend the branches of a residual block. Forward the block adds
 * Σ αₙ Bₙ(x) to x; backward branch n receives βₙ times the gradient (paper, section 2.1).
 *
 * Coefficients lie as [bands][branches][samples]. Their arrays belong to the caller and are exactly
 * that long; a law writes every one of them and keeps nothing between calls.
 */
export interface MixingLaw {
  /** The law as text, defaults left out: `parseMixing(law.name)` is this law again. */
  readonly name: string;
  /** Bands of image rows with coefficients of their own; 1 where the image is mixed as a whole. */
  readonly bands: number;
  /**
   * Refuses a block that the law cannot mix; left out where it can mix any.
   * @throws RequestError saying why, and what else to take
   */
  check?(block: MixedShape): void;
  /** Training: α into `forward`, β into `backward`; fixed by seed, step and block. */
  draw(pass: MixingPass, forward: Float32Array, backward: Float32Array): void;
  /** Evaluation: the coefficients' expectation. */
  evaluation(block: MixingBlock, forward: Float32Array): void;
}
