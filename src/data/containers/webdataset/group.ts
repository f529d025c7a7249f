import { refusal } from '../refusal.ts';
import type { TarMember } from './members.ts';

/** The files of one sample by their endings, `cls`, `cls.txt`, `png`. */
export interface SampleFiles {
  key: string;
  files: Map<string, Uint8Array>;
}

/** No sample has more files, nor has a group of samples whose names have dots. */
const mostFiles = 4096;
const mostBytes = 2 ** 30;

/** Endings of two parts that are read as one. */
const doubleEndings = ['cls.txt', 'cls.json', 'label.txt'];

/**
 * Groups the members of a tar into samples, as WebDataset does: neighbours of one name up to its
 * first dot belong together, and what follows is a file's ending.
 *
 * Where names themselves have dots (`x_0.0.png`, `x_0.1.png`), WebDataset takes many samples for
 * one. Here, where every ending of a group is of more parts than one, its samples are told apart
 * by the last dot.
 *
 * @throws RequestError for a file that is there twice, and for a group of too many
 */
export async function* sampleGroups(
  members: Iterable<TarMember> | AsyncIterable<TarMember>,
  archive: string,
): AsyncGenerator<SampleFiles> {
  let group: SampleFiles = { key: '', files: new Map() };
  let bytes = 0;
  for await (const member of members) {
    const named = splitName(member.name);
    if (!named) continue;
    if (group.key !== named.key) {
      yield* separated(group);
      group = { key: named.key, files: new Map() };
      bytes = 0;
    }
    bytes += member.bytes.length;
    add(group, named.ending, member, bytes, archive);
  }
  yield* separated(group);
}

/** Key and ending of a member; null for one without an ending, or hidden. */
function splitName(name: string): { key: string; ending: string } | null {
  const [, key, ending] = /^((?:.*\/)?[^/.][^/.]*)\.([^/]+)$/.exec(name) ?? [];
  return key === undefined ? null : { key, ending };
}

function add(
  { key, files }: SampleFiles,
  ending: string,
  member: TarMember,
  bytes: number,
  archive: string,
) {
  const subject = `${archive}, sample ${key}`;
  if (files.has(ending))
    throw refusal(subject, `${member.name} is there twice`, 'write the archive again');
  files.set(ending, member.bytes);
  if (files.size <= mostFiles && bytes <= mostBytes) return;
  const what = `has ${files.size} files of ${bytes} bytes, the limits are ${mostFiles} and ${mostBytes}`;
  throw refusal(subject, what, 'let the names of samples have no dots');
}

function* separated({ key, files }: SampleFiles): Generator<SampleFiles> {
  if (files.size === 0) return;
  const endings = [...files.keys()].map((ending) => ({ ending, ...cut(ending) }));
  if (endings.some(({ before }) => before === '')) {
    yield { key, files };
    return;
  }
  const samples = new Map<string, SampleFiles>();
  for (const { ending, before, last } of endings) {
    const own = samples.get(before) ?? { key: `${key}.${before}`, files: new Map() };
    own.files.set(last, files.get(ending)!);
    samples.set(before, own);
  }
  yield* samples.values();
}

/** What stands before an ending's last part. */
function cut(ending: string): { before: string; last: string } {
  const double = doubleEndings.find((end) => ending === end || ending.endsWith(`.${end}`));
  const last = double ?? ending.slice(ending.lastIndexOf('.') + 1);
  return { before: ending.slice(0, -last.length).replace(/\.$/, ''), last };
}
