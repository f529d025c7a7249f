import { hostname, networkInterfaces } from 'node:os';
import { createMiddleware } from 'hono/factory';
import { HTTPException } from 'hono/http-exception';

const loopback = ['localhost', '127.0.0.1', '[::1]'];

/** Whether an address is reachable from this machine only. */
export const isLoopback = (host: string): boolean => loopback.includes(bracketed(host));

/**
 * The names by which a studio may be called. A name that somebody else's name server points here
 * (DNS rebinding) is none of them.
 */
export function allowedHosts(host: string): Set<string> {
  if (isLoopback(host)) return new Set(loopback);
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  const own = addresses.map(({ address }) => bracketed(address));
  const name = hostname().toLowerCase();
  return new Set([...loopback, bracketed(host), ...own, name, `${name}.local`]);
}

/** Refuses requests by a wrong name, and those that another site's page sends or makes a browser send. */
export function ownPagesOnly(hosts: ReadonlySet<string>) {
  return createMiddleware(async ({ req }, next) => {
    const host = req.header('host') ?? '';
    if (!hosts.has(nameOf(host))) refuse(`Host ${host}: this studio is not called so`);
    const origin = req.header('origin');
    if (origin !== undefined && origin !== `http://${host}`) {
      refuse(`Origin ${origin}: only the studio's own page may ask`);
    }
    const site = req.header('sec-fetch-site') ?? 'none';
    if (req.path.startsWith('/api/') && site !== 'none' && site !== 'same-origin') {
      refuse(`Sec-Fetch-Site ${site}: only the studio's own page may ask`);
    }
    await next();
  });
}

function refuse(reason: string): never {
  throw new HTTPException(403, { message: `${reason}; open the address that the studio prints` });
}

/** The name in a `Host` header, without its port; empty where it is no such header. */
const nameOf = (host: string): string =>
  /^(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(:\d{1,5})?$/.exec(host.toLowerCase())?.[1] ?? '';

/** An IPv6 address as URLs write it. */
const bracketed = (host: string): string =>
  host.includes(':') && !host.startsWith('[') ? `[${host}]` : host.toLowerCase();
