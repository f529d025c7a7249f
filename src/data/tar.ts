import { Parser, type ReadEntry } from 'tar';
import { RequestError } from '../errors.ts';

/**
 * Reads some regular files out of a tar archive as it streams by; whatever else it holds is passed
 * over, and nothing is ever written. A member counts only under exactly one of the names.
 *
 * @param pieces the archive's bytes, unpacked, in pieces of any size
 * @param archive its path, for errors
 * @param wanted full names of the members, and the most bytes that one may hold
 * @returns the members found, by name
 * @throws RequestError naming archive and byte where it is damaged or cut short, and for a member
 *   that is too large or there twice
 */
export async function readMembers(
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  archive: string,
  wanted: { names: readonly string[]; largest: number },
): Promise<Map<string, Uint8Array>> {
  const collector = new MemberCollector(archive, wanted);
  for await (const piece of pieces) collector.write(piece);
  return collector.finish();
}

/** Feeds tar's parser and keeps the members wanted. The parser works while it is written to. */
export class MemberCollector {
  private readonly archive: string;
  private readonly largest: number;
  private readonly members = new Map<string, Uint8Array>();
  private readonly parser: Parser;
  private failure: RequestError | null = null;
  private offset = 0;

  constructor(archive: string, { names, largest }: { names: readonly string[]; largest: number }) {
    this.archive = archive;
    this.largest = largest;
    this.parser = new Parser({
      strict: true,
      filter: (name, entry) => names.includes(plainName(name)) && isFile(entry),
      onReadEntry: (entry) => this.keep(entry),
    });
    this.parser.on('error', (error: Error) => this.failAs(error));
  }

  write(piece: Uint8Array): void {
    this.parse(() => {
      if (this.offset === 0 && piece[0] === 0x1f) this.fail('packed twice');
      else this.parser.write(piece);
    });
    this.offset += piece.length;
  }

  finish(): Map<string, Uint8Array> {
    this.parse(() => {
      if (this.offset === 0) this.fail('an empty file');
      else this.parser.end();
    });
    return this.members;
  }

  /** What the parser finds wrong it says as an event, or throws. */
  private parse(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.failAs(error as Error);
    }
    if (this.failure) throw this.failure;
  }

  private keep(entry: ReadEntry): void {
    const name = plainName(entry.path);
    const { size } = entry;
    if (this.members.has(name)) this.fail(`${name} is there twice`);
    else if (Number.isSafeInteger(size) && size >= 0 && size <= this.largest) {
      this.members.set(name, collect(entry));
    } else this.fail(`${name} claims ${size} bytes, the limit is ${this.largest}`);
  }

  private failAs({ message }: Error): void {
    this.fail(`not a whole tar archive (${message})`);
  }

  private fail(what: string): void {
    this.failure ??= new RequestError(
      `${this.archive}, after byte ${this.offset} unpacked: ${what}; fetch the file again`,
    );
  }
}

/** The bytes of a member, filled in as they arrive. */
function collect(entry: ReadEntry): Uint8Array {
  const bytes = new Uint8Array(entry.size);
  let filled = 0;
  entry.on('data', (piece) => {
    bytes.set(piece, filled);
    filled += piece.length;
  });
  return bytes;
}

/** `./a/b` and `a/b` are the same member; nothing else is made of a name. */
const plainName = (name: string): string => name.replace(/^\.\//, '');

const isFile = (entry: object): boolean =>
  'type' in entry && (entry.type === 'File' || entry.type === 'OldFile');
