import { block } from '../../program/slots.ts';

/** Rows from which on an image is cut into bands, and into how many. */
export const tallRows = 16;
export const tallBands = 2;

/**
 * Pieces that a batch's work is cut into, whatever the number of threads: sample blocks, in bands
 * of rows where images are tall.
 */
export const piecesOf = (height: number, samples: number): number =>
  (samples / block) * (height >= tallRows ? tallBands : 1);

/** The pieces of images of any height, at most. */
export const mostPieces = (samples: number): number => (samples / block) * tallBands;
