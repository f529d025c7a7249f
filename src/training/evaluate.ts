import { augmentationOrder, augmentationSize } from '../data/augmentation.ts';
import type { Split } from '../data/dataset.ts';
import { predictedClass } from '../statistics/predictions.ts';
import { type BatchRange, cut } from './batches.ts';
import type { NetExecution } from './netExecution.ts';

/** What a net says of a split in evaluation mode. */
export interface Evaluation {
  /** Mean over the samples. */
  loss: number;
  /** In percent. */
  error: number;
  /**
   * [count][classes]: a sample is given the class of the largest. Margins are left out; a head that
   * compares distances gives minus the squared distance to the mean of every class.
   */
  logits: Float32Array;
  /** [count] */
  labels: Uint16Array;
  classes: number;
}

/** Whether images are judged together with their mirror images. */
export type TestMirror = 'none' | 'horizontal';

/** An image as it is, and its mirror image where that is looked at too. */
const viewsOf = (mirror: TestMirror): boolean[] => (mirror === 'none' ? [false] : [false, true]);

/**
 * Passes images through the net and its head in evaluation mode, a batch at a time, and tells of each,
 * whose logits stand until the next is asked for.
 *
 * @param mirrored whether it is their mirror images that pass
 */
async function* passes(
  net: NetExecution,
  { images, count: total }: Pick<Split, 'images' | 'count'>,
  batch: number,
  mirrored: boolean,
): AsyncGenerator<BatchRange> {
  const augmentations = mirrorNumbers(net.program.batch, mirrored);
  for (const range of cut(total, batch)) {
    const { first, count } = range;
    const places = Array.from({ length: count }, (_, i) => first + i);
    net.choose(images, places, { augmentations, partnerShare: 0 });
    await net.evaluate(count);
    yield range;
  }
}

/** Numbers of images that are mirrored, or stay as they are, [count][augmentationSize]. */
function mirrorNumbers(count: number, mirrored: boolean): Int32Array {
  const numbers = new Int32Array(count * augmentationSize);
  const place = augmentationOrder.indexOf('mirrored');
  for (let i = 0; i < count; i++) numbers[i * augmentationSize + place] = Number(mirrored);
  return numbers;
}

/** The logits [count][classes] of images without labels; with a mirror, the mean of those of both views. */
export async function logitsOf(
  net: NetExecution,
  images: Pick<Split, 'images' | 'count'>,
  mirror: TestMirror = 'none',
): Promise<Float32Array> {
  const options = { batch: net.program.batch, mirror };
  const views = await viewLogits(net, images, options, ({ count }) =>
    net.head.computeLogits(count),
  );
  return meanOf(views);
}

/** The logits of each view [count][classes]; `judge` has the head compute those of the batch that has passed. */
async function viewLogits(
  net: NetExecution,
  images: Pick<Split, 'images' | 'count'>,
  { batch, mirror }: { batch: number; mirror: TestMirror },
  judge: (range: BatchRange) => Promise<void>,
): Promise<Float32Array[]> {
  const { classes, logits } = net.head;
  const views: Float32Array[] = [];
  for (const mirrored of viewsOf(mirror)) {
    const view = new Float32Array(images.count * classes);
    for await (const range of passes(net, images, batch, mirrored)) {
      await judge(range);
      view.set(logits.subarray(0, range.count * classes), range.first * classes);
    }
    views.push(view);
  }
  return views;
}

/** How a split is evaluated. */
interface EvaluationOptions {
  batch: number;
  /** Training steps done. */
  step: number;
  mirror?: TestMirror;
}

/**
 * Passes a split through the net and its head; updates nothing. With a mirror, logits are the mean of those of
 * an image and its mirror image, and the loss is the mean of the losses of both.
 */
export async function evaluate(
  net: NetExecution,
  split: Split,
  { batch, step, mirror = 'none' }: EvaluationOptions,
): Promise<Evaluation> {
  const { labels, count: total } = split;
  const { classes } = net.head;
  let loss = 0;
  const views = await viewLogits(net, split, { batch, mirror }, async ({ first, count }) => {
    const own = labels.subarray(first, first + count);
    const told = await net.head.loss({ labels: own, count, step, training: false });
    loss += told.loss * count;
  });
  const logits = meanOf(views);
  const error = (100 * mistakesOf(logits, labels, classes)) / total;
  return { loss: loss / views.length / total, error, logits, labels, classes };
}

/** The first of the views, or the mean of both. */
function meanOf([own, mirrored]: Float32Array[]): Float32Array {
  return mirrored ? own.map((value, i) => (value + mirrored[i]) / 2) : own;
}

/** How many samples are given another class than their label. */
function mistakesOf(logits: Float32Array, labels: ArrayLike<number>, classes: number): number {
  let mistakes = 0;
  for (let sample = 0; sample < labels.length; sample++)
    if (predictedClass(logits, sample, classes) !== labels[sample]) mistakes++;
  return mistakes;
}
