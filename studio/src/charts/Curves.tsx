import './charts.css';
import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { look } from '../state/scheme.ts';
import { type CurveChart, curveOptions } from './options.ts';
import { alignLines } from './table.ts';

interface CurvesProps extends Omit<CurveChart, 'width' | 'height'> {
  height?: number;
  /** What the chart shows, for those who cannot see it. */
  label: string;
}

/** Lines with a legend that tells the values under the pointer. */
export function Curves({ lines, x, y, height = 240, label }: CurvesProps) {
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const theme = look.value;
  const shape = JSON.stringify([lines.map(({ name, style }) => [name, style]), x, y, height]);

  // Shape stands for lines and axes.
  useEffect(() => {
    const element = host.current!;
    const options = curveOptions({ lines, x, y, height, width: element.clientWidth }, theme);
    const own = new uPlot(options, alignLines(lines) as uPlot.AlignedData, element);
    plot.current = own;
    const sizes = new ResizeObserver(() => own.setSize({ width: element.clientWidth, height }));
    sizes.observe(element);
    return () => {
      sizes.disconnect();
      own.destroy();
      plot.current = null;
    };
  }, [shape, theme]);
  useEffect(() => plot.current?.setData(alignLines(lines) as uPlot.AlignedData), [lines]);

  return <div class="curves" role="img" aria-label={label} ref={host} />;
}
