import { quantile } from 'simple-statistics';
import type { StudioProcess } from './studioProcess.ts';

/** A request to the studio. */
export interface Request {
  /** The row of the table that it counts in. */
  kind: string;
  path: string;
  /** Milliseconds that its answer may take. */
  within: number;
  /** Ends that are no failure: nets wait for their turn, a large body is not taken to its end. */
  excused?: readonly string[];
  method?: string;
  body?: unknown;
  /** A body as it is, instead. */
  text?: string;
}

/** Asks, and remembers how it went. */
export class Asker {
  readonly failures: string[] = [];
  private readonly studio: StudioProcess;
  private readonly pending = new Set<Promise<void>>();
  private readonly times = new Map<string, number[]>();
  private readonly statuses = new Map<string, Map<string, number>>();

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

  /** A row for each kind: how many, which statuses, how fast. */
  lines(): string[] {
    return [...this.statuses].map(([kind, counts]) => {
      const times = this.times.get(kind) ?? [0];
      const [half, most] = [0.5, 0.99].map((part) => quantile(times, part).toFixed(0));
      const seen = [...counts].sort().map(([status, count]) => `${status}: ${count}`);
      return `${kind.padEnd(8)} p50 ${half} ms, p99 ${most} ms; ${seen.join(', ')}`;
    });
  }

  private async answered(request: Request): Promise<void> {
    const { kind, path, within, excused = [] } = request;
    const started = performance.now();
    const status = await send(this.studio, request).catch((error: Error) =>
      String((error.cause as NodeJS.ErrnoException | undefined)?.code ?? error.name),
    );
    const times = this.times.get(kind) ?? [];
    times.push(performance.now() - started);
    this.times.set(kind, times);
    const counts = this.statuses.get(kind) ?? new Map<string, number>();
    this.statuses.set(kind, counts.set(`${status}`, (counts.get(`${status}`) ?? 0) + 1));
    if (typeof status === 'number' && status < 500) return;
    if (excused.includes(`${status}`)) return;
    this.failures.push(
      `${request.method ?? ''} ${path.slice(0, 80)}: ${status} within ${within} ms`,
    );
  }
}

async function send(studio: StudioProcess, request: Request): Promise<number> {
  const { path, within, method, body, text } = request;
  const content = text ?? (body === undefined ? undefined : JSON.stringify(body));
  const response = await fetch(studio.origin + path, {
    method: method ?? (content === undefined ? 'GET' : 'POST'),
    headers: { Authorization: `Bearer ${studio.token}`, 'Content-Type': 'application/json' },
    body: content,
    signal: AbortSignal.timeout(within),
  });
  await response.arrayBuffer();
  return response.status;
}

/** The JSON that a path answers, however long it takes. */
export async function askFor<Value>(studio: StudioProcess, path: string): Promise<Value> {
  return (await fetch(studio.origin + path)).json() as Promise<Value>;
}
