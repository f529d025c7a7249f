declare module 'fft.js' {
  /** A fast Fourier transform of a fixed size, a power of two. */
  export default class FFT {
    constructor(size: number);
    /** Complex spectrum, real and imaginary parts in turn; filled up to bin size / 2. */
    createComplexArray(): number[];
    realTransform(out: number[], input: ArrayLike<number>): void;
  }
}
