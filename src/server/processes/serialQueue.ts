/** Does things that take much of the machine one after the other, in the order of their asking. */
export class SerialQueue {
  private last: Promise<unknown> = Promise.resolve();

  /** Does it once all asked for before is done, however that ended. */
  run<Value>(work: () => Promise<Value>): Promise<Value> {
    const turn = this.last.then(work);
    this.last = turn.catch(() => {});
    return turn;
  }
}
