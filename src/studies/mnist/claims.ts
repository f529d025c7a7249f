import { type Claim, compare } from '../claims.ts';

const preAct = 'preact.even';
const preActShaken = 'preact.shake-shake';
const preActBn = 'preact-bn.even';
const preActBnShaken = 'preact-bn.shake-shake';

/** Half of the 36° that ten evenly placed classes have between neighbours. */
const symmetricAngles = 18;

/** What section 3.1 of the paper says about MNIST, in our words and in its order. */
export const mnistClaims: Claim[] = [
  {
    id: 'baseline-symmetric',
    where: 'Fig. 3 (a, e)',
    statement: 'Without shaking, PreAct arranges its classes symmetrically.',
    comparisons: [compare('angleDeviation', preAct, 'below', symmetricAngles)],
  },
  {
    id: 'shaking-degrades-separability',
    where: 'Fig. 3 (a, e) against (b, f)',
    statement: 'Shaking severely degrades how well PreAct separates the classes.',
    comparisons: [
      compare('margin', preActShaken, 'below', preAct),
      compare('testMargin', preActShaken, 'below', preAct),
    ],
  },
  {
    id: 'shaking-disturbs-symmetry',
    where: 'Fig. 3 (b, f)',
    statement:
      'Without batch normalisation directly before it, shaking disturbs the symmetry of the classes.',
    comparisons: [compare('angleDeviation', preActShaken, 'above', preAct)],
  },
  {
    id: 'classes-expand-into-neighbours',
    where: 'Fig. 3 (b, f)',
    statement:
      'In PreAct, shaking spreads each class around its centre, and with nothing to keep the ' +
      'classes dispersed they spread into one another.',
    comparisons: [
      compare('coverage', preActShaken, 'above', 1),
      compare('margin', preActShaken, 'below', 0),
    ],
  },
  {
    id: 'shaken-preact-inferior',
    where: 'Section 3.1',
    statement: 'PreAct with shaking performs much worse than PreAct without.',
    comparisons: [compare('testError', preActShaken, 'above', preAct, 3)],
  },
  {
    id: 'preactbn-symmetric',
    where: 'Fig. 3 (c)',
    statement: 'Without shaking, PreActBN too keeps the classes symmetric.',
    comparisons: [compare('angleDeviation', preActBn, 'below', symmetricAngles)],
  },
  {
    id: 'preactbn-more-margin',
    where: 'Fig. 3 (a) against (c)',
    statement:
      'Without shaking, PreActBN leaves more margin between neighbouring classes than PreAct.',
    comparisons: [compare('margin', preActBn, 'above', preAct)],
  },
  {
    id: 'preactbn-better',
    where: 'Section 3.1',
    statement: 'Without shaking, PreActBN performs better than PreAct.',
    comparisons: [compare('testError', preActBn, 'below', preAct)],
  },
  {
    id: 'shaking-no-larger-margin',
    where: 'Fig. 3 (c) against (d)',
    statement: 'Shaking gives PreActBN no larger margin than it has without.',
    comparisons: [compare('margin', preActBnShaken, 'not above', preActBn)],
  },
  {
    id: 'classes-adjacent',
    where: 'Fig. 3 (d)',
    statement:
      'In PreActBN, shaking spreads each class until the classes lie side by side with little or ' +
      'no margin.',
    comparisons: [
      compare('coverage', preActBnShaken, 'above', 1),
      compare('margin', preActBnShaken, 'below', 0.1),
    ],
  },
  {
    id: 'normalisation-keeps-symmetry',
    where: 'Fig. 3 (d, h)',
    statement:
      'Under shaking, batch normalisation directly before it keeps the classes more symmetric, ' +
      'even if some are tilted.',
    comparisons: [compare('angleDeviation', preActBnShaken, 'below', preActShaken)],
  },
  {
    id: 'test-samples-compact',
    where: 'Fig. 3 (h)',
    statement: 'With shaking, the test samples of each class of PreActBN lie more compactly.',
    comparisons: [
      compare('testWithin', preActBnShaken, 'above', preActBn),
      compare('testWithin', preActBnShaken, 'above', preAct),
    ],
  },
  {
    id: 'test-samples-near-centre',
    where: 'Section 3.1',
    statement:
      'In PreActBN with shaking, most test samples lie close to the centre of their class.',
    comparisons: [compare('testWithin', preActBnShaken, 'above', 50)],
  },
  {
    id: 'shaken-preactbn-best',
    where: 'Section 3.1',
    statement: 'PreActBN with shaking performs best of the four.',
    comparisons: [
      compare('testError', preActBnShaken, 'below', preAct),
      compare('testError', preActBnShaken, 'below', preActShaken),
      compare('testError', preActBnShaken, 'below', preActBn),
    ],
  },
  {
    id: 'shaking-expands-coverage',
    where: 'Fig. 4',
    statement: 'Shaking expands the area that the training samples cover.',
    comparisons: [
      compare('coverage', preActBnShaken, 'above', 1),
      compare('coverage', preActBnShaken, 'above', preActBn),
    ],
  },
  {
    id: 'shaking-concentrates',
    where: 'Fig. 5',
    statement: 'With shaking, most training samples are concentrated around their class centre.',
    comparisons: [
      compare('within', preActShaken, 'above', preAct),
      compare('within', preActBnShaken, 'above', preActBn),
    ],
  },
  {
    id: 'almost-all-within',
    where: 'Fig. 5',
    statement:
      'In PreActBN with shaking, almost all training samples lie within 0.3 of the largest distance.',
    comparisons: [compare('within', preActBnShaken, 'above', 95)],
  },
];
