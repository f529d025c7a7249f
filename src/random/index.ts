export { permutation } from './permutation.ts';
export { type RandomStream, randomStream } from './stream.ts';
