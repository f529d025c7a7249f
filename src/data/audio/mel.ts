/** Frequency in mel: m = 2595 log₁₀(1 + f / 700), f in hertz (O'Shaughnessy 1987, as in HTK). */
export const melOf = (hertz: number): number => 2595 * Math.log10(1 + hertz / 700);

/** Frequency in hertz of a mel value. */
export const hertzOf = (mel: number): number => 700 * (10 ** (mel / 2595) - 1);

/** A band's triangle over the bins of a spectrum: weights from bin `first` on. */
export interface MelFilter {
  first: number;
  weights: Float64Array;
}

/**
 * Triangular filters whose corners stand at `bands` + 2 frequencies evenly spaced in mel from 0 to
 * half the rate. A filter rises from 0 at its lower neighbour's centre to 1 at its own, and falls
 * to 0 at its upper neighbour's. One narrower than the spectrum's bins takes the bin nearest to its
 * centre, so that no band is ever empty.
 *
 * @param bins of the spectrum, from 0 to half the rate: FFT size / 2 + 1
 */
export function melFilters(bands: number, bins: number, rate: number): MelFilter[] {
  const top = melOf(rate / 2);
  const binOf = (corner: number): number =>
    (hertzOf((corner * top) / (bands + 1)) * 2 * (bins - 1)) / rate;
  return Array.from({ length: bands }, (_, band) =>
    triangle(binOf(band), binOf(band + 1), binOf(band + 2)),
  );
}

function triangle(low: number, centre: number, high: number): MelFilter {
  const first = Math.ceil(low);
  const count = Math.max(0, Math.floor(high) - first + 1);
  const weights = Float64Array.from({ length: count }, (_, i) => {
    const bin = first + i;
    return bin <= centre ? (bin - low) / (centre - low) : (high - bin) / (high - centre);
  });
  const empty = weights.every((weight) => weight <= 0);
  return empty ? { first: Math.round(centre), weights: Float64Array.of(1) } : { first, weights };
}
