import { numberTypes } from '../../data/containers/elements.ts';
import type { StoredBytes, StoredType } from '../safetensorsHeader.ts';

/** Reads the value at an index of a tensor's little-endian bytes. */
type ReadValue = (view: DataView, index: number) => number;

const { float16, float32, float64 } = numberTypes;

/** Types of values that weights may have. */
const readers: { [K in StoredType]?: ReadValue } = {
  F64: (view, index) => float64.read(view, 8 * index, true),
  F32: (view, index) => float32.read(view, 4 * index, true),
  F16: (view, index) => float16.read(view, 2 * index, true),
  BF16: upperHalf(),
};

/** The names of the types that weights may have. */
export const floatTypes = Object.keys(readers);

/** A tensor's values as 32-bit floats; null where they are no floats, or ones of too few bits. */
export function floatsIn({ dtype, shape, bytes }: StoredBytes): Float32Array | null {
  const read = readers[dtype];
  if (!read) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values = new Float32Array(shape.reduce((product, extent) => product * extent, 1));
  for (let i = 0; i < values.length; i++) values[i] = read(view, i);
  return values;
}

/** A bfloat16 is the upper half of a 32-bit float. */
function upperHalf(): ReadValue {
  const whole = new DataView(new ArrayBuffer(4));
  return (view, index) => {
    whole.setUint16(2, view.getUint16(2 * index, true), true);
    return whole.getFloat32(0, true);
  };
}
