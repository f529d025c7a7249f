import type { Head, HeadBatch } from './head.ts';

/**
 * Softmax with cross-entropy: logits z = W f + b, loss −log(exp zₖ / Σ exp zⱼ) for class k,
 * averaged over the batch. Weights W [K, D] start uniform in ±1/√D, biases b [K] at 0.
 */
export const softmax: Head = {
  name: 'softmax',

  parameters(features, classes) {
    const bound = 1 / Math.sqrt(features);
    return [
      { name: 'head.weight', shape: [classes, features], initial: { kind: 'uniform', bound } },
      { name: 'head.bias', shape: [classes], initial: { kind: 'constant', value: 0 } },
    ];
  },

  logits(features, [weight, bias], out) {
    const row = new Float64Array(bias.length);
    for (let sample = 0; sample < out.length / row.length; sample++) {
      affine(features, sample, weight, bias, row);
      out.set(row, sample * row.length);
    }
  },

  loss(batch) {
    const [weight, bias] = batch.parameters;
    const row = new Float64Array(bias.length);
    batch.featureGradients.fill(0);
    for (const gradient of batch.gradients) gradient.fill(0);
    let total = 0;
    for (let sample = 0; sample < batch.count; sample++) {
      affine(batch.features, sample, weight, bias, row);
      batch.logits.set(row, sample * row.length);
      total += crossEntropy(row, batch.labels[sample]);
      for (let k = 0; k < row.length; k++) row[k] /= batch.count;
      backward(batch, sample, row);
    }
    return total / batch.count;
  },
};

/** z = W f + b of one sample, summed in double precision. */
function affine(
  features: Float32Array,
  sample: number,
  weight: Float32Array,
  bias: Float32Array,
  z: Float64Array,
): void {
  const width = weight.length / bias.length;
  for (let k = 0; k < z.length; k++) {
    let sum = bias[k];
    for (let d = 0; d < width; d++) sum += weight[k * width + d] * features[sample * width + d];
    z[k] = sum;
  }
}

/**
 * The loss of one sample; its gradient softmax(z) − onehot(label) replaces z. The largest logit is
 * taken off first, so that no exponential overflows.
 */
function crossEntropy(z: Float64Array, label: number): number {
  let largest = z[0];
  for (const logit of z) largest = Math.max(largest, logit);
  const target = z[label] - largest;
  let sum = 0;
  for (let k = 0; k < z.length; k++) {
    z[k] = Math.exp(z[k] - largest);
    sum += z[k];
  }
  for (let k = 0; k < z.length; k++) z[k] /= sum;
  z[label] -= 1;
  return Math.log(sum) - target;
}

/** Adds one sample's share, from d loss / d logits, to the gradients of W, b and its features. */
function backward(batch: HeadBatch, sample: number, logitGradients: Float64Array): void {
  const { features, featureGradients, parameters, gradients } = batch;
  const [weight] = parameters;
  const [weightGradient, biasGradient] = gradients;
  const width = weight.length / biasGradient.length;
  for (let k = 0; k < logitGradients.length; k++) {
    const gradient = logitGradients[k];
    biasGradient[k] += gradient;
    for (let d = 0; d < width; d++) {
      weightGradient[k * width + d] += gradient * features[sample * width + d];
      featureGradients[sample * width + d] += gradient * weight[k * width + d];
    }
  }
}
