import { wholeNumber } from '../../../../src/text/text.ts';
import { Problem } from '../../components/Notice.tsx';
import { Picture } from '../../components/Picture.tsx';
import { useImages } from '../../components/useImages.ts';
import type { RunPlanes } from './planes.ts';
import { mistakes, type Pointed, type Selection, shows, worstFirst } from './selection.ts';

interface TrayCardProps {
  planes: readonly RunPlanes[];
  selection: Selection;
  hover(pointed: Pointed | null): void;
  clear(): void;
}

const most = 120;

/** The marked samples with their images and labels, misclassified ones first. */
export function TrayCard({ planes, selection, hover, clear }: TrayCardProps) {
  const { split, places, labels } = selection;
  const own = planes
    .map((run) => ({ ...run, plane: split === 'test' ? run.test : run.evaluateMode }))
    .filter(({ plane }) => shows(plane, labels));
  const clouds = own.map(({ plane }) => plane);
  const ordered = worstFirst(places, clouds);
  const wrong = places.filter((place) => mistakes(clouds, place) > 0).length;
  const shown = ordered.slice(0, most);
  return (
    <section class="card tray" aria-label="Marked samples">
      <header>
        <h2>
          {wholeNumber(places.length)} {split === 'test' ? 'test' : 'training'} samples{' '}
          <span class="faint small">
            {wholeNumber(wrong)} misclassified by {own.length === 1 ? 'the run' : 'some run'}
            {ordered.length > most && `, the first ${most} shown`}
          </span>
        </h2>
        <button type="button" onClick={clear}>
          Clear
        </button>
      </header>
      {own.length > 0 && <TrayImages runs={own} split={split} places={shown} hover={hover} />}
    </section>
  );
}

type TrayRun = RunPlanes & { plane: RunPlanes['test'] };

function TrayImages({
  runs,
  split,
  places,
  hover,
}: {
  runs: readonly TrayRun[];
  split: Selection['split'];
  places: readonly number[];
  hover(pointed: Pointed | null): void;
}) {
  const [{ run }] = runs;
  const images = useImages(run, split, places);
  const size = run.images;
  if (!size) return null;
  const names = size.classNames;
  return (
    <>
      {images.problem && <Problem>{images.problem}</Problem>}
      <ul class="pictures">
        {places.map((place) => {
          const label = names[runs[0].plane.labels[place]];
          const guesses = runs.map(({ plane }) => names[plane.predictions[place]]);
          const wrong = guesses.some((guess) => guess !== label);
          const pointed = { split, labels: runs[0].plane.labels, sample: place };
          return (
            <li key={place} class={wrong ? 'wrong' : undefined}>
              <button
                type="button"
                class="quiet"
                aria-label={`Image ${place}: ${label}, taken for ${guesses.join(', ')}`}
                onPointerEnter={() => hover(pointed)}
                onPointerLeave={() => hover(null)}
                onFocus={() => hover(pointed)}
                onBlur={() => hover(null)}
              >
                <Picture image={images.at(place)} size={size} label="" />
                <span class="truth">{label}</span>
                {wrong && <span class="guess">→ {guessText(guesses)}</span>}
              </button>
            </li>
          );
        })}
      </ul>
    </>
  );
}

/** One word where all runs agree, else one a run. */
function guessText(guesses: readonly string[]): string {
  return new Set(guesses).size === 1 ? guesses[0] : guesses.join(' · ');
}
