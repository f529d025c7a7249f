/** What was made of one file: an image of bytes, and what is to be known of it. */
export interface Decoded {
  height: number;
  width: number;
  /** values a pixel, alpha counted */
  bands: number;
  alpha: boolean;
  /** [height][width][bands] */
  pixels: Uint8Array;
  /** left out of bytes; else `pixels` are those of floats that are yet to be scaled: see `unscaled.ts` */
  unscaled?: 'colours' | 'colours by alpha';
  facts: Facts;
}

/** What is to be known of a file beyond its pixels. */
export interface Facts {
  /** pages or frames of the file, where there are several */
  pages?: number;
  /** of values that are no bytes: their extent, and what the type can hold */
  deep?: { low: number; high: number; scale: { low: number; high: number } };
  /** share of the values that lay outside of the range asked for */
  clipped?: number;
}

/** A decoded file and the path that errors name it by. */
export interface DecodedFile extends Decoded {
  path: string;
}
