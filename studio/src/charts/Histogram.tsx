interface HistogramProps {
  title: string;
  /** One more than there are counts. */
  edges: readonly number[];
  counts: readonly number[];
  tone: 'forward' | 'backward';
}

const size = { width: 240, height: 72 };

/** A small histogram: bars over a line, the ends of the range below. */
export function Histogram({ title, edges, counts, tone }: HistogramProps) {
  const most = Math.max(1, ...counts);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const [low, high] = [edges[0], edges[edges.length - 1]];
  const unit = size.width / (high - low);
  return (
    <figure class={`histogram ${tone}`}>
      <figcaption>{title}</figcaption>
      <svg
        viewBox={`0 0 ${size.width} ${size.height + 16}`}
        role="img"
        aria-label={`${title}: ${total} coefficients from ${low} to ${high}`}
      >
        {counts.map((count, bin) => {
          const height = (count / most) * (size.height - 4);
          const x = (edges[bin] - low) * unit;
          const width = Math.max(1, (edges[bin + 1] - edges[bin]) * unit - 1);
          return (
            <rect key={edges[bin]} x={x} y={size.height - height} width={width} height={height} />
          );
        })}
        <path d={`M0 ${size.height}.5H${size.width}`} />
        <text x="0" y={size.height + 13}>
          {shortNumber(low)}
        </text>
        <text x={size.width} y={size.height + 13} text-anchor="end">
          {shortNumber(high)}
        </text>
      </svg>
    </figure>
  );
}

const shortNumber = (value: number) => String(Number(value.toPrecision(3))).replace('-', '−');
