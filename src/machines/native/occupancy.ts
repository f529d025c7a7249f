/** A span of moments of a timeline, both ends included. */
export interface Span {
  first: number;
  last: number;
}

/** Memory from `at` to `end` that is taken during a span. */
export interface Taken extends Span {
  at: number;
  end: number;
}

/**
 * Which memory is taken at which moments of a timeline: a tree over the moments, so that a question
 * and a change look at about the logarithm of their number.
 */
export class Occupancy {
  private readonly leaves: number;
  /** By node: what is taken at every of its moments, told of the largest nodes within a span. */
  private readonly throughout: Stretches[] = [];
  /** By node: what is taken at any of its moments. */
  private readonly sometime: Stretches[] = [];

  /** @param moments how many the timeline has */
  constructor(moments: number) {
    this.leaves = 2 ** Math.ceil(Math.log2(Math.max(1, moments)));
  }

  /** The lowest address, from `start` on, with `size` floats that are free for the whole of a span. */
  lowestFree(span: Span, size: number, start: number): number {
    const taken: Stretches[] = [];
    this.visit(span, (node, inside) => {
      const stretches = (inside ? this.sometime : this.throughout)[node];
      if (stretches) taken.push(stretches);
    });
    let at = start;
    for (let before = -1; before < at; ) {
      before = at;
      for (const stretches of taken) at = stretches.free(at, size);
    }
    return at;
  }

  take(taken: Taken): void {
    this.visit(taken, (node, inside) => {
      add(this.sometime, node, taken);
      if (inside) add(this.throughout, node, taken);
    });
  }

  /** The largest nodes inside a span, and those above them, which it covers in part. */
  private visit(span: Span, see: (node: number, inside: boolean) => void): void {
    const descend = (node: number, low: number, high: number): void => {
      if (span.last < low || high < span.first) return;
      const inside = span.first <= low && high <= span.last;
      see(node, inside);
      if (inside) return;
      const middle = (low + high) >> 1;
      descend(2 * node, low, middle);
      descend(2 * node + 1, middle + 1, high);
    };
    descend(1, 0, this.leaves - 1);
  }
}

function add(nodes: Stretches[], node: number, { at, end }: Taken): void {
  nodes[node] ??= new Stretches();
  nodes[node].add(at, end);
}

/** Taken addresses as stretches that do not touch, in ascending order. */
class Stretches {
  private readonly starts: number[] = [];
  private readonly ends: number[] = [];

  /** `at`, or where the stretch ends that it or the `size` floats from it on run into. */
  free(at: number, size: number): number {
    const index = this.firstEndAfter(at);
    return index < this.starts.length && this.starts[index] < at + size ? this.ends[index] : at;
  }

  /** Merges what it touches. */
  add(at: number, end: number): void {
    const index = this.firstEndAfter(at - 1);
    let [start, stop, count] = [at, end, 0];
    while (index + count < this.starts.length && this.starts[index + count] <= end) {
      start = Math.min(start, this.starts[index + count]);
      stop = Math.max(stop, this.ends[index + count]);
      count++;
    }
    this.starts.splice(index, count, start);
    this.ends.splice(index, count, stop);
  }

  /** The index of the first that ends after `at`. */
  private firstEndAfter(at: number): number {
    let [low, high] = [0, this.ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.ends[middle] <= at) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
