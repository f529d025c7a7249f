import { fontsNote } from '../../figures/fonts.ts';
import type { ReportFigure } from './figures.ts';

/** A report's figures, and what its pictures lack. */
interface ToldFigures {
  figures: ReportFigure[];
  /** Letters that no font of this machine has; null where nothing is lacking. */
  note: string | null;
}

/**
 * Says below every PNG which letters it lacks, since this machine has no font for them. Letters of an
 * SVG are those of the machine that shows it.
 */
export async function tellFonts(
  figures: readonly ReportFigure[],
  classNames: readonly string[],
): Promise<ToldFigures> {
  const isPicture = ({ file }: ReportFigure) => file.endsWith('.png');
  const note = figures.some(isPicture) ? await fontsNote(classNames) : null;
  if (note === null) return { figures: [...figures], note };
  const told = (figure: ReportFigure) => ({ ...figure, caption: `${figure.caption} (${note}.)` });
  return { figures: figures.map((own) => (isPicture(own) ? told(own) : own)), note };
}
