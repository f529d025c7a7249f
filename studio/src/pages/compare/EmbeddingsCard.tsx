import { useState } from 'preact/hooks';
import { looking } from '../../api/live.ts';
import { ClassLegend } from '../../components/ClassLegend.tsx';
import { ExportMenu } from '../../components/ExportMenu.tsx';
import { Switch } from '../../components/Switch.tsx';
import type { Tool } from '../../scatter/gestures.ts';
import { EmbeddingColumn } from './EmbeddingColumn.tsx';
import { embeddingExports } from './embeddingExports.ts';
import { type FigureKey, figures } from './figures.ts';
import {
  misclassified,
  type Pointed,
  type Selection,
  samplesOfClass,
  selectSamples,
  shows,
} from './selection.ts';
import type { Compared } from './useCompared.ts';

interface EmbeddingsCardProps {
  compared: Compared;
  selection: Selection | null;
  select(selection: Selection | null): void;
  hovered: Pointed | null;
  hover(pointed: Pointed | null): void;
}

const figureNames = (Object.keys(figures) as FigureKey[]).map(
  (key) => [key, figures[key].short] as const,
);
const toolNames: [Tool, string][] = [
  ['lasso', 'Lasso'],
  ['pan', 'Move'],
];

/** The paper's Fig. 3 or 4 with a column a run; a sample marked in one plot is marked in all. */
export function EmbeddingsCard({
  compared,
  selection,
  select,
  hovered,
  hover,
}: EmbeddingsCardProps) {
  const [figure, setFigure] = useState<FigureKey>('train-test');
  const [tool, setTool] = useState<Tool>('lasso');
  const [chosen, setChosen] = useState<number | null>(null);
  const { planes, pending } = compared;
  const names = planes[0]?.run.images?.classNames ?? [];
  const choose = (next: Selection | null, index: number | null = null) => {
    setChosen(index);
    select(next);
  };
  const first = planes[0];
  return (
    <section class="card" aria-labelledby="figure-title">
      <header>
        <h2 id="figure-title">{figures[figure].title}</h2>
        <div class="row">
          <Switch
            label="Figure"
            options={figureNames}
            value={figure}
            choose={(next) => setFigure(next)}
          />
          <Switch label="Tool" options={toolNames} value={tool} choose={(next) => setTool(next)} />
          {first && <ExportMenu name="embeddings" items={embeddingExports(planes, figure)} />}
        </div>
      </header>
      <div class="scroll">
        <div class="embedding-grid">
          {planes.map((own, column) => (
            <EmbeddingColumn
              key={own.run.id}
              planes={own}
              rows={figures[figure].rows}
              column={column}
              columns={planes.length + pending.length}
              tool={tool}
              selection={selection}
              hovered={hovered}
              hover={hover}
              select={choose}
            />
          ))}
          {pending.map(({ id, title }) => (
            <div class="skeleton column-room" key={id} aria-busy="true">
              <h3>{title}</h3>
              <p class="faint small" role="status">
                {looking.value.get(id) ?? 'waiting for its turn'} …
              </p>
            </div>
          ))}
        </div>
      </div>
      {first && (
        <div class="row between">
          <ClassLegend
            names={names}
            chosen={chosen}
            onChoose={(index) => {
              const { test } = first;
              const places = samplesOfClass(test, index);
              if (index === chosen) choose(null);
              else choose(selectSamples('test', test, places), index);
            }}
          />
          <div class="row">
            <button
              type="button"
              onClick={() => {
                const tests = planes.map(({ test }) => test);
                const alike = tests.filter((test) => shows(test, first.test.labels));
                choose(selectSamples('test', first.test, misclassified(alike)));
              }}
            >
              Mark misclassified
            </button>
            <button type="button" disabled={!selection} onClick={() => choose(null)}>
              Clear
            </button>
          </div>
        </div>
      )}
    </section>
  );
}
