import { keptStudy } from './kept.ts';
import { type Report, writeReport } from './report/write.ts';

/**
 * Writes the report of the study in a folder, whichever it is, from those of its runs that are
 * trained by now; they may be training elsewhere.
 *
 * @throws RequestError where the folder holds no study that this version knows, or no run of it is
 *   trained yet
 */
export async function reportStudy(out: string): Promise<Report<object>> {
  const { study } = await keptStudy(out);
  return writeReport(study, out);
}
