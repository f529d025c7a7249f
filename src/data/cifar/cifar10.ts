import { cifar } from './cifar.ts';

/** CIFAR-10: 32×32 colour photographs of ten kinds of things. */
export const cifar10 = cifar({
  name: 'cifar10',
  title: 'CIFAR-10',
  archive: {
    name: 'cifar-10-binary',
    bytes: 170_052_171,
    md5: 'c32a1d4ab5d03f1284b67883e8d87530',
  },
  inner: 'cifar-10-batches-bin',
  files: {
    train: [1, 2, 3, 4, 5].map((batch) => `data_batch_${batch}.bin`),
    test: ['test_batch.bin'],
  },
  images: { train: 50_000, test: 10_000 },
  labels: [10],
  classNames: [
    ...['airplane', 'automobile', 'bird', 'cat', 'deer'],
    ...['dog', 'frog', 'horse', 'ship', 'truck'],
  ],
  mean: [125.3, 123.0, 113.9],
  std: [63.0, 62.1, 66.7],
});
