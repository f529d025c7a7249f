import { type Cloud, fitPlane, type Plane, project } from '../../analysis/plane.ts';
import { permutation, randomStream } from '../../random/index.ts';
import type { Trainer } from '../../training/trainer.ts';
import type { KeepingEvent } from '../loop.ts';
import type { Model } from '../open.ts';
import type { Frame, FrameHeader } from './format.ts';
import { continueFrames } from './log.ts';

/**
 * Steps between frames. 'auto' keeps a few hundred frames, in about a twentieth of the time; 'sparing'
 * keeps smaller and fewer ones, in about a hundredth.
 */
export type FrameInterval = number | 'auto' | 'sparing';

/** What frames may cost. */
interface FrameBudget {
  /** Points of a frame. */
  points: number;
  /** Images that are trained on between two frames, at least. */
  imagesBetween: number;
}

/**
 * Many points show a cloud, few are kept often. Each is embedded in both modes, so a frame of 256
 * takes as long as training 40 to 280 images, and a frame of 1024 up to four times as long.
 */
const budgets: Record<'auto' | 'sparing', FrameBudget> = {
  auto: { points: 1024, imagesBetween: 13_700 },
  sparing: { points: 256, imagesBetween: 25_000 },
};

/**
 * Passes on what happens to a run while it keeps frames: the embedding of a fixed sample of the
 * training images, in train and in evaluate mode, before the first step, every so many steps and
 * after the last. Every frame is durable before the next checkpoint; the training's bits are those
 * of a run without frames.
 *
 * @param check is asked before each frame whether this process may still write; it throws if not
 */
export async function* keepFrames(
  events: AsyncGenerator<KeepingEvent>,
  folder: string,
  model: Model,
  interval: FrameInterval,
  check: () => Promise<void> = async () => {},
): AsyncGenerator<KeepingEvent> {
  const { trainer } = model;
  const log = await continueFrames(folder, trainer.step, headerOf(model, interval));
  const { every } = log.header;
  try {
    const keep = async (): Promise<void> => {
      const frame = await frameOf(trainer, log.header, log.newest?.plane);
      await check();
      await log.append(frame);
    };
    if (!log.newest) await keep();
    for await (const event of events) {
      const due = event.step % every === 0 || event.step === trainer.steps;
      if (event.kind === 'step' && due) await keep();
      yield event;
    }
  } finally {
    await log.close();
  }
}

/** Which of a run's images are looked at, and how often. */
export function headerOf(
  { config, dataset, net, trainer }: Model,
  interval: FrameInterval,
): FrameHeader {
  const { count, labels } = dataset.train;
  const budget = budgets[interval === 'sparing' ? interval : 'auto'];
  const places = Array.from(samplePlaces(count, budget));
  const every =
    typeof interval === 'number' ? interval : intervalOf(budget, trainer.steps, config.batch);
  return { every, features: net.features, places, labels: places.map((place) => labels[place]) };
}

/** The same images for every run on the same data, whatever its seed: figures can be compared. */
function samplePlaces(images: number, { points }: FrameBudget): Uint32Array {
  return permutation(randomStream(1, 'frames'), images).subarray(0, points).sort();
}

/** A long run gets no more than 400 frames; a short one its 20, even if they take longer. */
function intervalOf({ imagesBetween }: FrameBudget, steps: number, batch: number): number {
  const affordable = Math.ceil(imagesBetween / batch);
  return Math.max(Math.ceil(steps / 400), Math.min(affordable, Math.ceil(steps / 20)));
}

/**
 * The embedding of a frame's images as the net is now.
 *
 * @param before the plane of the frame before, from which wide features do not turn away
 */
export async function frameOf(
  trainer: Trainer,
  header: FrameHeader,
  before?: Plane | null,
): Promise<Frame> {
  const places = Uint32Array.from(header.places);
  const train = await trainer.embed('train', 'train', places);
  const evaluate = await trainer.embed('train', 'evaluate', places);
  const plane = header.features > 2 ? fitPlane(evaluate, before ?? undefined) : null;
  const pointsOf = (cloud: Cloud) => (plane ? project(cloud, plane) : inPlane(cloud));
  return { step: trainer.step, train: pointsOf(train), evaluate: pointsOf(evaluate), plane };
}

/** Features of width 2 are points; those of width 1 lie on the first axis. */
function inPlane({ features, dimensions }: Cloud): Float32Array {
  if (dimensions === 2) return features;
  return Float32Array.from({ length: 2 * features.length }, (_, i) =>
    i % 2 ? 0 : features[i / 2],
  );
}
