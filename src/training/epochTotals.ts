/** Summed loss, errors and images of the current epoch. */
export class EpochTotals {
  /** As checkpoints keep them: [loss, errors, images]. */
  readonly data = new Float32Array(3);

  get images(): number {
    return this.data[2];
  }

  add(loss: number, errors: number, images: number): void {
    this.data[0] += loss * images;
    this.data[1] += errors;
    this.data[2] += images;
  }

  /** Mean loss, and error in percent. */
  means(): { trainLoss: number; trainError: number } {
    const [loss, errors, images] = this.data;
    return { trainLoss: loss / images, trainError: (100 * errors) / images };
  }

  clear(): void {
    this.data.fill(0);
  }
}
