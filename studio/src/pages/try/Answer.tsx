import type { Told } from '../../../../src/server/processes/predictor.ts';
import { visibleText } from '../../../../src/text/visible.ts';
import { Picture } from '../../components/Picture.tsx';

/** The most probable classes, and what the net saw. */
export function Answer({ answer, caption }: { answer: Told; caption: string }) {
  const { classes, image, temperature } = answer;
  return (
    <div class="answer">
      <figure class="sample">
        <Picture image={bytesIn(image.bytes)} size={image} label={caption} />
        <figcaption>{caption}</figcaption>
      </figure>
      <ol>
        {classes.map(({ class: name, probability }) => (
          <li key={name}>
            <span class="class">{visibleText(name)}</span>
            <meter min={0} max={1} value={probability} aria-label={`Probability of ${name}`} />
            <span class="number">{(100 * probability).toFixed(1)} %</span>
          </li>
        ))}
      </ol>
      <p class="faint small">
        {temperature === null
          ? 'Probabilities as trained: the run keeps no validation predictions to calibrate them by.'
          : `Probabilities calibrated by temperature ${temperature.toFixed(2)}.`}
      </p>
    </div>
  );
}

const bytesIn = (text: string): Uint8Array =>
  Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
