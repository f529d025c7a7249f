export type { Head, HeadBatch, HeadMemory } from './head.ts';
export { heads, parseHead } from './parse.ts';
export { classVectorsName } from './softmax.ts';
