import type { CosineScale, Head, HeadMemory, Objective } from './head.ts';
import { meanLoss, type Scorer, scoreAll } from './scorer.ts';
import { classVectors } from './softmax.ts';

/** What stands in for the cosine of the label's angle, and its derivative. */
export type Margin = (cosine: number) => { value: number; slope: number };

/** How a head turns angles between features and class vectors into logits. */
export interface AngularTraits {
  name: string;
  scale: CosineScale;
  objective: Objective;
  /** The margin after so many training steps; none when left out. */
  margin?(step: number): Margin;
}

/** A head whose logits are scaled cosines, with a margin on the label's (see `angularScorer`). */
export function angularHead({ name, scale, objective, margin }: AngularTraits): Head {
  return {
    name,
    readout: { kind: 'cosine', scale, centralised: false },
    objective,
    mixesLabels: true,
    parameters: (features, classes) => [classVectors(features, classes)],
    logits: (features, memory, out) =>
      scoreAll(angularScorer(memory, scale), features, memory, out),
    loss(batch) {
      batch.featureGradients.fill(0);
      const scorer = angularScorer(batch, scale, margin?.(batch.step));
      return meanLoss(scorer, batch, batch.features, batch.featureGradients);
    },
  };
}

/**
 * Vectors shorter than this have no direction worth keeping: they count as if they were this long,
 * so that nothing is divided by 0 and no gradient is beyond scale / shortest.
 */
export const shortest = 1e-3;

/** A vector's direction; `grows` is 1 where its length counts, 0 where it is too short. */
interface Direction {
  unit: Float64Array;
  norm: number;
  grows: number;
}

function directionOf(values: ArrayLike<number>): Direction {
  const vector = Float64Array.from(values);
  const length = Math.sqrt(dot(vector, vector));
  const norm = Math.max(length, shortest);
  return {
    unit: vector.map((x) => x / norm),
    norm,
    grows: length > shortest ? 1 : 0,
  };
}

/** Logits s cos θ of features f and class vectors w, θ the angle between them. */
export function angularScorer(
  {
    parameters: [weight],
    dimensions,
    classes,
  }: Pick<HeadMemory, 'parameters' | 'dimensions' | 'classes'>,
  scale: CosineScale,
  margin?: Margin,
): Scorer {
  const vectors = Array.from({ length: classes }, (_, k) =>
    directionOf(weight.subarray(k * dimensions, (k + 1) * dimensions)),
  );
  const weightGradient = new Float64Array(weight.length);
  const cosines = new Float64Array(classes);
  let feature = directionOf(new Float64Array(dimensions));
  const scaleOf = (k: number): number => {
    if (typeof scale === 'number') return scale;
    return scale === 'feature' ? feature.norm : feature.norm * vectors[k].norm;
  };
  return {
    gradients: [weightGradient],
    score(of, z) {
      feature = directionOf(of);
      for (let k = 0; k < classes; k++) {
        cosines[k] = clamp(dot(vectors[k].unit, feature.unit));
        z[k] = scaleOf(k) * cosines[k];
      }
    },
    margin:
      margin &&
      ((label, z) => {
        z[label] = scaleOf(label) * margin(cosines[label]).value;
      }),
    backward(gradients, label, featureGradient) {
      for (let k = 0; k < classes; k++) {
        const cosine = cosines[k];
        const { value, slope } =
          margin && k === label ? margin(cosine) : { value: cosine, slope: 1 };
        const outer = gradients[k] * scaleOf(k);
        const byFeature = {
          along: typeof scale === 'number' ? 0 : outer * value,
          turn: outer * slope,
        };
        const byWeight = { along: scale === 'norms' ? outer * value : 0, turn: outer * slope };
        addGradient(feature, vectors[k].unit, cosine, byFeature, featureGradient, 0);
        addGradient(vectors[k], feature.unit, cosine, byWeight, weightGradient, k * dimensions);
      }
    },
  };
}

/**
 * Adds the gradient with respect to a vector v of a function of its length and of its cosine with
 * another: `along` is the length's share times the length, `turn` the derivative by the cosine,
 * whose gradient is (u − cos · v̂) / ‖v‖.
 */
function addGradient(
  { unit, norm, grows }: Direction,
  other: Float64Array,
  cosine: number,
  { along, turn }: { along: number; turn: number },
  to: Float64Array,
  at: number,
): void {
  for (let d = 0; d < unit.length; d++)
    to[at + d] += (turn * (other[d] - grows * cosine * unit[d]) + grows * along * unit[d]) / norm;
}

/** Rounding may push a product of unit vectors beyond 1. */
const clamp = (cosine: number): number => Math.min(1, Math.max(-1, cosine));

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let d = 0; d < a.length; d++) sum += a[d] * b[d];
  return sum;
}
