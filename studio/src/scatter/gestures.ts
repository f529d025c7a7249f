import type { Square } from '../../../src/figures/limits.ts';
import type { ScatterPanel } from './panel.ts';
import { nearestSample, samplesWithin } from './pick.ts';
import { type Point, panBy, toPlane, zoomAt } from './view.ts';

export type Tool = 'pan' | 'lasso';

/** What gestures on a panel do. */
export interface GestureHandlers {
  tool(): Tool;
  hover(sample: number | null): void;
  lasso(samples: number[]): void;
}

const reachPixels = 12;

/** What a pointer that is down is doing. */
type Gesture =
  | { kind: 'pan'; from: Point; square: Square }
  | { kind: 'lasso'; outline: Point[] }
  | { kind: 'pinch'; apart: number; square: Square };

/**
 * Hover tells the sample below; dragging pans or draws a lasso (with Shift always a lasso); the
 * wheel with Ctrl or ⌘, and two fingers, zoom; a double click goes back.
 *
 * @returns a function that stops listening
 */
export function attachGestures(
  canvas: HTMLCanvasElement,
  panel: ScatterPanel,
  handlers: GestureHandlers,
): () => void {
  const down = new Map<number, Point>();
  let gesture: Gesture | null = null;

  const start = (event: PointerEvent) => {
    const at = pointOf(event);
    down.set(event.pointerId, at);
    canvas.setPointerCapture(event.pointerId);
    if (down.size === 2) {
      panel.lasso = [];
      gesture = { kind: 'pinch', apart: spread(down), square: panel.square };
    } else if (event.shiftKey || handlers.tool() === 'lasso') {
      gesture = { kind: 'lasso', outline: [at] };
    } else gesture = { kind: 'pan', from: at, square: panel.square };
  };

  const move = (event: PointerEvent) => {
    const at = pointOf(event);
    if (!down.has(event.pointerId)) return handlers.hover(sampleAt(panel, at));
    down.set(event.pointerId, at);
    if (gesture?.kind === 'pan') panel.zoomed = panBy(gesture.square, panel.box, gesture.from, at);
    else if (gesture?.kind === 'pinch') pinch(panel, gesture, down);
    else if (gesture) {
      gesture.outline.push(at);
      panel.lasso = gesture.outline;
    }
  };

  const end = (event: PointerEvent) => {
    down.delete(event.pointerId);
    if (gesture?.kind === 'lasso' && event.type === 'pointerup') {
      const outline = gesture.outline.map((point) => toPlane(panel.square, panel.box, point));
      handlers.lasso(samplesWithin(panel.cloud, outline));
    }
    panel.lasso = [];
    gesture = null;
  };

  const wheel = (event: WheelEvent) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    panel.zoomed = zoomAt(panel.square, panel.box, pointOf(event), 2 ** (-event.deltaY / 200));
  };

  const abort = new AbortController();
  const { signal } = abort;
  canvas.addEventListener('pointerdown', start, { signal });
  canvas.addEventListener('pointermove', move, { signal });
  canvas.addEventListener('pointerup', end, { signal });
  canvas.addEventListener('pointercancel', end, { signal });
  canvas.addEventListener('pointerleave', () => handlers.hover(null), { signal });
  canvas.addEventListener('wheel', wheel, { signal, passive: false });
  canvas.addEventListener('dblclick', () => resetView(panel), { signal });
  return () => abort.abort();
}

/** Goes back to the view at rest. */
export function resetView(panel: ScatterPanel): void {
  panel.zoomed = null;
}

/** Zooms about the middle, for buttons. */
export function zoomView(panel: ScatterPanel, factor: number): void {
  const { x, y, size } = panel.box;
  panel.zoomed = zoomAt(panel.square, panel.box, { x: x + size / 2, y: y + size / 2 }, factor);
}

function sampleAt(panel: ScatterPanel, at: Point): number | null {
  const { square, box } = panel;
  const reach = (reachPixels * 2 * square.half) / box.size;
  return nearestSample(panel.cloud, toPlane(square, box, at), reach);
}

function pinch(
  panel: ScatterPanel,
  { apart, square }: Extract<Gesture, { kind: 'pinch' }>,
  down: ReadonlyMap<number, Point>,
): void {
  const [first, second] = down.values();
  if (!second) return;
  const middle = { x: (first.x + second.x) / 2, y: (first.y + second.y) / 2 };
  panel.zoomed = zoomAt(square, panel.box, middle, spread(down) / apart);
}

function spread(down: ReadonlyMap<number, Point>): number {
  const [first, second] = down.values();
  return Math.max(1, Math.hypot(first.x - second.x, first.y - second.y));
}

function pointOf(event: MouseEvent): Point {
  return { x: event.offsetX, y: event.offsetY };
}
