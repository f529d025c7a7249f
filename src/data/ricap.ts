import { permutation, randomStream, symmetricBeta } from '../random/index.ts';

/** A part of every image of a batch, and where in the batch's images it comes from. */
export interface Patch {
  top: number;
  left: number;
  height: number;
  width: number;
  /** Where its upper left pixel stands in the images that it is taken of. */
  from: { top: number; left: number };
  /** Place in the batch of the image that each image's patch is taken of, [batch]. */
  places: Uint32Array;
  /** Its share of the area, and so of the label. */
  share: number;
}

/**
 * Draws how the images of a batch are patched of four of them each (random image cropping and patching). The
 * four meet at (round(h' H), round(w' W)), h' and w' from Beta(β, β), the same for the whole batch; each is cropped
 * at a place where all are as likely, and c_k of patch k counts w_k h_k / (W H) in the label. The draw depends on
 * seed and step alone, so a resumed run draws what the unbroken one drew.
 *
 * Source: Takahashi, Matsubara and Uehara, "RICAP: random image cropping and patching data augmentation for deep
 * CNNs", ACML 2018 (arXiv:1811.09030), section 3 and algorithm 1; they use β = 0.3.
 *
 * @param samples size of the batch
 * @returns upper left, upper right, lower left, lower right; without those that have no area
 */
export function drawPatches(
  { seed, step, beta }: { seed: number; step: number; beta: number },
  samples: number,
  { height, width }: { height: number; width: number },
): Patch[] {
  const stream = randomStream(seed, 'ricap', step);
  const [rows, columns] = [height, width].map((all) =>
    Math.round(symmetricBeta(stream, beta) * all),
  );
  return [0, 1, 2, 3]
    .map((k) => {
      const [top, left] = [k < 2 ? 0 : rows, k % 2 === 0 ? 0 : columns];
      const size = {
        height: k < 2 ? rows : height - rows,
        width: k % 2 === 0 ? columns : width - columns,
      };
      const from = {
        top: stream.integer(height - size.height + 1),
        left: stream.integer(width - size.width + 1),
      };
      const places = permutation(stream, samples);
      const share = (size.height * size.width) / (height * width);
      return { top, left, ...size, from, places, share };
    })
    .filter(({ share }) => share > 0);
}

/**
 * The images of a batch, each patched of others of it.
 *
 * @param images [batch][channels][height][width]
 */
export function patched(
  images: Uint8Array,
  patches: readonly Patch[],
  { channels, height, width }: { channels: number; height: number; width: number },
): Uint8Array {
  const outcome = new Uint8Array(images.length);
  const rowAt = (image: number, channel: number, row: number) =>
    ((image * channels + channel) * height + row) * width;
  for (const { top, left, height: rows, width: columns, from, places } of patches)
    for (const [image, source] of places.entries())
      for (let channel = 0; channel < channels; channel++)
        for (let row = 0; row < rows; row++) {
          const first = rowAt(source, channel, from.top + row) + from.left;
          const to = rowAt(image, channel, top + row) + left;
          outcome.set(images.subarray(first, first + columns), to);
        }
  return outcome;
}
