import { z } from 'zod';
import { family, numberOption, positiveOption } from '../options/index.ts';
import { angularHead, type Margin } from './angular.ts';

const options = z.strictObject({
  margin: numberOption(
    'must be an angle from 0 to below π',
    (value) => value >= 0 && value < Math.PI,
    0.5,
  ),
  /** What cosines are multiplied by: 64 for thousands of faces, less for few classes. */
  scale: positiveOption(16),
});

/** Sines are not taken below this where they are divided by: collinear vectors have no direction to turn. */
const leastSine = 1e-6;

/**
 * ArcFace: logits s cos θ, the label's s cos(θ + m), and s (cos θ − m sin m) past θ = π − m, where
 * the cosine would rise again.
 *
 * Source: Deng, Guo, Xue and Zafeiriou, "ArcFace: additive angular margin loss", 2019.
 */
export const arcFace = family(
  {
    summary: "adds a margin to the label's angle",
    source: 'Deng et al. 2019, arXiv:1801.07698',
    options,
  },
  (name, { margin, scale }) =>
    angularHead({
      ...{ name, scale },
      objective: { kind: 'added-angle', margin },
      margin: () => addedAngle(margin),
    }),
);

/**
 * cos(θ + m) = cos θ cos m − sin θ sin m. Its slope by cos θ is sin(θ + m) / sin θ, which has no
 * bound where f and w are collinear; the gradient does, because cos θ itself turns with sin θ there.
 */
function addedAngle(margin: number): Margin {
  const [cosM, sinM] = [Math.cos(margin), Math.sin(margin)];
  return (cosine) => {
    if (cosine <= -cosM) return { value: cosine - margin * sinM, slope: 1 };
    const sine = Math.sqrt(Math.max(0, 1 - cosine * cosine));
    const value = cosine * cosM - sine * sinM;
    return { value, slope: cosM + (cosine * sinM) / Math.max(sine, leastSine) };
  };
}
