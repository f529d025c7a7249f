/** Colours divided by the alpha behind them again, as bytes: [pixels][bands]. */
export function withAlpha(values: ArrayLike<number>, bands: number): Uint8Array {
  const apart = Float64Array.from(values, (value, at) => {
    const alpha = values[at - (at % bands) + bands - 1];
    if (at % bands === bands - 1) return value;
    return alpha > 0 ? (255 * value) / alpha : 0;
  });
  return rounded(apart);
}

/** The nearest bytes. */
export function rounded(values: ArrayLike<number>): Uint8Array {
  if (values instanceof Uint8Array) return new Uint8Array(values);
  const bytes = new Uint8Array(values.length);
  for (let at = 0; at < bytes.length; at++) {
    bytes[at] = Math.min(Math.max(Math.floor(values[at] + 0.5), 0), 255);
  }
  return bytes;
}
