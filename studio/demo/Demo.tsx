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
  drawn: boolean;
}

/** The page: pictures go in, and the net's classes come out, beside what is drawn or before the place to draw. */
export function Demo({ facts, classify }: { facts: PageFacts; classify: Classifier }) {
  const [told, setTold] = useState<Told | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const show = async (picture: ImageData, drawn: boolean) => {
    const image = seenBy(picture, facts);
    setTold({ image, probabilities: await classify(image), drawn });
    setProblem(null);
  };
  const open = useCallback((file: File) => {
    pixelsOfFile(file)
      .then((picture) => show(picture, false))
      .catch(() => {
        setTold(null);
        setProblem(`${file.name}: the browser reads no picture from it`);
      });
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
        . It stays in this browser; the net sees it {kind}, {`${width}\u00a0×\u00a0${height}`}.
      </p>
      {problem && <p role="alert">{problem}</p>}
      <div class="parts">
        {told && !told.drawn && <Answer facts={facts} {...told} />}
        {channels === 1 && Math.max(height, width) <= drawnSide && (
          <Sketch onDraw={(canvas) => show(pixelsOf(canvas), true)}>
            <span>or draw here, white on black</span>
          </Sketch>
        )}
        {told?.drawn && <Answer facts={facts} {...told} />}
      </div>
    </main>
  );
}

const pixelsOf = (canvas: HTMLCanvasElement): ImageData =>
  canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
