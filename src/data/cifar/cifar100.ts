import { cifar } from './cifar.ts';

/** The fine labels, in the order of their numbers. */
const classNames = `
  apple aquarium_fish baby bear beaver bed bee beetle bicycle bottle
  bowl boy bridge bus butterfly camel can castle caterpillar cattle
  chair chimpanzee clock cloud cockroach couch crab crocodile cup dinosaur
  dolphin elephant flatfish forest fox girl hamster house kangaroo keyboard
  lamp lawn_mower leopard lion lizard lobster man maple_tree motorcycle mountain
  mouse mushroom oak_tree orange orchid otter palm_tree pear pickup_truck pine_tree
  plain plate poppy porcupine possum rabbit raccoon ray road rocket
  rose sea seal shark shrew skunk skyscraper snail snake spider
  squirrel streetcar sunflower sweet_pepper table tank telephone television tiger tractor
  train trout tulip turtle wardrobe whale willow_tree wolf woman worm
`;

/** CIFAR-100: as CIFAR-10, with a hundred classes; the twenty coarse ones are not used. */
export const cifar100 = cifar({
  name: 'cifar100',
  title: 'CIFAR-100',
  archive: {
    name: 'cifar-100-binary',
    bytes: 168_513_733,
    md5: '03b5dce01913d631647c71ecec9e9cb8',
  },
  inner: 'cifar-100-binary',
  files: { train: ['train.bin'], test: ['test.bin'] },
  images: { train: 50_000, test: 10_000 },
  labels: [20, 100],
  classNames: classNames
    .trim()
    .split(/\s+/)
    .map((name) => name.replace('_', ' ')),
  mean: [129.3, 124.1, 112.4],
  std: [68.2, 65.4, 70.4],
});
