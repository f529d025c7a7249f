/** What the server tells of, see docs/api.md. */
const kinds = ['run', 'gone', 'metrics', 'frames', 'study', 'looking', 'reset'] as const;

/** Something that happened; `content` is what came with it. */
export type StreamEvent = { kind: (typeof kinds)[number]; content: unknown };

/** Who is told. */
export interface StreamListener {
  event(event: StreamEvent): void;
  /** Whether the server answers. */
  standing(standing: 'live' | 'lost'): void;
}

const retryMilliseconds = 3000;

/**
 * Follows the server's events after one while the page is visible, and goes on after the last one
 * when it is again. Browsers allow all tabs of a studio six connections together: a tab that nobody looks at
 * must not hold one, or the seventh would not load.
 *
 * @param after the id of the event; where it is empty, the first event is a `reset`
 */
export function followEvents(after: string, listener: StreamListener): void {
  let stream: EventSource | null = null;
  let newest = after;

  const open = () => {
    const own = new EventSource(`/api/events?after=${newest}`);
    stream = own;
    own.onopen = () => listener.standing('live');
    own.onerror = () => {
      listener.standing('lost');
      if (own.readyState === EventSource.CLOSED) setTimeout(attend, retryMilliseconds);
    };
    for (const kind of kinds) {
      own.addEventListener(kind, ({ lastEventId, data }) => {
        newest = lastEventId;
        listener.event({ kind, content: JSON.parse(data) });
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
