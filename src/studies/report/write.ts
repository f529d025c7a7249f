import { join } from 'node:path';
import { option, RequestError } from '../../errors.ts';
import { documentText } from '../../files/document.ts';
import { makeFolder } from '../../files/folders.ts';
import { reportName, studySummaryName } from '../../files/studyNames.ts';
import { writeWhole } from '../../runs/atomic.ts';
import { imagesIn } from '../../runs/describe.ts';
import { storing } from '../../runs/storing.ts';
import { readPlan } from '../plan.ts';
import { sheetFigures } from '../sheets.ts';
import type { Study, StudyTypes } from '../study.ts';
import { summaryKind } from '../summary.ts';
import { trainedRuns } from '../trained.ts';
import type { ReportFigure } from './figures.ts';
import { tellFonts } from './fonts.ts';

/** What a study leaves behind, besides the folders of its runs. */
export interface Report<Found extends object> {
  summary: Found;
  summaryPath: string;
  reportPath: string;
  /** What the pictures lack that this machine drew, or null. */
  note: string | null;
}

/**
 * Writes `figures/`, `summary.json` and `report.html` of the study in a folder from those of its runs
 * that are trained by now: from its plan and their folders, and nothing else.
 *
 * @throws RequestError where the folder holds no such study, or no run of it is trained yet
 */
export async function writeReport<T extends StudyTypes>(
  study: Study<T>,
  out: string,
): Promise<Report<T['summary']>> {
  const plan = await readPlan(out);
  if (plan.study !== study.name) {
    const remedy = 'give the folder of that study, or ask for its report by its own command';
    throw new RequestError(`${option('out')} ${out}: holds the study ${plan.study}; ${remedy}`);
  }
  const trained = await trainedRuns(study, plan.runs, out);
  if (trained.length === 0) {
    const rule = `none of the study's ${plan.runs.length} runs is trained yet`;
    throw new RequestError(
      `${option('out')} ${out}: ${rule}; train it by the same command without ${option('reportOnly')}`,
    );
  }
  const summary = await study.analyse(plan, trained);
  const drawn = [
    ...(await study.figures(summary, plan, trained)),
    ...(await sheetFigures(out, plan.runs)),
  ];
  const { figures, note } = await tellFonts(drawn, imagesIn(trained[0].record).classNames);
  const page = await study.page(summary, figures);
  return { ...(await keep(out, summary, figures, page)), note };
}

async function keep<Found extends object>(
  out: string,
  summary: Found,
  figures: readonly ReportFigure[],
  page: string,
): Promise<Omit<Report<Found>, 'note'>> {
  await storing(out, () => makeFolder(join(out, 'figures')));
  const files = figures.flatMap(({ file, content, drawing }) => [
    { file, content },
    ...(drawing === undefined ? [] : [{ file: file.replace(/png$/, 'svg'), content: drawing }]),
  ]);
  await Promise.all(
    files.map(({ file, content }) => writeWhole(join(out, 'figures', file), content)),
  );
  const summaryPath = join(out, studySummaryName);
  const reportPath = join(out, reportName);
  await writeWhole(summaryPath, documentText(summaryKind, summary));
  await writeWhole(reportPath, page);
  return { summary, summaryPath, reportPath };
}
