import type { Embedding } from '../../../src/analysis/embedding.ts';
import { decodeSafetensors } from '../../../src/runs/safetensors.ts';

/** A whole split of a run in the plane, with what the run makes of each sample. */
export interface SplitPlane extends Embedding {
  /** [count] */
  predictions: ArrayLike<number>;
  /** Whether the coordinates are the features themselves or their principal plane. */
  projection: 'features' | 'pca';
}

/** Reads the answer of `/api/runs/{id}/embedding`. */
export function decodePlane(bytes: Uint8Array, classes: number): SplitPlane {
  const { tensors, metadata } = decodeSafetensors(bytes, 'embedding');
  const values = (name: string) => {
    const tensor = tensors.get(name);
    if (!tensor) throw new Error(`the embedding has no ${name}; reload the page`);
    return tensor.data;
  };
  const features = Float32Array.from(values('points'));
  return {
    features,
    dimensions: 2,
    count: features.length / 2,
    labels: values('labels'),
    predictions: values('predictions'),
    classes,
    projection: metadata.projection === 'pca' ? 'pca' : 'features',
  };
}
