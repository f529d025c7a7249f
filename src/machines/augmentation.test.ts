import { expect, test } from 'vitest';
import { assertClose } from '../../testkit/assertClose.ts';
import { type Planned, planned } from '../../testkit/programs.ts';
import { augmentationSize, drawAugmentations } from '../data/augmentation.ts';
import { drawCutouts } from '../data/cutout.ts';
import { drawMixup } from '../data/mixup.ts';
import { block } from '../program/slots.ts';
import { randomStream } from '../random/index.ts';
import type { Machine } from './machine.ts';
import { nativeMachine } from './native/native.ts';
import { referenceMachine } from './reference/reference.ts';

const batch = 32;
const count = 50;
const shapes: Planned[] = [
  { channels: 3, size: 9 },
  { channels: 1, size: 8 },
  { channels: 2, size: 13 },
].map((shape) => ({ ...shape, layout: 'bn conv', net: 'resnext-8-1x2d', batch }));

test.each(shapes)(
  'load on the native machine is the reference, cropped, mirrored, cut out and mixed: $channels×$size×$size',
  async (shape) => {
    const expected = await loaded(referenceMachine, shape, true);
    const found = await loaded(nativeMachine, shape, true, 1);
    assertClose(found, expected, { absolute: 1e-6, relative: 1e-6 });
    expect(await loaded(referenceMachine, shape, false)).not.toEqual(expected);
  },
);

test('any number of threads loads the same bits', async () => {
  const one = await loaded(nativeMachine, shapes[0], true, 1);
  for (const threads of [2, 5]) {
    expect(await loaded(nativeMachine, shapes[0], true, threads)).toEqual(one);
  }
});

test('zeros load the images as they are', async () => {
  const found = await loaded(nativeMachine, shapes[0], false, 2);
  assertClose(found, await loaded(referenceMachine, shapes[0], false), {
    absolute: 1e-6,
    relative: 1e-6,
  });
});

/** Every way of varying an image at once, and the partners' share. */
function draw(indices: Int32Array, size: number): [Int32Array, number] {
  const out = new Int32Array(batch * augmentationSize);
  drawAugmentations({ seed: 5, epoch: 1 }, indices, out);
  drawCutouts({ seed: 5, epoch: 1, side: 3 }, { height: size, width: size }, indices, out);
  return [out, drawMixup({ seed: 5, step: 1, alpha: 1 }, batch, out)];
}

/** What `load` leaves of random images, gathered in a mixed order: [batch][C][H][W]. */
async function loaded(
  machine: Machine,
  shape: Planned,
  varied: boolean,
  threads?: number,
): Promise<Float32Array> {
  const program = planned(shape);
  const execution = machine.open(program, { threads });
  const { channels = 1, size = 1 } = shape;
  const affine = Float32Array.from({ length: 2 * channels }, (_, i) => (i + 1) / (7 * channels));
  execution.write(program.affine, affine);
  const bytes = randomStream(3, 'test/images');
  const images = Uint8Array.from({ length: count * channels * size ** 2 }, () =>
    bytes.integer(256),
  );
  execution.setImages(images);
  const indices = Int32Array.from({ length: batch }, (_, i) => (i * 17) % count);
  const plain = [new Int32Array(batch * augmentationSize), 0] as const;
  const [augmentations, partnerShare] = varied ? draw(indices, size) : plain;
  execution.choose(indices, augmentations);
  execution.setHyper({ partnerShare });
  await execution.run('forward', batch);
  const load = program.sections.forward.find((instruction) => instruction.opcode === 'load')!;
  const values = new Float32Array(load.to.slot.size);
  await execution.read(load.to.slot, values);
  execution.close();
  return machine === nativeMachine ? samplesApart(values, channels, size ** 2) : values;
}

/** From the native machine's [N/16][H·W][C][16] to [N][C][H·W]. */
const samplesApart = (values: Float32Array, channels: number, pixels: number): Float32Array =>
  values.map((_, i) => {
    const [pixel, c] = [i % pixels, Math.floor(i / pixels) % channels];
    const sample = Math.floor(i / pixels / channels);
    const first = (Math.floor(sample / block) * pixels + pixel) * channels + c;
    return values[first * block + (sample % block)];
  });
