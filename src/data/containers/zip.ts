import { Readable } from 'node:stream';
import yauzl from 'yauzl';
import { deflateRatio } from '../unpack.ts';
import { refusal, refusing } from './refusal.ts';
import { type ByteSource, piecesOf } from './source.ts';

/** A file in a zip archive. */
export interface ZipMember {
  name: string;
  /** bytes unpacked */
  size: number;
  /** its bytes, unpacked as they are read; may be read again */
  pieces(): AsyncGenerator<Uint8Array>;
}

/** More members than a data set's archive has. */
const mostMembers = 4096;

const damaged = 'the zip archive is damaged';

/** Lets the library read from a source. */
class SourceReader extends yauzl.RandomAccessReader {
  private readonly source: ByteSource;

  constructor(source: ByteSource) {
    super();
    this.source = source;
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(piecesOf(this.source, start, end));
  }
}

/**
 * The members of a zip archive, from its directory alone: zip64, data descriptors, stored and
 * deflated. Its sizes are believed only as far as the packed bytes can hold that much.
 *
 * @throws RequestError for what is no whole archive, for encrypted members, and for more than 4096
 */
export function zipMembers(source: ByteSource): Promise<ZipMember[]> {
  return refusing(source.path, damaged, async () => {
    const reader = new SourceReader(source);
    const options = { lazyEntries: true, autoClose: false };
    const zip = await yauzl.fromRandomAccessReaderPromise(reader, source.size, options);
    if (zip.entryCount > mostMembers) {
      throw refusal(
        source.path,
        `holds ${zip.entryCount} members, the limit is ${mostMembers}`,
        'unpack it',
      );
    }
    const members: ZipMember[] = [];
    for await (const entry of zip.eachEntry()) members.push(memberOf(zip, entry, source));
    return members;
  });
}

function memberOf(zip: yauzl.ZipFile, entry: yauzl.Entry, source: ByteSource): ZipMember {
  const { fileName: name, uncompressedSize: size, compressedSize } = entry;
  const subject = `${source.path}, ${name}`;
  if (entry.isEncrypted()) throw refusal(subject, 'is encrypted', 'write the archive without');
  if (compressedSize > source.size || size > (compressedSize + 1) * deflateRatio) {
    throw refusal(
      subject,
      `claims ${size} bytes in ${compressedSize} packed ones`,
      'fetch it again',
    );
  }
  return { name, size, pieces: () => unpack(zip, entry, subject) };
}

async function* unpack(zip: yauzl.ZipFile, entry: yauzl.Entry, subject: string) {
  const stream = await refusing(subject, damaged, () => zip.openReadStreamPromise(entry));
  try {
    yield* stream as AsyncIterable<Uint8Array>;
  } catch (error) {
    throw refusal(subject, `${damaged} (${(error as Error).message})`, 'write or fetch it again');
  }
}
