import { useMemo } from 'preact/hooks';
import { sharedSquare } from '../../../../src/figures/limits.ts';
import { panelLetter } from '../../../../src/figures/theme.ts';
import type { Tool } from '../../scatter/gestures.ts';
import { Scatter } from '../../scatter/Scatter.tsx';
import { hrefOf } from '../../state/route.ts';
import { columnNote, type FigureRow } from './figures.ts';
import type { RunPlanes } from './planes.ts';
import { type Pointed, type Selection, selectSamples, shows } from './selection.ts';

interface EmbeddingColumnProps {
  planes: RunPlanes;
  rows: readonly FigureRow[];
  column: number;
  columns: number;
  tool: Tool;
  selection: Selection | null;
  hovered: Pointed | null;
  hover(pointed: Pointed | null): void;
  select(selection: Selection | null): void;
}

/** A run's clouds below each other on one scale. */
export function EmbeddingColumn(props: EmbeddingColumnProps) {
  const { planes, rows, column, columns, tool, selection, hovered, hover, select } = props;
  const square = useMemo(
    () => sharedSquare(rows.map(({ cloud }) => planes[cloud])),
    [planes, rows],
  );
  const names = planes.run.images?.classNames ?? [];
  return (
    <div class="embedding-column">
      <h3>
        <a href={hrefOf({ page: 'run', id: planes.run.id })}>{planes.title}</a>
      </h3>
      <p class="faint tiny">{columnNote(planes)}</p>
      {rows.map(({ name, cloud, split }, row) => {
        const plane = planes[cloud];
        const linked = selection?.split === split && shows(plane, selection.labels);
        const pointed = hovered?.split === split && shows(plane, hovered.labels);
        return (
          <figure key={cloud}>
            <Scatter
              cloud={plane}
              square={square}
              classNames={names}
              letter={panelLetter(row * columns + column)}
              label={`${planes.title}: ${name}, ${plane.count} samples`}
              marked={linked ? selection.marked : null}
              hovered={pointed ? hovered.sample : null}
              tool={tool}
              onHover={(sample) =>
                hover(sample === null ? null : { split, labels: plane.labels, sample })
              }
              onLasso={(places) => select(selectSamples(split, plane, places))}
            />
            <figcaption class="faint tiny">{name}</figcaption>
          </figure>
        );
      })}
    </div>
  );
}
