import { z } from 'zod';
import { family } from '../options/index.ts';
import { angularScorer } from './angular.ts';
import { centralise, centredBy, centringState } from './centring.ts';
import type { Head } from './head.ts';
import { meanLoss, scoreAll } from './scorer.ts';
import { classVectors } from './softmax.ts';

const options = z.strictObject({
  /** What features are centralised by while training: the batch's statistics or the running ones. */
  statistics: z.enum(['batch', 'running']).default('batch'),
});

/**
 * Centralised coordinate learning (paper, Eqs 1–2): features are centralised, coordinate by
 * coordinate, to Φ(f) = (f − o) / σ, and logits are ‖Φ(f)‖ cos θ with class vectors of unit length.
 * The running mean o and deviation σ are the head's state; evaluation always uses them. Training
 * takes the batch's own, as a batch norm without affine part does, or the running ones as they stood
 * before the batch, which count as constants.
 *
 * Source: Qi and Zhang, "Face recognition via centralized coordinate learning", 2018.
 */
export const ccl = family(
  {
    summary: 'centralises the features before it compares angles',
    source: 'Qi & Zhang 2018, arXiv:1801.05678; paper, Eqs 1–2',
    options,
  },
  (name, { statistics }): Head => ({
    name,
    readout: { kind: 'cosine', scale: 'feature', centralised: true },
    objective: { kind: 'centralised', statistics },
    mixesLabels: true,
    parameters: (features, classes) => [classVectors(features, classes)],
    state: centringState,
    logits(features, memory, out) {
      const { dimensions, classes } = memory;
      const centred = centredBy(features, (out.length / classes) * dimensions, memory.state);
      scoreAll(angularScorer(memory, 'feature'), centred, memory, out);
    },
    loss(batch) {
      const { centred, backward } = centralise(batch, statistics);
      const gradients = new Float64Array(centred.length);
      const loss = meanLoss(angularScorer(batch, 'feature'), batch, centred, gradients);
      batch.featureGradients.fill(0);
      batch.featureGradients.set(backward(gradients));
      return loss;
    },
  }),
);
