import type { z } from 'zod';

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
}

/**
 * Draws the coefficients that blend the branches of a residual block. Forward the block adds
 * Σ αₙ Bₙ(x) to x; backward branch n receives βₙ times the gradient (paper, section 2.1).
 *
 * Coefficients lie as [bands][branches][samples]. Their arrays belong to the caller; a law writes
 * every one of them and keeps nothing between calls.
 */
export interface MixingLaw {
  /** The law as text, defaults left out: `parseMixing(law.name)` is this law again. */
  readonly name: string;
  /** Bands of image rows with coefficients of their own; 1 where the image is mixed as a whole. */
  readonly bands: number;
  /** Training: α into `forward`, β into `backward`; fixed by seed, step and block. */
  draw(pass: MixingPass, forward: Float32Array, backward: Float32Array): void;
  /** Evaluation: the coefficients' expectation. */
  evaluation(block: MixingBlock, forward: Float32Array): void;
}

/** The laws of one name: their options with defaults, and how to make one. */
export interface LawFamily {
  readonly options: z.ZodObject;
  /** @param spelled options as written, already known to fit `options` */
  create(name: string, spelled: Record<string, string>): MixingLaw;
}

/** Ties a law's options to the function that makes it from their values. */
export function lawFamily<Shape extends z.ZodRawShape>(
  options: z.ZodObject<Shape>,
  create: (name: string, values: z.output<z.ZodObject<Shape>>) => MixingLaw,
): LawFamily {
  return { options, create: (name, spelled) => create(name, options.parse(spelled)) };
}
