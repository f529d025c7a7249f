/** So many times as much, or as little, a training's length makes of its weight decay at most. */
const mostScale = 10;

/**
 * The weight decay of a training of other epochs than those that it was chosen for: λ √(E / T), E those epochs and T
 * the training's own, at most ten times λ and at least a tenth. A short training decays more.
 *
 * Source: Loshchilov and Hutter, "Decoupled weight decay regularization", ICLR 2019 (arXiv:1711.05101), appendix B.1:
 * λ = λ_norm √(b / (B T)) for batches of b of B images. Here λ_norm is what the decay of E epochs makes it; the limits
 * are ours.
 *
 * @param meantFor E; 0 leaves the decay as it is
 */
export function decayFor(weightDecay: number, epochs: number, meantFor: number): number {
  if (meantFor === 0) return weightDecay;
  const scale = Math.sqrt(meantFor / epochs);
  return weightDecay * Math.min(mostScale, Math.max(1 / mostScale, scale));
}
