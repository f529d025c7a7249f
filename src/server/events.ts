import { EventEmitter, once } from 'node:events';
import { z } from 'zod';
import { newToken } from './guard/secrets.ts';
import { runSummarySchema } from './library/runSummary.ts';
import { metricsSchema } from './metrics.ts';
import { idSchema, whole } from './schemas.ts';

const id = idSchema;

/** An event of a kind, what it tells, and its data. */
const kind = <Kind extends string, Data extends z.ZodType>(
  event: Kind,
  tells: string,
  data: Data,
) => z.object({ event: z.literal(event), data }).describe(tells);

/** Everything that pages are told of. */
export const eventSchema = z
  .discriminatedUnion('event', [
    kind('run', 'A run is new or changed', runSummarySchema),
    kind('gone', 'A run is no longer there', z.object({ id })),
    kind('metrics', 'A run has new lines of metrics', z.object({ id, metrics: metricsSchema })),
    kind(
      'frames',
      'Frames of a run from the index `first` on are new; there are `count` in all',
      z.object({ id, first: whole, count: whole }),
    ),
    kind('study', 'The plan or the report of a study is new', z.object({ id })),
    kind(
      'looking',
      'What is being done to show the images of a run; null once it is over',
      z.object({ id, doing: z.string().nullable() }),
    ),
    kind(
      'reset',
      'Comes first, and where too much was missed: fetch everything again',
      z.object({}),
    ),
  ])
  .meta({ id: 'Event' });

type StudioEvent = z.infer<typeof eventSchema>;

export type EventKind = StudioEvent['event'];

/** The data of an event of a kind. */
export type EventData<Kind extends EventKind> = Extract<StudioEvent, { event: Kind }>['data'];

/** An event as it is sent: its data are JSON. */
export interface SentEvent {
  event: EventKind;
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
  private readonly events: SentEvent[] = [];
  private next = 0;
  private readonly appended = new EventEmitter().setMaxListeners(0);

  append<Kind extends EventKind>(event: Kind, data: EventData<Kind>): void {
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
  from(number: number): SentEvent[] {
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
