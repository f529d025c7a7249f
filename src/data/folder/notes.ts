import type { DecodedFile } from './decoded.ts';

/** What a user should know of images that were read: pages left out, values cut, unused depth. */
export function imageNotes(files: readonly DecodedFile[]): string[] {
  return [pagesNote(files), clippedNote(files), depthNote(files)].filter((note) => note !== null);
}

function pagesNote(files: readonly DecodedFile[]): string | null {
  const several = files.filter(({ facts }) => facts.pages !== undefined);
  if (several.length === 0) return null;
  const [{ path, facts }] = several;
  return (
    `${several.length} of ${files.length} files have several pages or frames, of which the first is ` +
    `read: ${path} has ${facts.pages}`
  );
}

function clippedNote(files: readonly DecodedFile[]): string | null {
  const cut = files.filter(({ facts }) => facts.clipped !== undefined);
  if (cut.length === 0) return null;
  const share = ((cut[0].facts.clipped ?? 0) * 100).toPrecision(2);
  return (
    `${cut.length} of ${files.length} files have values outside of the range, which are cut to it: ` +
    `${cut[0].path} has ${share} % of them`
  );
}

/** Files of 12 bits in words of 16, and the like: no value comes near the end of the scale. */
function depthNote(files: readonly DecodedFile[]): string | null {
  const deep = files.flatMap(({ facts }) => facts.deep ?? []);
  if (deep.length === 0) return null;
  const high = Math.max(...deep.map((own) => own.high));
  const low = Math.min(...deep.map((own) => own.low));
  const { scale } = deep[0];
  if (scale.high <= 255 || high > scale.high / 2 || files.some(({ facts }) => facts.clipped)) {
    return null;
  }
  const least = Math.min(low, 0);
  const bits = 2 ** Math.ceil(Math.log2(high + 1)) - 1;
  return (
    `values go from ${low} to ${high} where the files could hold ${scale.low} to ${scale.high}: should ` +
    `${bits} be white, give the image range ${least}:${bits}`
  );
}
