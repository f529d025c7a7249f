import './classes.css';
import { useState } from 'preact/hooks';
import { drawConfusion } from '../../../../../src/figures/confusion.ts';
import type { RunAssessment } from '../../../../../src/server/assessments.ts';
import type { RunDetail } from '../../../../../src/server/resources/runs.ts';
import { percent, wholeNumber } from '../../../../../src/text/text.ts';
import { api, json } from '../../../api/client.ts';
import { ExportMenu } from '../../../components/ExportMenu.tsx';
import { Problem } from '../../../components/Notice.tsx';
import { csvText } from '../../../export/csv.ts';
import { saveCsv, svgExports } from '../../../export/save.ts';
import { useLoaded } from '../../../state/useLoaded.ts';
import { type Cell, CellImages } from './CellImages.tsx';
import { ClassTable } from './ClassTable.tsx';
import { Matrix } from './Matrix.tsx';
import { Reliability } from './Reliability.tsx';

/** What a run makes of each class: the confusion matrix, whose cells open their images, and more. */
export function ClassesCard({ run }: { run: RunDetail }) {
  const { value, error } = useLoaded(`${run.id} ${run.state}`, () =>
    json(api.runs[':id'].classes.$get({ param: { id: run.id } })),
  );
  if (error) return <Problem>{error}</Problem>;
  if (!value) return <div class="card skeleton" aria-busy="true" />;
  const { assessment, missing } = value;
  return (
    <section class="card classes" aria-label="Each class">
      <header>
        <h2>Each class {assessment && <span class="faint small">{headline(assessment)}</span>}</h2>
        {assessment && <ExportMenu name="classes" items={exportsOf(run, assessment)} />}
      </header>
      {assessment ? (
        <Assessed run={run} assessment={assessment} />
      ) : (
        <p class="faint">{sentence(missing ?? '')}</p>
      )}
    </section>
  );
}

function Assessed({ run, assessment }: { run: RunDetail; assessment: RunAssessment }) {
  const [cell, setCell] = useState<Cell | null>(null);
  return (
    <>
      <div class="class-grid">
        <div class="stack">
          <Matrix assessment={assessment} cell={cell} choose={setCell} />
          <Reliability assessment={assessment} />
        </div>
        <CellImages run={run} assessment={assessment} cell={cell} choose={setCell} />
      </div>
      <ClassTable assessment={assessment} />
    </>
  );
}

function headline({ samples, accuracy, balancedAccuracy }: RunAssessment): string {
  const error = accuracy ? percent(100 * (1 - accuracy.share)) : '–';
  const balanced = balancedAccuracy ? percent(100 * (1 - balancedAccuracy.share)) : '–';
  return `${wholeNumber(samples)} test images, error ${error}, mean over the classes ${balanced}`;
}

function exportsOf({ name }: RunDetail, { classNames, confusion }: RunAssessment) {
  const file = `${name.replaceAll('/', '-')}-confusion`;
  const title = `Confusion matrix of ${name}`;
  const rows = confusion.map((row, k) => [classNames[k], ...row]);
  return [
    ...svgExports(file, () => drawConfusion({ title, classNames, confusion })),
    {
      format: 'CSV',
      run: () => saveCsv(file, csvText(['true \\ predicted', ...classNames], rows)),
    },
  ];
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
