import './scatter.css';
import { useEffect, useRef } from 'preact/hooks';
import { classMarks } from '../../../src/figures/classLegend.ts';
import type { Square } from '../../../src/figures/limits.ts';
import { look } from '../state/scheme.ts';
import { attachGestures, resetView, type Tool, zoomView } from './gestures.ts';
import { ScatterPanel } from './panel.ts';
import type { Cloud } from './pick.ts';

interface ScatterProps {
  cloud: Cloud;
  square: Square;
  classNames: readonly string[];
  /** What the picture shows, for those who cannot see it. */
  label: string;
  letter?: string;
  marked?: Uint8Array | null;
  hovered?: number | null;
  tool?: Tool;
  glide?: number;
  onHover?(sample: number | null): void;
  onLasso?(samples: number[]): void;
}

const still = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

/** A cloud of samples in the plane that can be moved, zoomed, pointed at and lassoed. */
export function Scatter(props: ScatterProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const panel = useRef<ScatterPanel | null>(null);
  const latest = useRef(props);
  latest.current = props;
  const content = contentOf(props);

  useEffect(() => {
    const own = new ScatterPanel(canvas.current!, content);
    panel.current = own;
    const release = attachGestures(canvas.current!, own, {
      tool: () => latest.current.tool ?? 'pan',
      hover: (sample) => latest.current.onHover?.(sample),
      lasso: (samples) => latest.current.onLasso?.(samples),
    });
    const sizes = new ResizeObserver(() => own.redraw());
    sizes.observe(canvas.current!);
    return () => {
      release();
      sizes.disconnect();
      own.dispose();
    };
  }, []);
  useEffect(() => panel.current?.show(content));

  const zoom = (factor: number) => () => panel.current && zoomView(panel.current, factor);
  return (
    <div class={`scatter ${props.tool ?? 'pan'}`}>
      <canvas ref={canvas} role="img" aria-label={props.label} />
      <div class="zoom">
        <button type="button" class="quiet" aria-label="Zoom in" onClick={zoom(1.6)}>
          +
        </button>
        <button type="button" class="quiet" aria-label="Zoom out" onClick={zoom(1 / 1.6)}>
          −
        </button>
        <button
          type="button"
          class="quiet"
          aria-label="Show all"
          onClick={() => panel.current && resetView(panel.current)}
        >
          ⤢
        </button>
      </div>
    </div>
  );
}

function contentOf(props: ScatterProps) {
  const { cloud, square, classNames, letter = '', marked = null, hovered = null } = props;
  const glide = still() ? 0 : (props.glide ?? 0);
  return {
    cloud,
    square,
    marks: classMarks(classNames),
    letter,
    look: look.value,
    marked,
    hovered,
    glide,
  };
}
