/** The part of jStat that is used here; the package has no types of its own. */
declare module 'jstat' {
  interface Studentt {
    /** P(T ≤ t) for Student's T, of any positive number of degrees of freedom. */
    cdf(t: number, freedom: number): number;
    /** The t with P(T ≤ t) = probability. */
    inv(probability: number, freedom: number): number;
  }
  const jStat: { studentt: Studentt };
  export default jStat;
}
