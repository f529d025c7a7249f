import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import { HTTPException } from 'hono/http-exception';
import { Bucket } from './limits.ts';
import { sameSecret } from './secrets.ts';

/** Wrong passwords that may be tried: a handful at once, then one every five seconds. */
const wrongPasswords = { burst: 10, perSecond: 0.2 };

/** Whether a request carries the token. */
export function hasToken({ req }: Context, token: string): boolean {
  const bearer = /^Bearer (.+)$/.exec(req.header('authorization') ?? '')?.[1];
  return sameSecret(req.header('x-shakelab-token') ?? bearer ?? '', token);
}

/** Lets only those pass who have the token. */
export function tokenOnly(token: string) {
  return createMiddleware(async (context, next) => {
    if (!hasToken(context, token)) {
      const remedy = 'open the whole address that the studio printed, with its #token';
      throw new HTTPException(401, { message: `the token is missing or wrong; ${remedy}` });
    }
    await next();
  });
}

/**
 * Lets only those pass who know the password, by HTTP Basic authentication with any user name. An
 * address that has tried too many wrong ones is not listened to for a while.
 */
export function passwordOnly(password: string) {
  const tries = new Map<string, Bucket>();
  return createMiddleware(async (context, next) => {
    const address = getConnInfo(context).remote.address ?? '';
    const left = tries.get(address) ?? new Bucket(wrongPasswords);
    if (left.isEmpty()) {
      throw new HTTPException(429, { message: 'too many wrong passwords; wait a while' });
    }
    const given = passwordIn(context.req.header('authorization') ?? '');
    if (given !== null && sameSecret(given, password)) return next();
    if (given !== null) left.take();
    tries.set(address, left);
    return context.json({ message: 'the password is missing or wrong' }, 401, {
      'WWW-Authenticate': 'Basic realm="shakelab studio", charset="UTF-8"',
    });
  });
}

function passwordIn(authorization: string): string | null {
  const encoded = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(authorization)?.[1];
  if (!encoded) return null;
  const pair = Buffer.from(encoded, 'base64').toString('utf8');
  return pair.slice(pair.indexOf(':') + 1);
}
