import type { TargetedMouseEvent } from 'preact';
import {
  extentOf,
  type Grid,
  gridOf,
  strengthOf,
  strongCell,
} from '../../../../../src/figures/confusionGrid.ts';
import type { RunAssessment } from '../../../../../src/server/assessments.ts';
import { Scroll } from '../../../components/Scroll.tsx';
import type { Cell } from './CellImages.tsx';

interface MatrixProps {
  assessment: RunAssessment;
  cell: Cell | null;
  choose(cell: Cell | null): void;
}

/** The confusion matrix, a row a true class. A cell is chosen by pointing, or by two lists. */
export function Matrix({ assessment, cell, choose }: MatrixProps) {
  const { classNames, confusion } = assessment;
  const grid = gridOf(classNames);
  const { width, height } = extentOf(grid);
  const { left, top, side } = grid;
  const size = { x: left, y: top, width: side, height: side };
  return (
    <div class="stack">
      <Scroll label="Confusion matrix">
        <svg
          class="confusion"
          style={{ width: `${width}px` }}
          viewBox={`0 0 ${width} ${height}`}
          role="img"
          aria-label="Confusion matrix: a row a true class, a column a predicted one"
        >
          <rect class="ground" {...size} />
          <Cells confusion={confusion} grid={grid} />
          <Names grid={grid} />
          {grid.numbered && <Shares assessment={assessment} grid={grid} />}
          {cell && <Frame cell={cell} grid={grid} />}
          {/* biome-ignore lint/a11y/noStaticElementInteractions: the lists below do the same by keys */}
          <rect
            class="target"
            {...size}
            onClick={(event) => choose(cellAt(event, classNames.length))}
          />
        </svg>
      </Scroll>
      <CellLists names={classNames} cell={cell} choose={choose} />
    </div>
  );
}

function cellAt(event: TargetedMouseEvent<SVGRectElement>, classes: number): Cell {
  const { left, top, width } = event.currentTarget.getBoundingClientRect();
  const at = (distance: number) =>
    Math.min(classes - 1, Math.max(0, Math.floor((classes * distance) / width)));
  return { label: at(event.clientY - top), predicted: at(event.clientX - left) };
}

function Cells({ confusion, grid }: { confusion: RunAssessment['confusion']; grid: Grid }) {
  const { cell, left, top, numbered } = grid;
  const size = cell - (cell > 8 ? 1 : 0);
  return (
    <>
      {confusion.flatMap((row, k) => {
        const total = row.reduce((sum, count) => sum + count, 0);
        return row.map((count, predicted) => {
          if (count === 0) return null;
          const [x, y] = [left + predicted * cell, top + k * cell];
          const strength = strengthOf(count, total);
          const text = count.toLocaleString('en');
          return (
            <g key={`${k} ${predicted}`}>
              <rect
                class={predicted === k ? 'right' : 'wrong'}
                {...{ x, y, width: size, height: size }}
                fill-opacity={strength}
              />
              {numbered && (
                <text
                  class={strength > strongCell ? 'count strong' : 'count'}
                  x={x + size / 2}
                  y={y + size / 2 + 4.5}
                  font-size={Math.min(12.5, (1.65 * (cell - 4)) / text.length)}
                >
                  {text}
                </text>
              )}
            </g>
          );
        });
      })}
    </>
  );
}

function Names({ grid }: { grid: Grid }) {
  const { names, slanted, nameSize, cell, left, top, side } = grid;
  return (
    <>
      {names.map((name, k) => {
        const middle = (k + 0.5) * cell;
        const [x, y] = [left + middle, top - 7];
        const turn = slanted ? `rotate(-45 ${x} ${y})` : undefined;
        return (
          <g key={k} font-size={nameSize}>
            <text x={left - 8} y={top + middle + 0.35 * nameSize} text-anchor="end">
              {name}
            </text>
            <text
              x={slanted ? x + 2 : x}
              y={y}
              transform={turn}
              text-anchor={slanted ? 'start' : 'middle'}
            >
              {name}
            </text>
          </g>
        );
      })}
      <text class="axis" x={left + side / 2} y={26}>
        predicted class
      </text>
      <text class="axis" transform={`translate(26 ${top + side / 2}) rotate(-90)`}>
        true class
      </text>
    </>
  );
}

function Shares({ assessment, grid }: { assessment: RunAssessment; grid: Grid }) {
  const { cell, left, top, side } = grid;
  const digits = cell >= 40 ? 1 : 0;
  const text = (share: { share: number } | null) =>
    share === null ? '–' : (100 * share.share).toFixed(digits);
  return (
    <g class="shares">
      {assessment.perClass.map(({ recall, precision }, k) => {
        const middle = (k + 0.5) * cell;
        return (
          <g key={k}>
            <text x={left + side + 10} y={top + middle + 4}>
              {text(recall)}
            </text>
            <text x={left + middle} y={top + side + 17} text-anchor="middle">
              {text(precision)}
            </text>
          </g>
        );
      })}
      <text x={left + side + 10} y={top - 7}>
        recall %
      </text>
      <text x={left - 8} y={top + side + 17} text-anchor="end">
        precision %
      </text>
    </g>
  );
}

function Frame({ cell: { label, predicted }, grid }: { cell: Cell; grid: Grid }) {
  const { cell, left, top } = grid;
  const place = { x: left + predicted * cell - 1, y: top + label * cell - 1 };
  return <rect class="chosen" {...place} width={cell + 1} height={cell + 1} />;
}

function CellLists({ names, cell, choose }: Omit<MatrixProps, 'assessment'> & { names: string[] }) {
  const list = (title: string, key: keyof Cell) => (
    <label>
      <span class="faint tiny">{title}</span>
      <select
        value={cell?.[key] ?? ''}
        onChange={(event) => {
          const chosen = Number(event.currentTarget.value);
          const start = cell ?? { label: chosen, predicted: chosen };
          choose({ ...start, [key]: chosen });
        }}
      >
        {!cell && <option value="">–</option>}
        {names.map((name, k) => (
          <option key={k} value={k}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <div class="cell-lists">
      {list('True class', 'label')}
      {list('Predicted class', 'predicted')}
    </div>
  );
}
