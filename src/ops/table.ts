import { type BatchNormOp, batchNorm } from './batchNorm.ts';
import { type ConvOp, conv } from './conv.ts';
import { type DropoutOp, dropout } from './dropout.ts';
import { type GlobalPoolOp, globalPool } from './globalPool.ts';
import { type LoadOp, load } from './load.ts';
import { type MixOp, mix } from './mix.ts';
import { type ReluOp, relu } from './relu.ts';
import type { OpRule } from './rule.ts';
import { type SubsampleOp, subsample } from './subsample.ts';

/** Every op a graph is made of. */
export type Op =
  | LoadOp
  | ConvOp
  | BatchNormOp
  | ReluOp
  | DropoutOp
  | SubsampleOp
  | MixOp
  | GlobalPoolOp;

type OpOf<K extends Op['kind']> = Extract<Op, { kind: K }>;

/** One rule a kind: a new op does not compile until it has all of them. */
const rules: { [K in Op['kind']]: OpRule<OpOf<K>> } = {
  load,
  conv,
  batchNorm,
  relu,
  dropout,
  subsample,
  mix,
  globalPool,
};

/** The rule of an op's kind. */
export const ruleOf = <O extends Op>(op: O): OpRule<O> => rules[op.kind] as unknown as OpRule<O>;
