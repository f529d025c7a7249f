import { RequestError } from '../errors.ts';
import { limits, pointerTo, shown } from '../limits.ts';

/** A step of a residual branch. */
export type Step =
  | { kind: 'bn' }
  | { kind: 'relu' }
  /** `conv` is 3×3, `conv1` 1×1. */
  | { kind: 'conv'; kernel: 1 | 3 }
  /** Drops a value with probability `rate` while training (Srivastava et al. 2014). */
  | { kind: 'dropout'; rate: number };

/** The order of the steps in a residual block (paper, Fig. 2). */
export interface Layout {
  /** A name of `namedLayouts` where one fits, else its steps as a string. */
  name: string;
  /** The steps of every branch, in order, before the mix. */
  branch: Step[];
  /** The steps after the addition of the skip path; only He's post-activation has one. */
  after: 'relu'[];
}

/** What Wide ResNets drop on CIFAR (Zagoruyko & Komodakis 2016, section 3). */
const usualRate = 0.3;

/**
 * The layouts that the paper and its sources name, and the same with bottlenecks: a 3×3 convolution
 * between two of 1×1 (He et al. 2015; `bottleneck-postact` is the ResNeXt block of Xie et al. 2016,
 * Fig. 3c). `preact-dropout` is the block of Wide ResNets (Zagoruyko & Komodakis 2016, Fig. 1d).
 */
export const namedLayouts: Record<string, string> = {
  postact: 'conv bn relu conv bn + relu',
  'relu-preact': 'relu conv bn relu conv bn',
  preact: 'bn relu conv bn relu conv',
  'preact-bn': 'bn relu conv bn relu conv bn',
  'bn-shake': 'relu conv relu conv bn',
  'preact-dropout': `bn relu conv bn relu dropout=${usualRate} conv`,
  'bottleneck-postact': 'conv1 bn relu conv bn relu conv1 bn + relu',
  'bottleneck-relu-preact': 'relu conv1 bn relu conv bn relu conv1 bn',
  'bottleneck-preact': 'bn relu conv1 bn relu conv bn relu conv1',
  'bottleneck-preact-bn': 'bn relu conv1 bn relu conv bn relu conv1 bn',
  'bottleneck-bn-shake': 'relu conv1 relu conv relu conv1 bn',
};

/** A step as it is written in a layout. */
function stepText(step: Step): string {
  if (step.kind === 'conv') return step.kernel === 3 ? 'conv' : 'conv1';
  return step.kind === 'dropout' ? `dropout=${step.rate}` : step.kind;
}

/** A layout's steps as a string that `parseLayout` reads. */
export const layoutText = ({ branch, after }: Omit<Layout, 'name'>): string =>
  [...branch.map(stepText), ...after.flatMap((step) => ['+', step])].join(' ');

/** How many convolutions a branch has. */
export const convolutionsOf = ({ branch }: Layout): number =>
  branch.filter(({ kind }) => kind === 'conv').length;

/**
 * Reads a layout: a name of `namedLayouts`, or tokens such as `bn relu conv bn relu conv bn`. A
 * token is `bn`, `relu`, `conv` (3×3), `conv1` (1×1), `dropout` or `dropout=0.3`; `+ relu` at the
 * end is a ReLU after the addition. Of three convolutions the middle one has the net's cardinality.
 *
 * @throws RequestError pointing at the token that does not fit, or where there are too many
 */
export function parseLayout(text: string): Layout {
  const spelled = Object.hasOwn(namedLayouts, text) ? namedLayouts[text] : text;
  const words = wordsIn(spelled);
  const plus = words.indexOf('+');
  const branch = words.slice(0, plus < 0 ? undefined : plus);
  const after = plus < 0 ? [] : words.slice(plus + 1);
  const steps = branch.map((_, index) => readStep(words, index));
  if (plus >= 0 && (after.length !== 1 || after[0] !== 'relu')) {
    fail(words, plus, 'only one relu may follow the addition', 'end the layout with + relu');
  }
  checkConvolutions(words, steps);
  const layout = { branch: steps, after: after as 'relu'[] };
  return { name: nameOf(layoutText(layout)), ...layout };
}

function wordsIn(text: string): string[] {
  const words = text.length > limits.text ? [] : text.trim().split(/\s+/);
  const steps = words.filter((word) => word !== '+').length;
  if (words.length > 0 && steps <= limits.layoutSteps) return words;
  const rule =
    steps > 0
      ? `${steps} steps; a layout has at most ${limits.layoutSteps}`
      : `a layout has at most ${limits.text} letters`;
  throw new RequestError(`layout '${shown(text)}': ${rule}; leave some out`);
}

const fixedSteps: Record<string, Step> = {
  bn: { kind: 'bn' },
  relu: { kind: 'relu' },
  conv: { kind: 'conv', kernel: 3 },
  conv1: { kind: 'conv', kernel: 1 },
};

/** The words of a branch; `dropout` may be followed by `=` and its rate. */
export const tokens: readonly string[] = [...Object.keys(fixedSteps), 'dropout'];

function readStep(words: string[], index: number): Step {
  const word = words[index];
  if (Object.hasOwn(fixedSteps, word)) return fixedSteps[word];
  const [kind, rate, ...rest] = word.split('=');
  if (kind === 'dropout' && rest.length === 0) return readDropout(words, index, rate);
  const names = Object.keys(namedLayouts).join(', ');
  return fail(words, index, `a step is one of ${tokens.join(', ')}`, `or name a layout: ${names}`);
}

function readDropout(words: string[], index: number, rate = String(usualRate)): Step {
  const value = /^(\d+\.?\d*|\.\d+)$/.test(rate) ? Number(rate) : Number.NaN;
  if (value >= 0 && value < 1) return { kind: 'dropout', rate: value };
  return fail(words, index, 'the rate of a dropout lies in [0, 1)', `try dropout=${usualRate}`);
}

function checkConvolutions(words: string[], steps: Step[]): void {
  const places = steps.flatMap(({ kind }, index) => (kind === 'conv' ? [index] : []));
  const rule = 'a branch has one to three convolutions';
  if (places.length === 0) fail(words, Math.max(0, steps.length - 1), rule, 'add a conv');
  if (places.length > 3) fail(words, places[3], rule, 'leave out this conv');
}

function fail(words: string[], index: number, rule: string, remedy: string): never {
  const line = words.join(' ');
  const column = words.slice(0, index).join(' ').length + (index > 0 ? 1 : 0);
  const pointer = pointerTo(line, column, words[index].length);
  throw new RequestError(`layout '${shown(line)}': ${rule}; ${remedy}\n${pointer}`);
}

function nameOf(spelled: string): string {
  return Object.keys(namedLayouts).find((name) => namedLayouts[name] === spelled) ?? spelled;
}
