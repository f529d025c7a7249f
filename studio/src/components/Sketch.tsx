import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { centred } from './centred.ts';

/** Pixels of a side, in which is drawn. */
const side = 280;
const penWidth = 22;

interface Point {
  x: number;
  y: number;
}

interface SketchProps {
  /** Is told after each stroke what has been drawn, white on black and brought to the middle. */
  onDraw(canvas: HTMLCanvasElement): void;
  children?: ComponentChildren;
}

/** A black square to draw into, white. */
export function Sketch({ onDraw, children }: SketchProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => clear(canvas.current!), []);
  const last = useRef<Point | null>(null);
  const stroke = (event: PointerEvent) => {
    const point = pointOf(event);
    draw(canvas.current!, last.current ?? point, point);
    last.current = point;
  };
  const end = () => {
    if (last.current) onDraw(centred(canvas.current!));
    last.current = null;
  };
  return (
    <div class="sketch">
      <canvas
        ref={canvas}
        width={side}
        height={side}
        role="img"
        aria-label="Draw here, with a mouse, pen or finger"
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          stroke(event);
        }}
        onPointerMove={(event) => last.current && stroke(event)}
        onPointerUp={end}
        onPointerCancel={end}
      />
      <p class="sketch-bar">
        <button type="button" onClick={() => clear(canvas.current!)}>
          Clear
        </button>
        {children}
      </p>
    </div>
  );
}

function clear(canvas: HTMLCanvasElement): void {
  const context = canvas.getContext('2d')!;
  context.fillStyle = 'black';
  context.fillRect(0, 0, side, side);
}

/** Draws a line to where the pointer is, from where it was. */
function draw(canvas: HTMLCanvasElement, from: Point, to: Point): void {
  const context = canvas.getContext('2d')!;
  Object.assign(context, { lineCap: 'round', lineWidth: penWidth, strokeStyle: 'white' });
  context.beginPath();
  context.moveTo(from.x, from.y);
  context.lineTo(to.x, to.y);
  context.stroke();
}

/** Where a pointer is, in the canvas's own pixels. */
function pointOf({ offsetX, offsetY, currentTarget }: PointerEvent): Point {
  const scale = side / (currentTarget as HTMLCanvasElement).clientWidth;
  return { x: offsetX * scale, y: offsetY * scale };
}
