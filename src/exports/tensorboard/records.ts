import { crc32c } from '../crc.ts';

const headBytes = 12;
const tailBytes = 4;

/**
 * A record as TensorFlow's files have them: 8 bytes of length, their check, the data, their check,
 * little-endian.
 */
export function encodeRecord(data: Uint8Array): Uint8Array {
  const record = new Uint8Array(headBytes + data.length + tailBytes);
  const view = new DataView(record.buffer);
  view.setBigUint64(0, BigInt(data.length), true);
  view.setUint32(8, maskedCheck(record.subarray(0, 8)), true);
  record.set(data, headBytes);
  view.setUint32(headBytes + data.length, maskedCheck(data), true);
  return record;
}

/** The records at a file's beginning, up to its end or the first that is cut short or damaged. */
export function* wholeRecords(bytes: Uint8Array): Generator<{ data: Uint8Array; end: number }> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + headBytes + tailBytes <= bytes.length; ) {
    const length = Number(view.getBigUint64(at, true));
    const end = at + headBytes + length + tailBytes;
    if (view.getUint32(at + 8, true) !== maskedCheck(bytes.subarray(at, at + 8))) return;
    if (end > bytes.length) return;
    const data = bytes.subarray(at + headBytes, end - tailBytes);
    if (view.getUint32(end - tailBytes, true) !== maskedCheck(data)) return;
    yield { data, end };
    at = end;
  }
}

/** A check as it stands in files: turned and moved, for data that hold checks themselves. */
function maskedCheck(bytes: Uint8Array): number {
  const check = crc32c(bytes);
  return (((check >>> 15) | (check << 17)) + 0xa282ead8) >>> 0;
}
