import { statSync } from 'node:fs';
import type { Worker } from 'node:worker_threads';
import { RequestError } from '../../errors.ts';
import { openWorker } from '../../processes/children.ts';
import { usableProcessors } from '../../processes/processors.ts';
import { decodeFile, type HashedFile } from './decodeFile.ts';
import { type Decoding, decoderOf } from './decoders.ts';

/** What a worker makes of a file: its content, or why there is none. */
export type Answer =
  | { path: string; file: HashedFile }
  | { path: string; message: string; refused: boolean };

/** Images in the hands of one worker: one is read while another is decoded. */
const inFlight = 4;

/** Seconds that a packed sound may take, and as many for each megabyte of it: decoders take a hundredth. */
const longestDecoding = 30;

/** Fewer bytes are decoded before a worker would have started. */
const worthWorkers = 2 ** 21;

const mostWorkers = 8;

interface DecodeOptions {
  /** of all files together */
  bytes: number;
  /** is told of every file that is done, by its place among the paths */
  tell(index: number): void;
  /** what a packed sound may take at least */
  seconds?: number;
}

/**
 * Reads and decodes files off the main thread, on as many threads as there are processors; a few
 * small ones are decoded here. A damaged sound can keep its decoder busy for ever: those are decoded
 * apart, one at a time, and their worker is ended when it is too long.
 *
 * @returns what became of every file, in the paths' order: a failure is a RequestError
 */
export async function decodeAll(
  paths: readonly string[],
  decoding: Decoding,
  { bytes, tell, seconds = longestDecoding }: DecodeOptions,
): Promise<(HashedFile | RequestError)[]> {
  const results = new Array<HashedFile | RequestError>(paths.length);
  const settle = (index: number, result: HashedFile | RequestError): void => {
    results[index] = result;
    tell(index);
  };
  let next = 0;
  const take = (): number | undefined => (next < paths.length ? next++ : undefined);
  if (bytes < worthWorkers && !paths.some(isPacked))
    await decodeHere(paths, decoding, take, settle);
  else await decodeApart(paths, decoding, take, settle, seconds);
  return results;
}

/** Sounds that decoders of others read. */
const isPacked = (path: string): boolean => /\.(flac|mp3|ogg|oga|opus)$/i.test(path);

type Take = () => number | undefined;
type Settle = (index: number, result: HashedFile | RequestError) => void;

async function decodeHere(
  paths: readonly string[],
  decoding: Decoding,
  take: Take,
  settle: Settle,
): Promise<void> {
  const decode = decoderOf(decoding);
  const hand = async (): Promise<void> => {
    for (let index = take(); index !== undefined; index = take()) {
      settle(index, await decodeFile(paths[index], decode).catch(refusal));
    }
  };
  await Promise.all(Array.from({ length: inFlight }, hand));
}

function refusal(error: unknown): RequestError {
  if (error instanceof RequestError) return error;
  throw error;
}

async function decodeApart(
  paths: readonly string[],
  decoding: Decoding,
  take: Take,
  settle: Settle,
  seconds: number,
): Promise<void> {
  const count = Math.min(usableProcessors(), mostWorkers, paths.length);
  const work = { paths, take, settle, seconds, hands: decoding.medium === 'images' ? inFlight : 1 };
  const employAgain = async (): Promise<void> => {
    let stalled = true;
    while (stalled) {
      const worker = openWorker('data/folder/decodingWorker', { workerData: decoding });
      stalled = await employ(worker, work).finally(() => worker.terminate());
    }
  };
  await Promise.all(Array.from({ length: count }, employAgain));
}

interface Work {
  paths: readonly string[];
  take: Take;
  settle: Settle;
  seconds: number;
  /** files that a worker has at once */
  hands: number;
}

/**
 * Hands a worker files until none are left, or until one takes too long.
 *
 * @returns whether that was so, and the worker is to be ended
 * @throws whatever it was not made to answer
 */
function employ(worker: Worker, { paths, take, settle, seconds, hands }: Work): Promise<boolean> {
  const held = new Map<string, number>();
  const timers = new Map<string, NodeJS.Timeout>();
  const release = (path: string): number => {
    const index = held.get(path) as number;
    held.delete(path);
    clearTimeout(timers.get(path));
    return index;
  };
  return new Promise((resolve, reject) => {
    const give = (): void => {
      const index = take();
      if (index === undefined) return;
      const path = paths[index];
      held.set(path, index);
      if (isPacked(path)) timers.set(path, setTimeout(stall, 1000 * limitOf(path, seconds), path));
      worker.postMessage(path);
    };
    const stall = (path: string): void => {
      worker.removeAllListeners('message');
      settle(release(path), tooSlow(path, seconds));
      resolve(true);
    };
    worker.once('error', reject);
    worker.on('message', (answer: Answer) => {
      if ('message' in answer && !answer.refused) return reject(new Error(answer.message));
      const index = release(answer.path);
      settle(index, 'file' in answer ? answer.file : new RequestError(answer.message));
      give();
      if (held.size === 0) resolve(false);
    });
    for (let i = 0; i < hands; i++) give();
    if (held.size === 0) resolve(false);
  });
}

const limitOf = (path: string, seconds: number): number =>
  seconds * (1 + (statSync(path, { throwIfNoEntry: false })?.size ?? 0) / 2 ** 20);

const tooSlow = (path: string, seconds: number): RequestError =>
  new RequestError(
    `${path}: no sound can be read from it (its decoder is still busy after ${seconds} s and as many a megabyte); ` +
      'save it as WAV or FLAC again or remove it',
  );
