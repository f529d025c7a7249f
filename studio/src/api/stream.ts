import type { EventData, EventKind } from '../../../src/server/events.ts';

/** What is done at every kind of event. */
export type EventHandlers = { [Kind in EventKind]: (data: EventData<Kind>) => void };

const retryMilliseconds = 3000;

/**
 * Follows the server's events after one while the page is visible, and goes on after the last one
 * when it is again. Browsers allow all tabs of a studio six connections together: a tab that nobody looks at
 * must not hold one, or the seventh would not load.
 *
 * @param after the id of the event; where it is empty, the first event is a `reset`
 * @param stand is told whether the server answers
 */
export function followEvents(
  after: string,
  handlers: EventHandlers,
  stand: (standing: 'live' | 'lost') => void,
): void {
  let stream: EventSource | null = null;
  let newest = after;

  const open = () => {
    const own = new EventSource(`/api/events?after=${newest}`);
    stream = own;
    own.onopen = () => stand('live');
    own.onerror = () => {
      stand('lost');
      if (own.readyState === EventSource.CLOSED) setTimeout(attend, retryMilliseconds);
    };
    for (const [kind, handle] of Object.entries(handlers)) {
      own.addEventListener(kind, ({ lastEventId, data }) => {
        newest = lastEventId;
        handle(JSON.parse(data));
      });
    }
  };
  const attend = () => {
    if (document.hidden) {
      stream?.close();
      stream = null;
    } else if (!stream || stream.readyState === EventSource.CLOSED) open();
  };
  document.addEventListener('visibilitychange', attend);
  attend();
}
