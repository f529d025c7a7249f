export { symmetricBeta } from './beta.ts';
export { type HashKey, hashWord } from './hash.ts';
export { permutation } from './permutation.ts';
export { type RandomStream, randomStream, randomWords } from './stream.ts';
