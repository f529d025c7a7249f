export type { MixedShape, MixingBlock, MixingLaw, MixingPass } from './law.ts';
export { laws, parseMixing } from './parse.ts';
export { type LawSample, sampleLaw } from './sample.ts';
