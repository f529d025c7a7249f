import { Parser, type ReadEntry } from 'tar';
import { refusal } from '../refusal.ts';

/** A regular file in a tar archive. */
export interface TarMember {
  name: string;
  bytes: Uint8Array;
}

/** No member may hold more bytes. */
const largestMember = 2 ** 28;

/**
 * The regular files of a tar archive in their order, while it streams by. Whatever else it holds is
 * passed over, and nothing is ever written.
 *
 * @param pieces the archive's bytes, unpacked
 * @throws RequestError naming the byte after which it is damaged or cut short, and a member too large
 */
export async function* tarMembers(
  pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  archive: string,
): AsyncGenerator<TarMember> {
  const reader = new MemberReader(archive);
  for await (const piece of pieces) yield* reader.write(piece);
  reader.end();
}

/** Feeds tar's parser, which works while it is written to, and hands on what is complete. */
class MemberReader {
  private readonly archive: string;
  private readonly parser: Parser;
  private complete: TarMember[] = [];
  private failure: string | null = null;
  private offset = 0;

  constructor(archive: string) {
    this.archive = archive;
    this.parser = new Parser({
      strict: true,
      filter: (_, entry) => 'type' in entry && ['File', 'OldFile'].includes(entry.type as string),
      onReadEntry: (entry) => this.collect(entry),
    });
    this.parser.on('error', ({ message }: Error) =>
      this.fail(`not a whole tar archive (${message})`),
    );
  }

  /** @returns the members that this piece completes */
  write(piece: Uint8Array): TarMember[] {
    if (this.offset === 0 && piece[0] === 0x1f) this.fail('packed twice');
    else this.parse(() => this.parser.write(Buffer.from(piece)));
    this.offset += piece.length;
    const done = this.complete;
    this.complete = [];
    return done;
  }

  end(): void {
    if (this.offset === 0) this.fail('an empty file');
    this.parse(() => this.parser.end());
  }

  /** What the parser finds wrong it says as an event, or throws. */
  private parse(work: () => void): void {
    try {
      if (!this.failure) work();
    } catch (error) {
      this.fail(`not a whole tar archive (${(error as Error).message})`);
    }
    if (!this.failure) return;
    const subject = `${this.archive}, after byte ${this.offset} unpacked`;
    throw refusal(subject, this.failure, 'write or fetch the file again');
  }

  private collect(entry: ReadEntry): void {
    const { size, path } = entry;
    if (!(Number.isSafeInteger(size) && size >= 0 && size <= largestMember)) {
      this.fail(`${path} claims ${size} bytes, the limit is ${largestMember}`);
      return;
    }
    const pieces: Uint8Array[] = [];
    entry.on('data', (piece) => void pieces.push(piece));
    entry.on('end', () => {
      this.complete.push({ name: path.replace(/^\.\//, ''), bytes: Buffer.concat(pieces) });
    });
  }

  private fail(what: string): void {
    this.failure ??= what;
  }
}
