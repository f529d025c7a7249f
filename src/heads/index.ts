export type { Head } from './head.ts';
export { parseHead } from './parse.ts';
