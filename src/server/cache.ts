/**
 * Keeps what was made last, by keys. Whoever asks while it is being made shares it; what failed is made
 * anew.
 */
export class Cache<Value> {
  private readonly most: number;
  private readonly values = new Map<string, Promise<Value>>();

  /** @param most values that are kept; the one that nobody asked for longest goes first */
  constructor(most: number) {
    this.most = most;
  }

  get(key: string, make: () => Promise<Value>): Promise<Value> {
    const value = this.values.get(key) ?? make();
    this.values.delete(key);
    this.values.set(key, value);
    value.catch(() => this.forget(key, value));
    if (this.values.size > this.most) this.values.delete(this.values.keys().next().value!);
    return value;
  }

  /** Another may have been made since under the same key. */
  private forget(key: string, value: Promise<Value>): void {
    if (this.values.get(key) === value) this.values.delete(key);
  }
}
