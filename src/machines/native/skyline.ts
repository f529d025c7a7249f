/** A span of moments of a timeline, both ends included. */
interface Span {
  first: number;
  last: number;
}

/** Memory from `at` to `end` that is taken during a span. */
interface Taken extends Span {
  at: number;
  end: number;
}

/**
 * Up to where memory is taken without a gap at each moment of a timeline, as far as it has been told.
 * A tree over the moments, so that a question and a change take about the logarithm of their number.
 */
export class Skyline {
  private readonly leaves: number;
  private readonly least: Float64Array;
  private readonly most: Float64Array;

  /** @param moments how many the timeline has; at none of them anything lies above `start` yet */
  constructor(moments: number, start: number) {
    this.leaves = 2 ** Math.ceil(Math.log2(Math.max(1, moments)));
    this.least = new Float64Array(2 * this.leaves).fill(start);
    this.most = new Float64Array(2 * this.leaves).fill(start);
  }

  /** Below this, nothing is free for the whole of a span. */
  above(span: Span): number {
    return this.highest(1, 0, this.leaves - 1, span);
  }

  /** Learns of what is taken; it raises the moments at which all below it is taken too. */
  take(taken: Taken): void {
    this.raise(1, 0, this.leaves - 1, taken);
  }

  private highest(node: number, low: number, high: number, span: Span): number {
    if (span.last < low || high < span.first) return 0;
    if (this.isLevel(node) || (span.first <= low && high <= span.last)) return this.most[node];
    const middle = (low + high) >> 1;
    const left = this.highest(2 * node, low, middle, span);
    return Math.max(left, this.highest(2 * node + 1, middle + 1, high, span));
  }

  private raise(node: number, low: number, high: number, taken: Taken): void {
    const { first, last, at, end } = taken;
    if (last < low || high < first || this.most[node] < at || this.least[node] >= end) return;
    if (this.isLevel(node)) {
      if (first <= low && high <= last) {
        this.set(node, end, end);
        return;
      }
      for (const child of [2 * node, 2 * node + 1]) {
        this.set(child, this.least[node], this.most[node]);
      }
    }
    const [left, right, middle] = [2 * node, 2 * node + 1, (low + high) >> 1];
    this.raise(left, low, middle, taken);
    this.raise(right, middle + 1, high, taken);
    const { least, most } = this;
    this.set(node, Math.min(least[left], least[right]), Math.max(most[left], most[right]));
  }

  private isLevel(node: number): boolean {
    return this.least[node] === this.most[node];
  }

  private set(node: number, least: number, most: number): void {
    this.least[node] = least;
    this.most[node] = most;
  }
}
