import { mkdir } from 'node:fs/promises';
import { isAbsolute, join, relative } from 'node:path';
import { writeWhole } from '../runs/atomic.ts';
import { describeIdentity } from '../runs/identity.ts';
import type { RunResult } from '../runs/lifecycle.ts';
import type { EpochEvent } from '../runs/metrics.ts';
import { storing } from '../runs/storing.ts';
import { judgeClaims } from './claims.ts';
import { drawFigures } from './figures.ts';
import { measureObservations, type Observations } from './observations.ts';
import type { ReportFigure } from './report/figures.ts';
import { renderReport } from './report/page.ts';
import { groupByModel } from './statistics.ts';
import type { Study, StudyRun } from './study.ts';
import { type RunSummary, type Summary, summarySchema } from './summary.ts';

/** A run that is trained to its end, with all that a report needs of it. */
export interface TrainedRun {
  run: StudyRun;
  result: RunResult;
  epochs: EpochEvent[];
  observations: Observations;
}

/** What a study leaves behind, besides the folders of its runs. */
export interface Results {
  summary: Summary;
  summaryPath: string;
  reportPath: string;
}

/** Measures and judges the trained runs, and writes `figures/`, `summary.json`, `report.html`. */
export async function writeResults(
  study: Study,
  trained: readonly TrainedRun[],
  out: string,
): Promise<Results> {
  const summary = summarise(study, trained);
  const figures = drawFigures(study, trained);
  await storing(out, () => mkdir(join(out, 'figures'), { recursive: true }));
  await Promise.all(figures.map((figure) => writeFigure(figure, out)));
  const summaryPath = join(out, 'summary.json');
  const reportPath = join(out, 'report.html');
  await writeWhole(summaryPath, `${JSON.stringify(summary, null, 2)}\n`);
  await writeWhole(reportPath, renderReport(summary, figures));
  return { summary, summaryPath, reportPath };
}

/** The summary of a study: every run with its measures, and the claims held against them. */
export function summarise(study: Study, trained: readonly TrainedRun[]): Summary {
  const { name, title, about, dataset, standInFor, claims, command, threads } = study;
  const runs = trained.map(summariseRun);
  const { shakelab, commit, node, ...machine } = describeIdentity();
  return summarySchema.parse({
    study: name,
    title,
    about,
    dataset: dataset.name,
    data: {
      title: dataset.title,
      source: portable(dataset.source),
      shape: [dataset.channels, dataset.height, dataset.width],
    },
    standInFor,
    runs,
    claims: judgeClaims(claims, groupByModel(runs)),
    command,
    threads,
    finishedAt: new Date().toISOString(),
    seconds: runs.reduce((sum, { seconds }) => sum + seconds, 0),
    code: { shakelab, commit, node },
    machine,
  });
}

function summariseRun({ run, result, epochs, observations }: TrainedRun): RunSummary {
  const { parameters, trainLoss, trainError, testLoss, testError } = result;
  const { imagesPerSecond, seconds } = result;
  return {
    id: run.id,
    model: run.model,
    ...run.config,
    parameters,
    trainCount: observations.trainMode.count,
    testCount: observations.test.count,
    ...{ trainLoss, trainError, testLoss, testError, imagesPerSecond, seconds },
    ...measureObservations(observations),
    curve: epochs,
  };
}

/** A folder as seen from here: a report need not tell where its author's home is. */
function portable(source: string): string {
  return isAbsolute(source) ? relative(process.cwd(), source) || '.' : source;
}

function writeFigure({ file, content }: ReportFigure, out: string): Promise<void> {
  return writeWhole(join(out, 'figures', file), content);
}
