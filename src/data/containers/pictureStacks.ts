import type { DecodedFile } from '../folder/decoded.ts';
import { refuseOtherForms, stackImages } from '../folder/stack.ts';
import type { ImageChannels } from '../imageForm.ts';
import type { SplitName } from './contents.ts';

/** The pictures of one split so far: the first `count` of those that there is room for. */
interface Growing {
  images: Uint8Array;
  count: number;
}

/**
 * Pictures [count][channels][height][width], a stack a split, put in place as they come, so that none
 * is held twice where their number is known before. All are grey until one has colours.
 */
export class PictureStacks {
  private readonly asked: ImageChannels;
  private readonly splits = new Map<SplitName | null, Growing>();
  private first: DecodedFile | null = null;
  private channels = 0;

  constructor(asked: ImageChannels) {
    this.asked = asked;
  }

  /**
   * Adds a few pictures to a split.
   *
   * @param expected pictures that the split will have, or null
   * @throws RequestError where they are of another form than the first
   */
  add(files: readonly DecodedFile[], split: SplitName | null, expected: number | null): void {
    this.first ??= files[0];
    refuseOtherForms([this.first, ...files], this.asked);
    const { images, channels } = stackImages(files, this.asked);
    if (channels > this.channels) this.widen(channels);
    const own = this.splits.get(split) ?? { images: new Uint8Array(0), count: 0 };
    this.splits.set(split, own);
    this.reserve(own, own.count + files.length, expected);
    const place = own.images.subarray(own.count * this.size);
    if (channels === this.channels) place.set(images);
    else spread(images, place, this.plane, this.channels);
    own.count += files.length;
  }

  /** What there is of every split, in the order in which they were met. */
  finish() {
    const { height, width } = this.first!;
    const stacks = Array.from(this.splits, ([split, { images, count }]) => ({
      split,
      images: images.subarray(0, count * this.size),
    }));
    return { form: { height, width, channels: this.channels }, stacks };
  }

  private get plane(): number {
    return this.first!.height * this.first!.width;
  }

  private get size(): number {
    return this.plane * this.channels;
  }

  private reserve(own: Growing, count: number, expected: number | null): void {
    if (count * this.size <= own.images.length) return;
    const images = new Uint8Array(Math.max(expected ?? 0, count, 2 * own.count) * this.size);
    images.set(own.images.subarray(0, own.count * this.size));
    own.images = images;
  }

  /** Makes room for colours; grey has all of them alike. */
  private widen(channels: number): void {
    const before = this.channels;
    this.channels = channels;
    for (const own of this.splits.values()) {
      const { images, count } = own;
      own.images = new Uint8Array((images.length / before) * channels);
      spread(images.subarray(0, count * this.plane), own.images, this.plane, channels);
    }
  }
}

/** Writes planes of grey so many times each. */
function spread(planes: Uint8Array, to: Uint8Array, size: number, channels: number): void {
  for (let at = 0; at < planes.length; at += size) {
    const plane = planes.subarray(at, at + size);
    for (let channel = 0; channel < channels; channel++) {
      to.set(plane, at * channels + channel * size);
    }
  }
}
