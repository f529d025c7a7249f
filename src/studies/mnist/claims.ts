import type { Claim } from '../claims.ts';

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
    comparisons: [
      { measure: 'angleDeviation', of: preAct, relation: 'below', than: symmetricAngles },
    ],
  },
  {
    id: 'shaking-degrades-separability',
    where: 'Fig. 3 (a, e) against (b, f)',
    statement: 'Shaking severely degrades how well PreAct separates the classes.',
    comparisons: [
      { measure: 'margin', of: preActShaken, relation: 'below', than: preAct },
      { measure: 'testMargin', of: preActShaken, relation: 'below', than: preAct },
    ],
  },
  {
    id: 'shaking-disturbs-symmetry',
    where: 'Fig. 3 (b, f)',
    statement:
      'Without batch normalisation directly before it, shaking disturbs the symmetry of the classes.',
    comparisons: [{ measure: 'angleDeviation', of: preActShaken, relation: 'above', than: preAct }],
  },
  {
    id: 'classes-expand-into-neighbours',
    where: 'Fig. 3 (b, f)',
    statement:
      'In PreAct, shaking spreads each class around its centre, and with nothing to keep the ' +
      'classes dispersed they spread into one another.',
    comparisons: [
      { measure: 'coverage', of: preActShaken, relation: 'above', than: 1 },
      { measure: 'margin', of: preActShaken, relation: 'below', than: 0 },
    ],
  },
  {
    id: 'shaken-preact-inferior',
    where: 'Section 3.1',
    statement: 'PreAct with shaking performs much worse than PreAct without.',
    comparisons: [
      { measure: 'testError', of: preActShaken, relation: 'above', than: preAct, times: 3 },
    ],
  },
  {
    id: 'preactbn-symmetric',
    where: 'Fig. 3 (c)',
    statement: 'Without shaking, PreActBN too keeps the classes symmetric.',
    comparisons: [
      { measure: 'angleDeviation', of: preActBn, relation: 'below', than: symmetricAngles },
    ],
  },
  {
    id: 'preactbn-more-margin',
    where: 'Fig. 3 (a) against (c)',
    statement:
      'Without shaking, PreActBN leaves more margin between neighbouring classes than PreAct.',
    comparisons: [{ measure: 'margin', of: preActBn, relation: 'above', than: preAct }],
  },
  {
    id: 'preactbn-better',
    where: 'Section 3.1',
    statement: 'Without shaking, PreActBN performs better than PreAct.',
    comparisons: [{ measure: 'testError', of: preActBn, relation: 'below', than: preAct }],
  },
  {
    id: 'shaking-no-larger-margin',
    where: 'Fig. 3 (c) against (d)',
    statement: 'Shaking gives PreActBN no larger margin than it has without.',
    comparisons: [{ measure: 'margin', of: preActBnShaken, relation: 'not above', than: preActBn }],
  },
  {
    id: 'classes-adjacent',
    where: 'Fig. 3 (d)',
    statement:
      'In PreActBN, shaking spreads each class until the classes lie side by side with little or ' +
      'no margin.',
    comparisons: [
      { measure: 'coverage', of: preActBnShaken, relation: 'above', than: 1 },
      { measure: 'margin', of: preActBnShaken, relation: 'below', than: 0.1 },
    ],
  },
  {
    id: 'normalisation-keeps-symmetry',
    where: 'Fig. 3 (d, h)',
    statement:
      'Under shaking, batch normalisation directly before it keeps the classes more symmetric, ' +
      'even if some are tilted.',
    comparisons: [
      { measure: 'angleDeviation', of: preActBnShaken, relation: 'below', than: preActShaken },
    ],
  },
  {
    id: 'test-samples-compact',
    where: 'Fig. 3 (h)',
    statement: 'With shaking, the test samples of each class of PreActBN lie more compactly.',
    comparisons: [
      { measure: 'testWithin', of: preActBnShaken, relation: 'above', than: preActBn },
      { measure: 'testWithin', of: preActBnShaken, relation: 'above', than: preAct },
    ],
  },
  {
    id: 'test-samples-near-centre',
    where: 'Section 3.1',
    statement:
      'In PreActBN with shaking, most test samples lie close to the centre of their class.',
    comparisons: [{ measure: 'testWithin', of: preActBnShaken, relation: 'above', than: 50 }],
  },
  {
    id: 'shaken-preactbn-best',
    where: 'Section 3.1',
    statement: 'PreActBN with shaking performs best of the four.',
    comparisons: [
      { measure: 'testError', of: preActBnShaken, relation: 'below', than: preAct },
      { measure: 'testError', of: preActBnShaken, relation: 'below', than: preActShaken },
      { measure: 'testError', of: preActBnShaken, relation: 'below', than: preActBn },
    ],
  },
  {
    id: 'shaking-expands-coverage',
    where: 'Fig. 4',
    statement: 'Shaking expands the area that the training samples cover.',
    comparisons: [
      { measure: 'coverage', of: preActBnShaken, relation: 'above', than: 1 },
      { measure: 'coverage', of: preActBnShaken, relation: 'above', than: preActBn },
    ],
  },
  {
    id: 'shaking-concentrates',
    where: 'Fig. 5',
    statement: 'With shaking, most training samples are concentrated around their class centre.',
    comparisons: [
      { measure: 'within', of: preActShaken, relation: 'above', than: preAct },
      { measure: 'within', of: preActBnShaken, relation: 'above', than: preActBn },
    ],
  },
  {
    id: 'almost-all-within',
    where: 'Fig. 5',
    statement:
      'In PreActBN with shaking, almost all training samples lie within 0.3 of the largest distance.',
    comparisons: [{ measure: 'within', of: preActBnShaken, relation: 'above', than: 95 }],
  },
];
