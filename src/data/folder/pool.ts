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

/** Files in the hands of one worker: one is read while another is decoded. */
const inFlight = 4;

/** Fewer bytes are decoded before a worker would have started. */
const worthWorkers = 2 ** 21;

const mostWorkers = 8;

/**
 * Reads and decodes files off the main thread, on as many threads as there are processors; a few
 * small ones are decoded here.
 *
 * @param bytes of all files together
 * @param tell is told of every file that is done, by its place among the paths
 * @returns what became of every file, in the paths' order: a failure is a RequestError
 */
export async function decodeAll(
  paths: readonly string[],
  decoding: Decoding,
  { bytes, tell }: { bytes: number; tell: (index: number) => void },
): Promise<(HashedFile | RequestError)[]> {
  const results = new Array<HashedFile | RequestError>(paths.length);
  const settle = (index: number, result: HashedFile | RequestError): void => {
    results[index] = result;
    tell(index);
  };
  let next = 0;
  const take = (): number | undefined => (next < paths.length ? next++ : undefined);
  if (bytes < worthWorkers) await decodeHere(paths, decoding, take, settle);
  else await decodeApart(paths, decoding, take, settle);
  return results;
}

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
): Promise<void> {
  const count = Math.min(usableProcessors(), mostWorkers, paths.length);
  const workers = Array.from({ length: count }, () => openDecoder(decoding));
  try {
    await Promise.all(workers.map((worker) => employ(worker, paths, take, settle)));
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

const openDecoder = (decoding: Decoding): Worker =>
  openWorker('data/folder/decodingWorker', { workerData: decoding });

/** Hands a worker files until none are left. @throws whatever it was not made to answer */
function employ(worker: Worker, paths: readonly string[], take: Take, settle: Settle) {
  const held = new Map<string, number>();
  const give = (): void => {
    const index = take();
    if (index === undefined) return;
    held.set(paths[index], index);
    worker.postMessage(paths[index]);
  };
  return new Promise<void>((resolve, reject) => {
    worker.once('error', reject);
    worker.on('message', (answer: Answer) => {
      if ('message' in answer && !answer.refused) return reject(new Error(answer.message));
      const index = held.get(answer.path) as number;
      held.delete(answer.path);
      settle(index, 'file' in answer ? answer.file : new RequestError(answer.message));
      give();
      if (held.size === 0) resolve();
    });
    for (let i = 0; i < inFlight; i++) give();
    if (held.size === 0) resolve();
  });
}
