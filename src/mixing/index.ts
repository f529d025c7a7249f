export type { MixingLaw } from './law.ts';
export { parseMixing } from './parse.ts';
