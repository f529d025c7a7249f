import type { Frames } from '../../../../src/server/resources/frames.ts';
import { api, bytes } from '../../api/client.ts';
import type { Cloud } from '../../scatter/pick.ts';

/** The sample in both modes at one moment of training. */
export interface Frame {
  train: Cloud;
  evaluate: Cloud;
}

const batch = 32;

/** A run's frames, fetched a few at a time when they are looked at. */
export class FrameStore {
  readonly #id: string;
  readonly #labels: readonly number[];
  readonly #classes: number;
  readonly #frames = new Map<number, Frame>();
  readonly #coming = new Map<number, Promise<void>>();

  constructor(id: string, { labels }: Pick<Frames, 'labels'>, classes: number) {
    this.#id = id;
    this.#labels = labels;
    this.#classes = classes;
  }

  /** The frame, if it is here. */
  at(index: number): Frame | undefined {
    return this.#frames.get(index);
  }

  /** Fetches a frame and those after it, as far as there are any. @throws ApiError */
  fetch(index: number): Promise<void> {
    const known = this.#coming.get(index);
    if (known) return known;
    const coming = this.#fetchFrom(index).finally(() => this.#coming.delete(index));
    this.#coming.set(index, coming);
    return coming;
  }

  async #fetchFrom(index: number): Promise<void> {
    const asked = {
      param: { id: this.#id, index: String(index) },
      query: { count: String(batch) },
    };
    const points = await bytes(api.runs[':id'].frames[':index'].$get(asked));
    const frames = decodeFrames(points, this.#labels, this.#classes);
    for (const [offset, frame] of frames.entries()) this.#frames.set(index + offset, frame);
  }
}

/** Reads float32 [frames][train, evaluate][places][x, y]. */
export function decodeFrames(
  bytes: Uint8Array,
  labels: readonly number[],
  classes: number,
): Frame[] {
  const values = new Float32Array(bytes.slice().buffer);
  const count = labels.length;
  const cloud = (place: number): Cloud => ({
    features: values.subarray(2 * count * place, 2 * count * (place + 1)),
    dimensions: 2,
    count,
    labels,
    classes,
  });
  const frames = Math.floor(values.length / (4 * count));
  return Array.from({ length: frames }, (_, frame) => ({
    train: cloud(2 * frame),
    evaluate: cloud(2 * frame + 1),
  }));
}
