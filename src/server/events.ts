import { EventEmitter, once } from 'node:events';
import { newToken } from './guard/secrets.ts';

/** Something that happened, as it is sent to pages. */
export interface PageEvent {
  event: 'run' | 'gone' | 'metrics' | 'frames' | 'study' | 'looking' | 'reset';
  /** JSON. */
  data: string;
  id: string;
}

/** How many events are remembered for pages whose connection broke, or who read slowly. */
const remembered = 1000;

/**
 * What happened lately, numbered. Every page reads it at its own pace: nothing is queued for any,
 * and one that falls too far behind is told to fetch everything again.
 */
export class EventLog {
  private readonly instance = newToken().slice(0, 8);
  private readonly events: PageEvent[] = [];
  private next = 0;
  private readonly appended = new EventEmitter().setMaxListeners(0);

  append(event: PageEvent['event'], data: unknown): void {
    this.events.push({ event, data: JSON.stringify(data), id: this.idAt(this.next) });
    this.next++;
    if (this.events.length > remembered) this.events.shift();
    this.appended.emit('event');
  }

  /** The number of the next event, to read from now on. */
  get end(): number {
    return this.next;
  }

  /** The id of the newest event. */
  get newest(): string {
    return this.idAt(this.next - 1);
  }

  /**
   * The number after the event of an id; −1 where the id is none of this log's, as after a restart
   * of the studio or at first, so that reading from there begins with a reset.
   */
  after(id: string): number {
    const [instance, number] = id.split('.');
    const known = instance === this.instance && /^(-1|\d+)$/.test(number ?? '');
    return known && Number(number) < this.next ? Number(number) + 1 : -1;
  }

  /** The events from a number on, a reset in place of those that are forgotten. */
  from(number: number): PageEvent[] {
    const first = this.next - this.events.length;
    if (number >= first) return this.events.slice(number - first);
    return [{ event: 'reset', data: '{}', id: this.newest }];
  }

  /** Waits for the next event, or so many milliseconds; whether there is one. */
  async wait(milliseconds: number): Promise<boolean> {
    const signal = AbortSignal.timeout(milliseconds);
    return once(this.appended, 'event', { signal }).then(
      () => true,
      () => false,
    );
  }

  private idAt = (number: number): string => `${this.instance}.${number}`;
}
