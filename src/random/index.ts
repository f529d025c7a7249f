export { symmetricBeta } from './beta.ts';
export { permutation } from './permutation.ts';
export { type RandomStream, randomStream, randomWords } from './stream.ts';
