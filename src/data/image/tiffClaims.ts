/** Bytes of a value by the types of TIFF 6.0 and BigTIFF; those unknown take one. */
const sizes: Record<number, number> = {
  ...{ 3: 2, 4: 4, 5: 8, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8, 18: 8 },
};

/**
 * Refuses a TIFF file whose first directory claims values that the file is too short for: geotiff
 * makes room for whatever is claimed.
 *
 * @throws Error saying what is claimed
 * @throws RangeError where the file ends within the directory
 */
export function refuseClaims(bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const little = bytes[0] === 0x49;
  const isBig = view.getUint16(2, little) === 43;
  const long = (at: number) =>
    isBig ? Number(view.getBigUint64(at, little)) : view.getUint32(at, little);
  const start = long(isBig ? 8 : 4);
  const entries = isBig ? long(start) : view.getUint16(start, little);
  const [head, length] = isBig ? [8, 20] : [2, 12];
  for (let entry = 0; entry < entries; entry++) {
    const at = start + head + entry * length;
    const [tag, type] = [view.getUint16(at, little), view.getUint16(at + 2, little)];
    const count = long(at + 4);
    if (count * (sizes[type] ?? 1) <= bytes.length) continue;
    throw new Error(`its tag ${tag} claims ${count} values in a file of ${bytes.length} bytes`);
  }
}
