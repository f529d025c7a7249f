import type { Dataset, Split } from '../data/dataset.ts';
import { drawnByCode } from '../data/kinds.ts';
import type { ImageShape } from '../nets/networks.ts';
import { randomStream } from '../random/index.ts';

const classes = 10;

/** Images of random bytes with random labels: their time is any images' time. */
export function randomDataset(shape: ImageShape, trainSize: number, testSize: number): Dataset {
  return {
    name: 'digits',
    title: 'random bytes',
    source: drawnByCode,
    channels: shape.channels,
    height: shape.height,
    width: shape.width,
    augmentation: 'none',
    classNames: Array.from({ length: classes }, (_, label) => String(label)),
    mean: Array(shape.channels).fill(127.5),
    std: Array(shape.channels).fill(73.9),
    train: randomSplit(shape, trainSize, 'train'),
    test: randomSplit(shape, testSize, 'test'),
  };
}

function randomSplit({ channels, height, width }: ImageShape, count: number, name: string): Split {
  const stream = randomStream(1, `bench.${name}`);
  const words = new Uint32Array(Math.ceil((count * channels * height * width) / 4));
  for (let i = 0; i < words.length; i++) words[i] = stream.uint32();
  const images = new Uint8Array(words.buffer, 0, count * channels * height * width);
  const labels = Uint16Array.from({ length: count }, () => stream.integer(classes));
  return { count, images, labels };
}
