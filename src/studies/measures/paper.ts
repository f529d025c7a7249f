import { coverage } from '../../analysis/coverage.ts';
import { dispersion } from '../../analysis/dispersion.ts';
import { margin } from '../../analysis/margin.ts';
import { shareDeviation } from '../../statistics/estimate.ts';
import { type MeasureDefinition, percent } from './definition.ts';
import type { SharedFindings } from './shared.ts';

/** The paper's measures, of errors and of embeddings in the plane, in the order of the tables. */
export const paperMeasures = {
  testError: {
    title: 'Test error',
    short: 'Test error',
    meaning: 'Share of test images given the wrong class by the trained net, in evaluate mode.',
    unit: percent,
    digits: 2,
    resolution: 0,
    better: 'lower',
    read: (run) => run.testError,
    samplingDeviation: (run) => shareDeviation(run.testError, run.testCount),
  },
  trainError: {
    title: 'Training error',
    short: 'Train error',
    meaning:
      "Share of training images given the wrong class during the net's last epoch, as they were " +
      'trained on: in train mode, with shaking where the model shakes.',
    unit: percent,
    digits: 2,
    resolution: 0,
    read: (run) => run.trainError ?? null,
    samplingDeviation: (run) => shareDeviation(run.trainError, run.trainCount),
  },
  within: {
    title: 'Training samples within 0.3',
    short: 'Within 0.3',
    meaning:
      'Share of training samples that lie, in evaluate mode, within 0.3 of the largest distance ' +
      'from their class centre that train mode reaches; mean over classes (Fig. 5 at 0.3).',
    unit: percent,
    digits: 1,
    resolution: 1,
    read: (run) => withinAt(run.compactness, 0.3),
  },
  testWithin: {
    title: 'Test samples within 0.3',
    short: 'Test within 0.3',
    meaning:
      'The same for test samples, around the centres of the test samples and measured by the ' +
      "training samples' largest distances.",
    unit: percent,
    digits: 1,
    resolution: 1,
    read: (run) => withinAt(run.testCompactness, 0.3),
  },
  coverage: {
    title: 'Coverage',
    short: 'Coverage',
    meaning:
      'Area that a class of training samples covers in train mode over the area in evaluate ' +
      'mode: hulls of the 95\u202f% nearest the centre, geometric mean over classes. Above 1, train ' +
      'mode spreads the samples.',
    unit: '',
    digits: 2,
    resolution: 0.05,
    compute: ({ trainMode, evaluateMode }) => coverage(trainMode, evaluateMode).mean,
  },
  margin: {
    title: 'Training margin',
    short: 'Margin',
    meaning:
      'Gap between a class and the class that comes closest, over the span of the two; ' +
      'each border leaves out the outermost 5\u202f% of samples. Training samples in train mode, mean ' +
      'over classes. At 0 classes touch; below, they overlap.',
    unit: '',
    digits: 2,
    resolution: 0.02,
    compute: ({ trainMode }) => margin(trainMode).mean,
  },
  testMargin: {
    title: 'Test margin',
    short: 'Test margin',
    meaning: 'The same for test samples in evaluate mode.',
    unit: '',
    digits: 2,
    resolution: 0.02,
    compute: ({ test }) => margin(test).mean,
  },
  angleDeviation: {
    title: 'Angle deviation',
    short: 'Angle deviation',
    meaning:
      'Deviation of the angles between neighbouring class centres of the training samples in ' +
      'train mode, seen from the mean of the centres. 0 is a symmetric arrangement.',
    unit: '°',
    digits: 1,
    resolution: 1,
    compute: ({ trainMode }) => dispersion(trainMode).deviation,
  },
  angleMinimum: {
    title: 'Smallest angle',
    short: 'Smallest angle',
    meaning: 'The smallest of those angles: how well the worst separated neighbours are dispersed.',
    unit: '°',
    digits: 1,
    resolution: 1,
    compute: ({ trainMode }) => dispersion(trainMode).minimum,
  },
  isotropy: {
    title: 'Isotropy',
    short: 'Isotropy',
    meaning:
      'Smallest over largest eigenvalue of the scatter of those centres: 1 where they spread ' +
      'alike in all directions, 0 where they lie on a line.',
    unit: '',
    digits: 2,
    resolution: 0.02,
    compute: ({ trainMode }) => dispersion(trainMode).isotropy,
  },
} satisfies Record<string, MeasureDefinition>;

function withinAt(curve: SharedFindings['compactness'] | undefined, at: number): number | null {
  const place = curve?.radius.findIndex((value) => Math.abs(value - at) < 1e-9) ?? -1;
  return curve?.within[place] ?? null;
}
