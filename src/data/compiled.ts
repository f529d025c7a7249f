import { loadCompiled } from '../addon.ts';

/** What native/data/ has, by way of addon.cc: twins of slower functions, with the same bits. */
export interface CompiledData {
  /** of `resample`, see `image/shrink.ts` */
  shrink(
    values: Uint8Array,
    height: number,
    width: number,
    bands: number,
    bounds: Int32Array,
    shares: Float64Array,
    first: Int32Array,
    count: Int32Array,
    weights: Float64Array,
  ): Float64Array;
  /** of `resampleSound`'s filter, see `audio/interpolate.ts` */
  interpolate(
    padded: Float64Array,
    table: Float64Array,
    phases: number,
    step: number,
    out: Float32Array,
  ): void;
}

let found: Partial<CompiledData> | undefined;

/** The compiled functions that there are: none where the addon is not compiled. */
export function compiledData(): Partial<CompiledData> {
  found ??= findCompiled();
  return found;
}

function findCompiled(): Partial<CompiledData> {
  try {
    return loadCompiled() as Partial<CompiledData>;
  } catch {
    return {};
  }
}
