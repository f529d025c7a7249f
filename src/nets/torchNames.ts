import type { ParameterSpec } from './parameters.ts';

/**
 * The names that torchvision's ResNets made usual, by pattern: `conv1`, `layer2.0.…`, `downsample`,
 * `fc`, `running_mean`. A branch's steps keep their places: `layer1.0.branches.1.weight`.
 */
const rules: [RegExp, (...parts: string[]) => string][] = [
  [/^stem\.conv\./, () => 'conv1.'],
  [/^stem\.bn\./, () => 'bn1.'],
  [/^end\.bn\./, () => 'bn2.'],
  [/^stage(\d+)\.block(\d+)\./, (_, stage, block) => `layer${stage}.${Number(block) - 1}.`],
  [/\.skip\./, () => '.downsample.'],
  [/^head\./, () => 'fc.'],
  [/\.runningMean$/, () => '.running_mean'],
  [/\.runningVariance$/, () => '.running_var'],
  [/\.classMeans$/, () => '.class_means'],
  [/\.classSeen$/, () => '.class_seen'],
];

/** A tensor's name in a PyTorch state dict. */
export const torchName = (name: ParameterSpec['name']): string =>
  rules.reduce((text, [pattern, replace]) => text.replace(pattern, replace), name);
