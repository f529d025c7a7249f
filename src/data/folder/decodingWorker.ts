import { parentPort, workerData } from 'node:worker_threads';
import { option, RequestError } from '../../errors.ts';
import { decodeFile } from './decodeFile.ts';
import { type Decoding, decoderOf } from './decoders.ts';
import type { Answer } from './pool.ts';

const decode = decoderOf(workerData as Decoding);

parentPort?.on('message', async (path: string) => {
  try {
    const file = await decodeFile(path, decode);
    const { buffer } = file.decoded.pixels;
    parentPort?.postMessage({ path, file } satisfies Answer, [buffer as ArrayBuffer]);
  } catch (error) {
    const refused = error instanceof RequestError;
    const message = refused ? error.worded(option) : (error as Error).message;
    parentPort?.postMessage({ path, message, refused } satisfies Answer);
  }
});
