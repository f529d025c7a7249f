import type { Shape } from '../../ops/tensor.ts';
import { isPlain, type Term, type View } from '../../program/operands.ts';
import type { NativeOf } from './instructions.ts';

/** What the signs of a listing mean, for its top. */
export const legend = [
  'to ← from; shapes are channels×height×width, k×k/s a convolution of stride s,',
  'gN its N groups, w that Winograd’s tiles compute it, wr that Winograd’s rows do.',
  'bn(x), relu(x) and paths/s(x), the two shifted subsamplings, are computed while x is read;',
  'bnxN has N sets of γ and β. drop=p(x) drops values with probability p.',
  'Σ: the channels of the result are summed on the way, for a bn.',
  'c·x: every branch times its coefficient. g:f(x) is the gradient g taken back through f to x.',
  '+=: added to what stands there; of such terms accumulate adds what the derivative of bn subtracts.',
].join('\n');

/** `16×28×28` */
export const shapeText = ({ channels, height, width }: Shape): string =>
  `${channels}×${height}×${width}`;

/** `3×3`, `3×3/2`, `1×1 g2` */
export function convText(
  conv: Pick<NativeOf<'conv'>, 'kernel' | 'stride' | 'groups' | 'winograd'>,
): string {
  const stride = conv.stride > 1 ? `/${conv.stride}` : '';
  const groups = conv.groups > 1 ? ` g${conv.groups}` : '';
  const winograd = ['', ' wr', ' w'][conv.winograd];
  return `${conv.kernel}×${conv.kernel}${stride}${groups}${winograd}`;
}

/** `relu(bnx2(stem.conv))` */
export function viewText({ of, norm, relu, subsample }: View): string {
  let text = of.slot.name;
  if (subsample) text = `paths/${subsample}(${text})`;
  if (norm) text = `bn${norm.copies > 1 ? `x${norm.copies}` : ''}(${text})`;
  return relu ? `relu(${text})` : text;
}

const gradientTexts: { [K in Term['kind']]: (term: Term) => string } = {
  stored: ({ gradient }) => gradient.name,
  passed: ({ gradient }) => gradient.name,
  mixed: ({ gradient, coefficients }) => `${coefficients?.slot.name}·${gradient.name}`,
  pooled: ({ gradient }) => gradient.name,
};

/** `passed stem.conv.gradient:relu(stem.conv)` */
export function termText(term: Term): string {
  const through = isPlain(term.view) ? '' : `:${viewText(term.view)}`;
  return `${term.kind} ${gradientTexts[term.kind](term)}${through}`;
}
