import { bodyLimit } from 'hono/body-limit';
import { createMiddleware } from 'hono/factory';
import { HTTPException } from 'hono/http-exception';
import { shown } from '../../limits.ts';

/** What the body of a request may weigh, and of one that brings a file. */
const largestBody = 64 * 1024;
const largestFile = 16 * 1024 * 1024;

/** The addresses that files are sent to. */
const takesFiles = (path: string): boolean => /^\/api\/runs\/[^/]+\/predictions$/.test(path);

const limited = (maxSize: number) =>
  bodyLimit({
    maxSize,
    onError: ({ json }) => {
      const message = `the body is larger than ${maxSize} bytes`;
      return json({ message }, 413, { Connection: 'close' });
    },
  });

const [small, large] = [limited(largestBody), limited(largestFile)];

/**
 * Refuses bodies that no request needs. What is left of one is not waited for, so that the connection
 * takes no further request, and says so.
 */
export const boundedBodies = createMiddleware((context, next) =>
  (takesFiles(context.req.path) ? large : small)(context, next),
);

/** Refuses bodies of another type than the address takes: a route that takes one would else see an empty one. */
export const fittingTypes = createMiddleware(async ({ req }, next) => {
  const type = req.header('content-type') ?? '';
  const sent = Number(req.header('content-length') ?? 0) > 0 || req.header('transfer-encoding');
  const fitting = takesFiles(req.path) ? 'application/octet-stream' : 'application/json';
  if (sent && type.split(';')[0].trim().toLowerCase() !== fitting) {
    const message = `Content-Type ${shown(type) || '(none)'}: a body is ${fitting}`;
    throw new HTTPException(415, { message });
  }
  await next();
});

/** How often something may be done: `burst` times at once, then `perSecond`. */
export interface Rate {
  burst: number;
  perSecond: number;
}

/** A bucket that is filled up as time goes by. */
export class Bucket {
  private readonly rate: Rate;
  private readonly now: () => number;
  private left: number;
  private filled: number;

  constructor(rate: Rate, now: () => number = () => performance.now()) {
    this.rate = rate;
    this.now = now;
    this.left = rate.burst;
    this.filled = now();
  }

  isEmpty(): boolean {
    const now = this.now();
    const gained = ((now - this.filled) / 1000) * this.rate.perSecond;
    this.left = Math.min(this.rate.burst, this.left + gained);
    this.filled = now;
    return this.left < 1;
  }

  /** Whether there was anything left to take. */
  take(): boolean {
    if (this.isEmpty()) return false;
    this.left--;
    return true;
  }
}

/** Refuses what comes too often. */
export function atMost(rate: Rate) {
  const bucket = new Bucket(rate);
  return createMiddleware(async (_, next) => {
    if (!bucket.take()) {
      throw new HTTPException(429, { message: 'too many requests; wait a moment' });
    }
    await next();
  });
}
