import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { NewerFormatError } from '../../files/format.ts';
import { openBehind } from '../appending.ts';
import { writeWhole } from '../atomic.ts';
import { storing } from '../storing.ts';
import {
  decodeFrame,
  decodeHeader,
  encodeFrame,
  encodeHeader,
  type Frame,
  type FrameHeader,
  frameBytes,
} from './format.ts';

/** Where a run's frames are. */
export const framesPath = (folder: string): string => join(folder, 'frames.bin');

/** The frames that a run has kept so far. */
export interface FrameFile {
  header: FrameHeader;
  /** Bytes before the first frame. */
  start: number;
  count: number;
  /** The step of a frame by its index. */
  stepOf(index: number): Promise<number>;
  /** Frames from an index on, at most so many, which are held in memory. */
  read(first: number, count: number): Promise<Frame[]>;
  close(): Promise<void>;
}

/**
 * Opens a run's frames for reading; null where there are none, or their file is damaged.
 *
 * @throws NewerFormatError where a newer release wrote them
 */
export async function openFrames(folder: string): Promise<FrameFile | null> {
  const path = framesPath(folder);
  const file = await openFile(path);
  if (!file) return null;
  let frames: FrameFile | null = null;
  try {
    const head = await readHead(file, path);
    frames = head && (await framesIn(file, head));
  } catch (error) {
    if (error instanceof NewerFormatError) throw error;
  } finally {
    if (!frames) await file.close();
  }
  return frames;
}

/** A file that is there; what else has its name, such as a pipe, is passed over. */
async function openFile(path: string): Promise<FileHandle | null> {
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK).catch(() => null);
  if (!file || (await file.stat()).isFile()) return file;
  await file.close();
  return null;
}

type Head = Pick<FrameFile, 'header' | 'start'>;

async function framesIn(file: FileHandle, { header, start }: Head): Promise<FrameFile> {
  const size = frameBytes(header);
  const count = Math.max(0, Math.floor(((await file.stat()).size - start) / size));
  return {
    header,
    start,
    count,
    async stepOf(index) {
      const { buffer } = await file.read({
        buffer: Buffer.alloc(4),
        position: start + index * size,
      });
      return buffer.readUInt32LE();
    },
    async read(first, most) {
      const frames = Math.max(0, Math.min(most, count - first));
      const buffer = Buffer.alloc(frames * size);
      await file.read({ buffer, position: start + first * size });
      return Array.from({ length: frames }, (_, i) =>
        decodeFrame(buffer.subarray(i * size, (i + 1) * size), header),
      );
    },
    close: () => file.close(),
  };
}

/** The open, append-only frames of a run that trains. */
export interface FrameLog {
  header: FrameHeader;
  /** The newest frame, or null before the first. */
  newest: Frame | null;
  /** Appends a frame and makes it durable. */
  append(frame: Frame): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens a run's frames for going on after `step`. Frames of later steps, and one that a kill cut
 * short, are dropped, so that the resumed run keeps them again. A run goes on with the images and
 * the interval it began with; a file that is damaged, or of other features, is begun anew.
 *
 * @throws NewerFormatError where a newer release wrote them
 * @throws StorageError, as the log's `append` does, where the system refuses
 */
export async function continueFrames(
  folder: string,
  step: number,
  header: FrameHeader,
): Promise<FrameLog> {
  const kept = await framesUpTo(folder, step, header.features);
  const path = framesPath(folder);
  const begun = encodeHeader(header);
  if (!kept) await writeWhole(path, begun);
  const file = await openBehind(path, (kept ?? begun).length);
  const log: FrameLog = {
    header: kept?.header ?? header,
    newest: kept?.newest ?? null,
    async append(frame) {
      const bytes = encodeFrame(frame);
      await storing(path, () => file.appendFile(bytes));
      await storing(path, () => file.datasync());
      log.newest = decodeFrame(bytes, log.header);
    },
    close: () => file.close(),
  };
  return log;
}

async function framesUpTo(folder: string, step: number, features: number) {
  const file = await openFrames(folder);
  if (!file) return null;
  try {
    const { header, start } = file;
    if (header.features !== features) return null;
    const left = await framesTo(file, step);
    const newest = left > 0 ? (await file.read(left - 1, 1))[0] : null;
    return { header, newest, length: start + left * frameBytes(header) };
  } finally {
    await file.close();
  }
}

/** How many frames are of steps up to one; they stand in the order of their steps. */
async function framesTo({ count, stepOf }: FrameFile, step: number): Promise<number> {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((await stepOf(middle)) <= step) low = middle + 1;
    else high = middle;
  }
  return low;
}

async function readHead(file: FileHandle, path: string): Promise<Head | null> {
  const { size } = await file.stat();
  const { buffer, bytesRead } = await file.read({
    buffer: Buffer.alloc(Math.min(size, 4_000_000)),
    position: 0,
  });
  return decodeHeader(buffer.subarray(0, bytesRead), path);
}
