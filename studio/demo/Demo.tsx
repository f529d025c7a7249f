import { useCallback, useState } from 'preact/hooks';
import type { PageFacts } from '../../src/exports/page/page.ts';
import { Sketch } from '../src/components/Sketch.tsx';
import { useFiles } from '../src/components/useFiles.ts';
import { Answer } from './Answer.tsx';
import type { Classifier } from './classifier.ts';
import { pixelsOfFile, seenBy } from './picture.ts';

/** Larger grey images than this are not drawn by hand. */
const drawnSide = 64;

/** What was last shown to the net, and what it said. */
interface Told {
  image: Uint8Array;
  probabilities: Float32Array;
}

/** The page: pictures go in on the left, the net's classes come out on the right. */
export function Demo({ facts, classify }: { facts: PageFacts; classify: Classifier }) {
  const [told, setTold] = useState<Told | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const show = async (picture: ImageData) => {
    const image = seenBy(picture, facts);
    setTold({ image, probabilities: await classify(image) });
    setProblem(null);
  };
  const open = useCallback((file: File) => {
    pixelsOfFile(file)
      .then(show)
      .catch(() => setProblem(`${file.name}: the browser reads no picture from it`));
  }, []);
  useFiles(open);
  const choose = ({ currentTarget: { files } }: { currentTarget: HTMLInputElement }) =>
    files?.[0] && open(files[0]);
  const { title, channels, height, width } = facts;
  const kind = { 1: 'grey', 3: 'in colour' }[channels] ?? 'in colour with transparency';
  return (
    <main>
      <h1>{title}</h1>
      <p>
        Drop a picture anywhere, paste one, or{' '}
        <label class="file">
          choose a file
          <input type="file" accept="image/*" onChange={choose} />
        </label>
        . It stays in this browser; the net sees it {kind}, {width} × {height}.
      </p>
      {problem && <p role="alert">{problem}</p>}
      <div class="parts">
        {channels === 1 && Math.max(height, width) <= drawnSide && (
          <Sketch onDraw={(canvas) => show(pixelsOf(canvas))} />
        )}
        {told && <Answer facts={facts} {...told} />}
      </div>
    </main>
  );
}

const pixelsOf = (canvas: HTMLCanvasElement): ImageData =>
  canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
