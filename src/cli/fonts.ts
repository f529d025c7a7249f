import { fontsNote } from '../figures/fonts.ts';
import { printNote } from './output.ts';

/** Tells where a PNG with these texts will lack letters, since this machine has no font for them. */
export async function tellFonts(texts: readonly string[]): Promise<void> {
  const note = await fontsNote(texts);
  if (note) printNote(note);
}
