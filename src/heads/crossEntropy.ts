/**
 * Cross-entropy of softmax(z) with a label that is smoothed: it counts 1 − smoothing, and every
 * class smoothing / K besides. The gradient, softmax(z) − target, replaces z. The largest logit is
 * taken off first, so that no exponential overflows.
 */
export function crossEntropy(z: Float64Array, label: number, smoothing = 0): number {
  let largest = z[0];
  for (const logit of z) largest = Math.max(largest, logit);
  let sum = 0;
  let mean = 0;
  for (const logit of z) {
    sum += Math.exp(logit - largest);
    mean += (logit - largest) / z.length;
  }
  const target = (1 - smoothing) * (z[label] - largest) + smoothing * mean;
  for (let k = 0; k < z.length; k++) z[k] = Math.exp(z[k] - largest) / sum - smoothing / z.length;
  z[label] -= 1 - smoothing;
  return Math.log(sum) - target;
}
