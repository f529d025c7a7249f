/** An event as it came over the wire. */
export interface ReceivedEvent {
  event: string;
  id: string;
  data: unknown;
}

/** A connection to a studio's stream of events. */
export interface EventStream {
  /** Waits for so many events. */
  take(count: number): Promise<ReceivedEvent[]>;
  /** Breaks the connection. */
  drop(): void;
}

/** Connects to the events of the studio at a port, as a browser does that saw `last` last. */
export async function openStream(port: number, last?: string): Promise<EventStream> {
  const abort = new AbortController();
  const headers = last === undefined ? undefined : { 'Last-Event-ID': last };
  const { signal } = abort;
  const response = await fetch(`http://127.0.0.1:${port}/api/events`, { headers, signal });
  const texts = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  const events: ReceivedEvent[] = [];
  let rest = '';
  return {
    async take(count) {
      while (events.length < count) {
        const { value, done } = await texts.read();
        if (done) throw new Error(`the stream ended after ${events.length} events`);
        const parts = (rest + value).split('\n\n');
        rest = parts.pop() ?? '';
        events.push(...parts.flatMap(parsed));
      }
      return events.splice(0, count);
    },
    drop: () => abort.abort(),
  };
}

/** The event of a block of lines; none where it is only a comment. */
function parsed(block: string): ReceivedEvent[] {
  const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
  const [event, id, data] = ['event', 'id', 'data'].map(field);
  return event && id && data ? [{ event, id, data: JSON.parse(data) }] : [];
}
