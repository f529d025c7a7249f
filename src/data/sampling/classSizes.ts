/**
 * How many samples each class has, [classes].
 *
 * @param labels [count], each from 0 to classes − 1
 */
export function classSizes(labels: ArrayLike<number>, classes: number): number[] {
  const sizes = new Array<number>(classes).fill(0);
  for (let sample = 0; sample < labels.length; sample++) sizes[labels[sample]]++;
  return sizes;
}
