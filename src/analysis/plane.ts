import { dot } from './unit.ts';

/** A plane in feature space: a point of it and two directions, orthogonal and of unit length. */
export interface Plane {
  /** [dimensions] */
  origin: Float32Array;
  /** [2][dimensions] */
  axes: Float32Array;
}

/** Samples in feature space, [count][dimensions]. */
export interface Cloud {
  features: Float32Array;
  dimensions: number;
  count: number;
}

/** Enough for the plane of a cloud to settle to less than a pixel of a figure. */
const iterations = 40;

/**
 * The plane of the two largest principal components of a cloud through its mean, nearly: by a few
 * steps of orthogonal iteration on its covariance, which is never formed. [2][D] directions are
 * multiplied by XᵀX and made orthonormal again; `principalPlane` is exact, and slower.
 *
 * A plane has no natural directions in it. Without `before` the first axis is the largest
 * component, and each axis points to where its largest entry is positive; with it the plane is
 * turned, and mirrored if need be, so that its axes come as close to those as they can (orthogonal
 * Procrustes), and a series of planes does not jump.
 *
 * @returns for fewer than two dimensions, or a cloud without extent, some orthonormal axes
 */
export function fitPlane(cloud: Cloud, before?: Plane): Plane {
  const origin = meanFeature(cloud);
  let axes = orthonormal(before?.axes.slice() ?? firstAxes(cloud.dimensions));
  for (let i = 0; i < iterations; i++) axes = orthonormal(timesCovariance(cloud, origin, axes));
  return { origin, axes: before ? turnedTo(before.axes, axes) : pointing(axes) };
}

/** The coordinates of a cloud in a plane, [count][2]. */
export function project({ features, dimensions, count }: Cloud, { origin, axes }: Plane) {
  const points = new Float32Array(2 * count);
  for (let sample = 0; sample < count; sample++) {
    for (let axis = 0; axis < 2; axis++) {
      let sum = 0;
      for (let d = 0; d < dimensions; d++) {
        sum += (features[sample * dimensions + d] - origin[d]) * axes[axis * dimensions + d];
      }
      points[2 * sample + axis] = sum;
    }
  }
  return points;
}

/** The mean of a cloud's samples, [dimensions]. */
export function meanFeature({ features, dimensions, count }: Cloud): Float32Array {
  const mean = new Float64Array(dimensions);
  for (let i = 0; i < count * dimensions; i++) mean[i % dimensions] += features[i] / count;
  return Float32Array.from(mean);
}

/** Two directions that no sensible data are orthogonal to. */
function firstAxes(dimensions: number): Float32Array {
  return Float32Array.from({ length: 2 * dimensions }, (_, i) => Math.cos(1 + i * i));
}

/** Σ (x − o) · ((x − o) · axis) for both axes: the covariance times them, but for a factor. */
function timesCovariance(cloud: Cloud, origin: Float32Array, axes: Float32Array): Float32Array {
  const { features, dimensions, count } = cloud;
  const points = project(cloud, { origin, axes });
  const product = new Float64Array(2 * dimensions);
  for (let sample = 0; sample < count; sample++) {
    const [x, y] = [points[2 * sample], points[2 * sample + 1]];
    for (let d = 0; d < dimensions; d++) {
      const offset = features[sample * dimensions + d] - origin[d];
      product[d] += x * offset;
      product[dimensions + d] += y * offset;
    }
  }
  return Float32Array.from(product);
}

/** Gram–Schmidt; a direction that vanishes is replaced by one along a coordinate. */
function orthonormal(axes: Float32Array): Float32Array {
  const dimensions = axes.length / 2;
  const first = unit(axes.subarray(0, dimensions), 0);
  const second = without(axes.subarray(dimensions), first);
  const other = unit(second, dimensions > 1 && Math.abs(first[1]) > 0.9 ? 0 : 1);
  return Float32Array.of(...first, ...unit(without(other, first), 0));
}

function without(vector: Float32Array, direction: Float32Array): Float32Array {
  const share = dot(vector, direction);
  return vector.map((value, d) => value - share * direction[d]);
}

function unit(vector: Float32Array, fallback: number): Float32Array {
  const length = Math.sqrt(dot(vector, vector));
  if (length > 1e-30) return vector.map((value) => value / length);
  return vector.map((_, d) => (d === fallback ? 1 : 0));
}

/** Axes [2][dimensions] turned to where the largest entry of each is positive. */
export function pointing(axes: Float32Array): Float32Array {
  const dimensions = axes.length / 2;
  return Float32Array.from(
    [0, 1].flatMap((axis) => {
      const own = axes.subarray(axis * dimensions, (axis + 1) * dimensions);
      const largest = own.reduce((best, value) =>
        Math.abs(value) > Math.abs(best) ? value : best,
      );
      return Array.from(own, (value) => (largest < 0 ? -value : value));
    }),
  );
}

/**
 * R · axes with the orthogonal R nearest to M = before · axesᵀ. Of a 2×2 matrix that is M's rotation
 * or its reflection part, whichever is larger.
 */
function turnedTo(before: Float32Array, axes: Float32Array): Float32Array {
  const dimensions = axes.length / 2;
  const row = (of: Float32Array, axis: number) =>
    of.subarray(axis * dimensions, (axis + 1) * dimensions);
  const [a, b] = [dot(row(before, 0), row(axes, 0)), dot(row(before, 0), row(axes, 1))];
  const [c, d] = [dot(row(before, 1), row(axes, 0)), dot(row(before, 1), row(axes, 1))];
  const rotates = Math.hypot(a + d, b - c) >= Math.hypot(a - d, b + c);
  const sign = rotates ? 1 : -1;
  const angle = rotates ? Math.atan2(b - c, a + d) : Math.atan2(b + c, a - d);
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  const turned = new Float32Array(2 * dimensions);
  for (let i = 0; i < dimensions; i++) {
    turned[i] = cosine * axes[i] + sine * axes[dimensions + i];
    turned[dimensions + i] = sign * (cosine * axes[dimensions + i] - sine * axes[i]);
  }
  return turned;
}
