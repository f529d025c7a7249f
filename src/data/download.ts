import { basename, dirname } from 'node:path';
import { option, RequestError } from '../errors.ts';
import { makeFolder } from '../files/folders.ts';
import { explain, isRefusal } from '../files/refusals.ts';
import type { DownloadProgress } from './dataset.ts';
import { algorithmNames, type Digest, digestValue } from './digest.ts';
import { claimPart, discardPart, moveIntoPlace, sizeOf } from './partFile.ts';
import { problemOf } from './problem.ts';
import { transfer } from './transfer.ts';

/** One file to download. */
export interface Download {
  /** addresses of the same contents, tried in order */
  urls: string[];
  /** where the finished file goes */
  path: string;
  /** what the file must hash to */
  digest: Digest;
  /** bytes of what the digest is of; neither the transfer nor the unpacking goes beyond */
  bytes: number;
  /** give up on an address when nothing arrives for so long; 20 when left out */
  stallSeconds?: number;
  onProgress?: (progress: DownloadProgress) => void;
}

const mostInterruptions = 20;

const underway = new Map<string, Promise<void>>();

/**
 * Downloads a file, verifies it and moves it into place whole; `path` never holds anything else.
 * An interrupted download leaves its part beside it and goes on from there the next time. Several
 * processes may download the same file at once; within a process they share one transfer.
 * @throws RequestError with the reason for each address when none gave the right contents
 */
export function download(request: Download): Promise<void> {
  const { path } = request;
  const started = underway.get(path) ?? downloadAlone(request).finally(() => underway.delete(path));
  underway.set(path, started);
  return started;
}

async function downloadAlone(request: Download): Promise<void> {
  try {
    await makeFolder(dirname(request.path));
    const part = await claimPart(request.path);
    await fetchVerified(request, part);
    await moveIntoPlace(part, request.path);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const reason = explain(error);
    throw new RequestError(
      `${request.path}: ${reason}, or choose another folder with ${option('dataFolder')}`,
    );
  }
}

/** Leaves the verified contents in `part`, or throws. */
async function fetchVerified(request: Download, part: string): Promise<void> {
  if ((await sizeOf(part)) > 0 && (await wrongIn(part, request)) === null) return;
  const failures: string[] = [];
  for (const url of request.urls) {
    const failure = await fetchFrom(url, part, request);
    if (failure === null) return;
    failures.push(failure);
  }
  throw new RequestError(
    `${basename(request.path)}: the download failed: ${failures.join('; ')}; ` +
      'check the network and try again',
  );
}

/** What kept `url` from giving the right contents, or null. A wrong continuation starts afresh. */
async function fetchFrom(url: string, part: string, request: Download): Promise<string | null> {
  const continued = (await sizeOf(part)) > 0;
  const failure = await transferAll(url, part, request);
  if (failure !== null) return failure;
  const problem = await wrongIn(part, request);
  if (problem === null) return null;
  await discardPart(part);
  return continued ? fetchFrom(url, part, request) : `${url}: ${problem}`;
}

/** Transfers, and takes up again after an interruption as long as that gets further. */
async function transferAll(url: string, part: string, request: Download): Promise<string | null> {
  const limits = {
    largest: largestTransfer(request),
    stallSeconds: request.stallSeconds ?? 20,
    onProgress: (received: number, total: number | null) =>
      request.onProgress?.({ file: basename(request.path), received, total }),
  };
  for (let interruptions = 0; ; interruptions++) {
    const before = await sizeOf(part);
    try {
      await transfer(url, part, limits);
      return null;
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      const further = (await sizeOf(part)) > before;
      if (!further || interruptions === mostInterruptions) return (error as Error).message;
    }
  }
}

/** Why the part's contents are not those asked for, or null. */
function wrongIn(part: string, request: Download): Promise<string | null> {
  return problemOf(async () => {
    const { digest } = request;
    const found = await digestValue(part, digest, largestTransfer(request));
    if (found === digest.value) return;
    const name = algorithmNames[digest.algorithm];
    throw new RequestError(`its ${name} is ${found} instead of ${digest.value}`);
  });
}

/** Gzip adds a little to what it cannot compress. */
function largestTransfer({ bytes }: Download): number {
  return Math.ceil(bytes * 1.01) + 1024;
}
