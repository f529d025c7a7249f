import { quantile } from 'simple-statistics';
import type { StudioProcess } from './studioProcess.ts';

/**
 * What answers of a kind may take, in milliseconds: 99 of 100 of them, and any, after which the asker
 * leaves. A stop waits 15 s for the run to end. Of nets that are planned one after the other most have
 * askers that leave before their turn; they hold up nobody.
 */
const bounds = {
  polite: { usual: 5000, most: 30_000 },
  hostile: { usual: 5000, most: 30_000 },
  stop: { usual: 17_000, most: 45_000 },
  net: { usual: 30_000, most: 5000 },
} as const;

/** A request to the studio. */
export interface Request {
  /** The row of the table that it counts in. */
  kind: keyof typeof bounds;
  path: string;
  /** Ends that are no failure: nets wait for their turn, a large body is not taken to its end. */
  excused?: readonly string[];
  method?: string;
  body?: unknown;
  /** A body as it is, instead. */
  text?: string;
}

/** Asks, and remembers how it went. */
export class Asker {
  private readonly refused: string[] = [];
  private readonly studio: StudioProcess;
  private readonly pending = new Set<Promise<void>>();
  private readonly times = new Map<Request['kind'], number[]>();
  private readonly statuses = new Map<Request['kind'], Map<string, number>>();

  constructor(studio: StudioProcess) {
    this.studio = studio;
  }

  ask(request: Request): Promise<void> {
    const asked = this.answered(request).finally(() => this.pending.delete(asked));
    this.pending.add(asked);
    return asked;
  }

  async done(): Promise<void> {
    while (this.pending.size > 0) await Promise.all(this.pending);
  }

  /**
   * What went wrong: an answer that is a fault or none, and kinds that are slow.
   *
   * @param crowding how many want a processor at once; where several do, all takes so much longer
   */
  failures(crowding: number): string[] {
    const slow = [...this.times].flatMap(([kind, times]) => {
      const usual = bounds[kind].usual * Math.max(1, crowding);
      const taken = quantile(times, 0.99);
      return taken > usual
        ? [`${kind}: p99 ${taken.toFixed(0)} ms, ${usual.toFixed(0)} are usual`]
        : [];
    });
    return [...new Set([...this.refused, ...slow])];
  }

  /** A row for each kind: how many, which statuses, how fast. */
  lines(): string[] {
    return [...this.statuses].map(([kind, counts]) => {
      const times = this.times.get(kind) ?? [0];
      const parts = [0.5, 0.99, 1].map((part) => quantile(times, part).toFixed(0));
      const [half, most, longest] = parts;
      const seen = [...counts].sort().map(([status, count]) => `${status}: ${count}`);
      const told = `p50 ${half} ms, p99 ${most} ms, longest ${longest} ms`;
      return `${kind.padEnd(8)} ${told}; ${seen.join(', ')}`;
    });
  }

  /** The status of an answer, or the code of what went wrong instead. */
  private sent(request: Request): Promise<number | string> {
    return send(this.studio, request).catch((error: Error) =>
      String((error.cause as NodeJS.ErrnoException | undefined)?.code ?? error.name),
    );
  }

  private async answered(request: Request): Promise<void> {
    const { kind, path, excused = [] } = request;
    const started = performance.now();
    const first = await this.sent(request);
    // As browsers do: the studio may close a connection that has rested just as a request goes out.
    const closed = first === 'ECONNRESET' && !excused.includes(first);
    const status = closed ? await this.sent(request) : first;
    const times = this.times.get(kind) ?? [];
    times.push(performance.now() - started);
    this.times.set(kind, times);
    const counts = this.statuses.get(kind) ?? new Map<string, number>();
    this.statuses.set(kind, counts.set(`${status}`, (counts.get(`${status}`) ?? 0) + 1));
    if (typeof status === 'number' && status < 500) return;
    if (excused.includes(`${status}`)) return;
    this.refused.push(`${request.method ?? ''} ${path.slice(0, 80)}: ${status}`);
  }
}

async function send(studio: StudioProcess, request: Request): Promise<number> {
  const { kind, path, method, body, text } = request;
  const content = text ?? (body === undefined ? undefined : JSON.stringify(body));
  const response = await fetch(studio.origin + path, {
    method: method ?? (content === undefined ? 'GET' : 'POST'),
    headers: { Authorization: `Bearer ${studio.token}`, 'Content-Type': 'application/json' },
    body: content,
    signal: AbortSignal.timeout(bounds[kind].most),
  });
  await response.arrayBuffer();
  return response.status;
}

/** The JSON that a path answers, however long it takes. */
export async function askFor<Value>(studio: StudioProcess, path: string): Promise<Value> {
  return (await fetch(studio.origin + path)).json() as Promise<Value>;
}
