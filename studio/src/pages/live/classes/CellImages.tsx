import type { RunAssessment } from '../../../../../src/server/assessments.ts';
import type { RunDetail } from '../../../../../src/server/resources/runs.ts';
import { plural } from '../../../../../src/text/text.ts';
import { api, json } from '../../../api/client.ts';
import { Problem } from '../../../components/Notice.tsx';
import { Picture } from '../../../components/Picture.tsx';
import { useImages } from '../../../components/useImages.ts';
import { useLoaded } from '../../../state/useLoaded.ts';

/** A true class and a predicted one. */
export interface Cell {
  label: number;
  predicted: number;
}

/** Images of a cell. */
const mostShown = 24;

type Sample = RunAssessment['wrongest'][number];

interface CellImagesProps {
  run: RunDetail;
  assessment: RunAssessment;
  cell: Cell | null;
  choose(cell: Cell | null): void;
}

/** The images of the chosen cell, or those that the run is most confidently wrong about. */
export function CellImages({ run, assessment, cell, choose }: CellImagesProps) {
  const { classNames, wrongest } = assessment;
  if (!cell)
    return (
      <section class="stack" aria-label="Most confidently wrong">
        <h3>Most confidently wrong</h3>
        {wrongest.length === 0 && <p class="faint small">Every test image is right.</p>}
        <SampleImages run={run} classNames={classNames} samples={wrongest} />
        <p class="faint small">A cell of the matrix shows its own images.</p>
      </section>
    );
  return (
    <section class="stack" aria-label="Images of the cell">
      <div class="row between">
        <h3>{titleOf(cell, assessment)}</h3>
        <button type="button" class="quiet" onClick={() => choose(null)}>
          Most confidently wrong
        </button>
      </div>
      <OfCell run={run} classNames={classNames} cell={cell} />
    </section>
  );
}

function titleOf({ label, predicted }: Cell, { classNames, confusion }: RunAssessment): string {
  const count = plural(confusion[label][predicted], 'image');
  const [own, taken] = [classNames[label], classNames[predicted]];
  return label === predicted ? `${own}, found: ${count}` : `${own} taken for ${taken}: ${count}`;
}

function OfCell({ run, classNames, cell }: { run: RunDetail; classNames: string[]; cell: Cell }) {
  const { label, predicted } = cell;
  const { value, error } = useLoaded(`${run.id} ${label} ${predicted}`, () =>
    json(
      api.runs[':id'].classes[':label'][':predicted'].$get({
        param: { id: run.id, label: String(label), predicted: String(predicted) },
        query: { count: String(mostShown) },
      }),
    ),
  );
  if (error) return <Problem>{error}</Problem>;
  if (!value) return null;
  const rest = value.count - value.samples.length;
  return (
    <>
      <SampleImages run={run} classNames={classNames} samples={value.samples} />
      {rest > 0 && <p class="faint small">and {plural(rest, 'image')} of less confidence</p>}
    </>
  );
}

interface SampleImagesProps {
  run: RunDetail;
  classNames: string[];
  samples: readonly Sample[];
}

function SampleImages({ run, classNames, samples }: SampleImagesProps) {
  const images = useImages(
    run,
    'test',
    samples.map(({ sample }) => sample),
  );
  const size = run.images;
  if (!size) return null;
  return (
    <>
      {images.problem && <Problem>{images.problem}</Problem>}
      <ul class="class-pictures">
        {samples.map(({ sample, label, predicted, confidence }) => {
          const [own, taken] = [classNames[label], classNames[predicted]];
          const sure = `${(100 * confidence).toFixed(0)} %`;
          return (
            <li key={sample} title={`test image ${sample}`}>
              <Picture
                image={images.at(sample)}
                size={size}
                label={`Image ${sample}: ${own}, taken for ${taken}, ${sure}`}
              />
              <span class={label === predicted ? 'taken' : 'taken bad'}>
                {sure} {taken}
              </span>
              {label !== predicted && <span class="faint">is {own}</span>}
            </li>
          );
        })}
      </ul>
    </>
  );
}
