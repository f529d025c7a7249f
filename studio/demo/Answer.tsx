import { useEffect, useRef } from 'preact/hooks';
import type { PageFacts } from '../../src/exports/page/page.ts';
import { shown } from './picture.ts';

interface AnswerProps {
  facts: PageFacts;
  image: Uint8Array;
  probabilities: Float32Array;
}

/** Classes that are told. */
const mostClasses = 5;

/** What the net saw, and the most probable classes. */
export function Answer({ facts, image, probabilities }: AnswerProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => canvas.current!.getContext('2d')!.putImageData(shown(image, facts), 0, 0));
  const order = Array.from(probabilities.keys()).sort(
    (a, b) => probabilities[b] - probabilities[a],
  );
  return (
    <>
      <figure>
        <canvas ref={canvas} width={facts.width} height={facts.height} />
        <figcaption>what the net sees</figcaption>
      </figure>
      <ol class="classes" aria-live="polite">
        {order.slice(0, mostClasses).map((k) => (
          <li key={k}>
            <span>{facts.classes[k]}</span>
            <meter min={0} max={1} value={probabilities[k]} />
            <span class="number">{(100 * probabilities[k]).toFixed(1)} %</span>
          </li>
        ))}
      </ol>
    </>
  );
}
