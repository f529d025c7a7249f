import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { create, type Font } from 'fontkit';
import { option, RequestError } from '../../errors.ts';
import { packageFolder } from '../../package.ts';

/** A font as a PDF takes it in, and what asks it for letters. */
export interface PdfFont {
  file: Buffer;
  has(letter: string): boolean;
}

/** Where the build leaves DejaVu Sans. */
const builtFolder = join(packageFolder, 'dist', 'vendor', 'fonts');

/**
 * One of the fonts that every PDF has, the same on every machine.
 *
 * @throws RequestError where they are not built
 */
export function ownFont(name: 'DejaVuSans' | 'DejaVuSans-Bold'): PdfFont {
  const path = join(builtFolder, `${name}.ttf.br`);
  try {
    return opened(brotliDecompressSync(readFileSync(path)));
  } catch {
    throw new RequestError(`${path}: the font is not built; run \`npm run build\` first`);
  }
}

/** A font of the user's, for what the own ones lack. @throws RequestError where it is none */
export function givenFont(file: Buffer, name: string): PdfFont {
  try {
    return opened(file);
  } catch {
    throw new RequestError(
      `${option('font')} ${name}: no font that a PDF can hold; give a TrueType or OpenType file, .ttf or .otf`,
    );
  }
}

function opened(file: Buffer): PdfFont {
  const font = create(file) as Font;
  const known = new Set(font.characterSet);
  return { file, has: (letter) => known.has(letter.codePointAt(0)!) };
}
