import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { RequestError } from '../errors.ts';
import { isRefusal } from '../files/refusals.ts';
import { sizeOf } from './partFile.ts';
import { fetchByProxy } from './proxy.ts';

/** How one transfer may behave. */
export interface TransferLimits {
  /** stop once the part holds more than this many bytes: it cannot be the file */
  largest: number;
  /** give up when nothing arrives for so long */
  stallSeconds: number;
  onProgress?: (received: number, total: number | null) => void;
}

/**
 * Fetches `url` into the file `part`, going on after the bytes already there when the server can
 * (HTTP Range), else from the start. Whatever arrived stays in `part` when it fails.
 * @throws RequestError naming the address and what went wrong
 * @throws what the system says where it refuses to write
 */
export async function transfer(url: string, part: string, limits: TransferLimits): Promise<void> {
  const watch = new AbortController();
  const stalled = setTimeout(() => watch.abort(), limits.stallSeconds * 1000);
  try {
    const response = await request(url, await sizeOf(part), watch.signal);
    await save(response, part, limits, () => stalled.refresh());
  } catch (error) {
    if (error instanceof RequestError || isOfFile(error)) throw error;
    const silence = `nothing arrived for ${limits.stallSeconds} s`;
    throw new RequestError(`${url}: ${watch.signal.aborted ? silence : reason(error)}`);
  } finally {
    clearTimeout(stalled);
  }
}

async function request(url: string, start: number, signal: AbortSignal): Promise<Response> {
  const identity = { 'accept-encoding': 'identity' };
  if (start === 0) return accept(await fetchByProxy(url, { headers: identity, signal }), url);
  const headers = { ...identity, range: `bytes=${start}-` };
  const response = await fetchByProxy(url, { headers, signal });
  if (response.status === 206 && firstByte(response) === start) return response;
  if (response.status !== 206 && response.status !== 416) return accept(response, url);
  await response.body?.cancel();
  return accept(await fetchByProxy(url, { headers: identity, signal }), url);
}

async function accept(response: Response, url: string): Promise<Response> {
  if (response.status === 200) return response;
  await response.body?.cancel();
  throw new RequestError(`${url}: the server answered ${response.status} ${response.statusText}`);
}

async function save(response: Response, part: string, limits: TransferLimits, alive: () => void) {
  const continued = response.status === 206;
  const start = continued ? await sizeOf(part) : 0;
  const file = createWriteStream(part, { flags: continued ? 'a' : 'w' });
  await pipeline(arriving(response, start, limits, alive), file);
}

/** The bytes as they arrive, counted. */
async function* arriving(
  response: Response,
  start: number,
  { largest, onProgress }: TransferLimits,
  alive: () => void,
): AsyncGenerator<Uint8Array> {
  const length = response.headers.get('content-length');
  const total = length === null ? null : start + Number(length);
  let received = start;
  for await (const chunk of response.body ?? []) {
    alive();
    received += chunk.length;
    onProgress?.(received, total);
    yield chunk;
    if (received > largest) return;
  }
}

/** The first byte of a partial answer (`content-range: bytes 100-199/200`), or null. */
function firstByte(response: Response): number | null {
  const match = /^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '');
  return match ? Number(match[1]) : null;
}

/** Errors of a connection have the form of those of a file. */
const ofConnections = ['EPIPE', 'ECONNRESET', 'ECONNABORTED', 'ETIMEDOUT'];

const isOfFile = (error: unknown): boolean =>
  isRefusal(error) && !ofConnections.includes(error.code ?? '');

function reason(error: unknown): string {
  const { message, cause } = error as Error;
  const { code, message: detail } = (cause ?? {}) as NodeJS.ErrnoException;
  return code ?? detail ?? message;
}
