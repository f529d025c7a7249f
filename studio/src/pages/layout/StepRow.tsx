import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { stepName } from '../../../../src/figures/blockParts.ts';
import { type Middle, moveStep, type PlacedStep, placeFor } from './steps.ts';

interface StepRowProps {
  steps: readonly PlacedStep[];
  change(steps: PlacedStep[]): void;
}

/**
 * The branch as a row of blocks: drag them, or move about with the arrow keys, move a block with
 * Shift and an arrow, remove it with Delete.
 */
export function StepRow({ steps, change }: StepRowProps) {
  const list = useRef<HTMLOListElement>(null);
  const [dragged, setDragged] = useState<number | null>(null);
  const [news, setNews] = useState('');
  const latest = useRef(steps);
  latest.current = steps;

  const focus = (index: number) => list.current?.querySelectorAll('button')[index]?.focus();
  /** The place to focus once the steps are drawn anew, before another key can be pressed. */
  const wanted = useRef<number | null>(null);
  useLayoutEffect(() => {
    if (wanted.current !== null) focus(wanted.current);
    wanted.current = null;
  }, [steps]);

  const move = (from: number, to: number) => {
    const place = Math.min(steps.length - 1, Math.max(0, to));
    change(moveStep(steps, from, place));
    setNews(`${stepName(steps[from].step)} moved to place ${place + 1} of ${steps.length}`);
    wanted.current = place;
  };

  const remove = (index: number) => {
    change(steps.filter((_, other) => other !== index));
    setNews(`${stepName(steps[index].step)} removed, ${steps.length - 1} steps left`);
    wanted.current = Math.min(index, steps.length - 2);
  };

  const press = (event: KeyboardEvent, index: number) => {
    const way = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (way && event.shiftKey) move(index, index + way);
    else if (way) focus(Math.min(steps.length - 1, Math.max(0, index + way)));
    else if (event.key === 'Delete' || event.key === 'Backspace') remove(index);
    else return;
    event.preventDefault();
  };

  const drag = (event: PointerEvent, id: number) => {
    if (event.button !== 0) return;
    const follow = (move: PointerEvent) => {
      setDragged(id);
      const others = middlesOf(list.current!, id);
      const place = placeFor({ x: move.clientX, y: move.clientY }, others, 40);
      const from = latest.current.findIndex((other) => other.id === id);
      if (place !== from) change(moveStep(latest.current, from, place));
    };
    const release = () => {
      removeEventListener('pointermove', follow);
      removeEventListener('pointerup', release);
      removeEventListener('pointercancel', release);
      setDragged(null);
    };
    addEventListener('pointermove', follow);
    addEventListener('pointerup', release);
    addEventListener('pointercancel', release);
  };

  return (
    <>
      <ol class="steps" ref={list} aria-label="Steps of a branch" aria-describedby="step-keys">
        {steps.map(({ id, step }, index) => (
          <li key={id} data-step={id}>
            <button
              type="button"
              class={`step ${step.kind} ${dragged === id ? 'dragged' : ''}`}
              aria-label={`${stepName(step)}, step ${index + 1} of ${steps.length}`}
              onKeyDown={(event) => press(event, index)}
              onPointerDown={(event) => drag(event, id)}
            >
              {stepName(step)}
            </button>
          </li>
        ))}
      </ol>
      <p id="step-keys" class="faint small">
        Drag a block, or focus it: <kbd>Shift</kbd> + <kbd>←</kbd> <kbd>→</kbd> moves,{' '}
        <kbd>Delete</kbd> removes.
      </p>
      <p class="visually-hidden" role="status">
        {news}
      </p>
    </>
  );
}

function middlesOf(list: HTMLElement, without: number): Middle[] {
  return [...list.querySelectorAll<HTMLElement>('[data-step]')]
    .filter(({ dataset }) => dataset.step !== String(without))
    .map((item) => {
      const { left, top, width, height } = item.getBoundingClientRect();
      return { x: left + width / 2, y: top + height / 2 };
    });
}
