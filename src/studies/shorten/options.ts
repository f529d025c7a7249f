import {
  configFile,
  configOptions,
  count,
  dataFolder,
  keysBut,
  outOption,
  type StudyHooks,
  text,
  type ValuesOf,
  workOptions,
} from '../options.ts';

/** Settings of the plain recipe: those that the study does not decide. */
export const commonKeys = keysBut(['fold', 'seed', 'evaluateEvery', 'patience'] as const);

/** What stands where an option is left out. */
export const standards = {
  changes:
    'mixing=shake-shake:ramp=0.3; warm-up=0.05; ema=0.99; swa=constant; ' +
    'head=softmax:smoothing=0.1; decay-epochs=1800; cutout=8; ricap=0.3',
  /** Of images that may be mirrored, these besides. */
  mirroring: 'augment=shift+flip:turns=alternate; test-mirror=horizontal',
  trials: 2,
  seeds: 5,
  validation: '0.1',
  out: 'runs/study-shorten',
};

export const shortenOptions = {
  changes: text(
    'changes',
    'settings',
    'changes to the plain recipe, a setting each',
    'eight of them',
  ),
  trials: count('trials', 'count', 'seeds of every recipe that is tried, at first', 2, '2'),
  seeds: count('seeds', 'count', 'fresh seeds that confirm the winner', 5, '5'),
  dataFolder,
  ...configOptions(commonKeys, standards),
  configFile,
  out: outOption(standards.out),
  ...workOptions,
};

/**
 * `changes` is a text with semicolons between settings by their flags: `ema=0.99; warm-up=0.05`. Left out, those of the
 * command's help hold; all others are those of a run.
 */
export type ShortenStudyOptions = ValuesOf<typeof shortenOptions> & StudyHooks;
