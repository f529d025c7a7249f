import { type Claim, type Comparison, compare } from '../claims.ts';

const preActBn = 'preact-bn.shake-shake';
const bnShake = 'bn-shake.shake-shake';
const preAct = 'preact.shake-shake';
const reluPreAct = 'relu-preact.shake-shake';
const preActBnUnshaken = 'preact-bn.even';

/** The paper's baseline of all: Gastaldi's ResNeXt without shaking. */
const baseline = 'relu-preact.even';

/** What section 3.2 of the paper says about CIFAR-10, in our words and in its order. */
export const cifar10Claims: Claim[] = [
  {
    id: 'preactbn-like-relu-preact',
    where: 'Table 1: 2.95 % and 2.98 %',
    statement:
      'With shaking, PreActBN is on a par with ReLU-PreAct; both normalise directly before the mix.',
    comparisons: [
      testError(preActBn, 'not above', reluPreAct),
      testError(reluPreAct, 'not above', preActBn),
    ],
  },
  {
    id: 'shaking-improves-preactbn',
    where: 'Table 1: 2.95 % and 3.76 %',
    statement: 'Shaking improves a net whose blocks normalise directly before the mix.',
    comparisons: [testError(preActBn, 'below', preActBnUnshaken)],
  },
  {
    id: 'shaken-preact-below-baseline',
    where: 'Table 1: 6.92 % and 3.76 %',
    statement: 'PreAct with shaking is much worse than the baseline without shaking.',
    comparisons: [testError(preAct, 'above', baseline)],
  },
  {
    id: 'shaken-preact-worst',
    where: 'Table 1: 6.92 %',
    statement: 'PreAct with shaking is worse than every other model of the table.',
    comparisons: [
      testError(preAct, 'above', preActBn),
      testError(preAct, 'above', bnShake),
      testError(preAct, 'above', preActBnUnshaken),
    ],
  },
  {
    id: 'one-normalisation-beats-two',
    where: 'Table 1: 3.65 % and 6.92 %',
    statement:
      'With shaking, the one batch normalisation of BN-Shake, directly before the mix, is worth more ' +
      'than the two of PreAct, which stand further off.',
    comparisons: [testError(bnShake, 'below', preAct)],
  },
  {
    id: 'bn-shake-beats-baseline',
    where: 'Table 1: 3.65 % and 3.76 %',
    statement: 'BN-Shake with shaking outperforms the baseline without shaking.',
    comparisons: [testError(bnShake, 'below', baseline)],
  },
  {
    id: 'other-normalisations-auxiliary',
    where: 'Table 1: 2.95 % and 3.65 %',
    statement:
      'With shaking, the two further batch normalisations of PreActBN help once there is one ' +
      'directly before the mix.',
    comparisons: [testError(preActBn, 'below', bnShake)],
  },
];

function testError(of: string, relation: Comparison['relation'], than: string): Comparison {
  return compare('testError', of, relation, than);
}
