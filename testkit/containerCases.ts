import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Contents, PixelPart, Sample, SplitName } from '../src/data/containers/contents.ts';

const fixtures = join(import.meta.dirname, 'fixtures', 'data');

/** The path of a file that `make_fixtures.py` wrote. */
export const fixturePath = (name: string): string => join(fixtures, name);

/** Its bytes. */
export const fixtureBytes = (name: string): Uint8Array => readFileSync(fixturePath(name));

/** A folder with files of more tools, or null; says so when it is null. */
export const casesFolder = findCases();

/** The labels of the twelve pictures, and the names of their classes. */
export const caseLabels = [3, 1, 2, 0, 2, 1, 3, 3, 0, 1, 2, 0];
export const caseNames = ['bird', 'cat', 'dog', 'frog'];
export const caseTexts = caseLabels.map((label) => caseNames[label]);

/** The pictures [count][channels][height][width] from `first` on, by the formula of all fixtures. */
export function casePixels(
  count: number,
  { height = 5, width = 7, channels = 1, first = 0 } = {},
): number[] {
  const sizes = [count, channels, height, width];
  const length = sizes.reduce((product, size) => product * size, 1);
  return Array.from({ length }, (_, at) => {
    const column = at % width;
    const row = Math.floor(at / width) % height;
    const channel = Math.floor(at / (width * height)) % channels;
    const k = first + Math.floor(at / (width * height * channels));
    return (17 * k + 7 * row + 3 * column + 50 * channel) % 256;
  });
}

/** The part of a split, which must be of pixels. */
export function pixelPart({ parts }: Contents, split: SplitName | null = null): PixelPart {
  const part = parts.find((own) => own.split === split);
  if (part?.kind === 'pixels') return part;
  throw new Error(`there are no pixels of ${split}`);
}

/** All samples of a container, one split after the other. */
export async function allSamples({ parts }: Contents): Promise<Sample[]> {
  const samples: Sample[] = [];
  for (const part of parts) {
    if (part.kind === 'samples') for await (const sample of part.samples()) samples.push(sample);
  }
  return samples;
}

/** The bytes of a sample's picture, which must be a file. */
export function fileOf({ picture }: Sample): Uint8Array {
  if ('bytes' in picture) return picture.bytes;
  throw new Error('the picture is no file in memory');
}

function findCases(): string | null {
  const places = [process.env.SHAKELAB_CASES, '../shared/cases'].filter((place) => !!place);
  const found = places.map((place) => join(place!, 'round2')).find(existsSync);
  if (!found) console.log(`files of more tools are not read: no round2 in ${places.join(' or ')}`);
  return found ?? null;
}
