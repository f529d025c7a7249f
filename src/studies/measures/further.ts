import { shareDeviation } from '../../statistics/estimate.ts';
import { type MeasureDefinition, percent } from './definition.ts';

/** Measures of features of any dimension, beyond the paper's, in the order of the tables. */
export const furtherMeasures = {
  neighbourError: {
    title: 'Error of nearest neighbours',
    short: 'Neighbours',
    meaning:
      'Share of test images given the wrong class by a vote of the five nearest of up to 10,000 ' +
      'training samples, in evaluate mode: what the features are worth without the head.',
    unit: percent,
    digits: 2,
    resolution: 0,
    read: ({ representation }) => representation?.neighbourError ?? null,
    samplingDeviation: ({ representation, testCount }) =>
      shareDeviation(representation?.neighbourError ?? 0, testCount),
  },
  scatterRatio: {
    title: 'Within / between scatter',
    short: 'Scatter',
    meaning:
      'Mean squared distance of training samples to their class centre over that of the centres ' +
      'to the mean of all samples, in evaluate mode: 0 where each class is a point.',
    unit: '',
    digits: 4,
    resolution: 0,
    read: ({ representation }) => representation?.scatter.ratio ?? null,
  },
  variability: {
    title: 'NC1, variability within classes',
    short: 'NC1',
    meaning:
      'Neural collapse, tr(Σ_W Σ_B⁺) / K of the same samples. This and the next five measures ' +
      'fall to 0 as a representation collapses (Papyan, Han and Donoho, 2020).',
    unit: '',
    digits: 4,
    resolution: 0,
    read: ({ representation }) => representation?.neuralCollapse.variability ?? null,
  },
  norms: {
    title: 'NC2, norms of centres',
    short: 'NC2 norms',
    meaning:
      'Deviation over mean of the distances of the class centres to the mean of all samples.',
    unit: '',
    digits: 3,
    resolution: 0,
    read: ({ representation }) => representation?.neuralCollapse.norms ?? null,
  },
  angles: {
    title: 'NC2, equal angles',
    short: 'NC2 equal',
    meaning: 'Deviation of the cosines between the class centres, over all pairs.',
    unit: '',
    digits: 3,
    resolution: 0,
    read: ({ representation }) => representation?.neuralCollapse.angles ?? null,
  },
  simplex: {
    title: 'NC2, widest angles',
    short: 'NC2 widest',
    meaning:
      'Mean distance of those cosines from −1 / (K − 1), the cosines of a simplex; fewer than ' +
      'K − 1 features have no room for one.',
    unit: '',
    digits: 3,
    resolution: 0,
    read: ({ representation }) => representation?.neuralCollapse.simplex ?? null,
  },
  duality: {
    title: 'NC3, centres and class vectors',
    short: 'NC3',
    meaning:
      "Squared distance between the class centres and the head's class vectors, each scaled to " +
      'length 1 as a whole.',
    unit: '',
    digits: 3,
    resolution: 0,
    read: ({ representation }) => representation?.neuralCollapse.duality ?? null,
  },
  nearestCentre: {
    title: 'NC4, nearest centre decides otherwise',
    short: 'NC4',
    meaning: 'Share of training samples that the nearest class centre gives another class.',
    unit: percent,
    digits: 2,
    resolution: 0,
    read: ({ representation }) => representation?.neuralCollapse.nearestCentre ?? null,
  },
  alignment: {
    title: 'Alignment',
    short: 'Alignment',
    meaning:
      'Mean squared distance between test samples of a class on the unit sphere, in evaluate ' +
      'mode: 0 where a class is one direction (Wang and Isola, 2020).',
    unit: '',
    digits: 4,
    resolution: 0,
    read: ({ representation }) => representation?.alignment ?? null,
  },
  uniformity: {
    title: 'Uniformity',
    short: 'Uniformity',
    meaning:
      'Logarithm of the mean Gaussian potential between test samples on the unit sphere: the ' +
      'lower, the more evenly they spread over it.',
    unit: '',
    digits: 3,
    resolution: 0,
    read: ({ representation }) => representation?.uniformity ?? null,
  },
} satisfies Record<string, MeasureDefinition>;
