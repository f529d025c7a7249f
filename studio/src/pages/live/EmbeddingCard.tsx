import { useState } from 'preact/hooks';
import { type Square, sharedSquare } from '../../../../src/figures/limits.ts';
import type { Frames } from '../../../../src/server/resources/frames.ts';
import type { RunDetail } from '../../../../src/server/resources/runs.ts';
import { wholeNumber } from '../../../../src/text/text.ts';
import { ClassLegend } from '../../components/ClassLegend.tsx';
import { ExportMenu } from '../../components/ExportMenu.tsx';
import { Note, Problem } from '../../components/Notice.tsx';
import { Sample } from '../../components/Sample.tsx';
import { Scatter } from '../../scatter/Scatter.tsx';
import { frameExports } from './frameExports.ts';
import type { Frame, FrameStore } from './frames.ts';
import { TimelineBar } from './Timeline.tsx';
import { useFrame } from './useFrame.ts';
import { frameTime, type Timeline } from './useFrameIndex.ts';

interface EmbeddingCardProps {
  run: RunDetail;
  frames: Frames | null;
  store: FrameStore | null;
  timeline: Timeline;
}

/** The fixed sample in train and evaluate mode, side by side, at any moment of the training. */
export function EmbeddingCard({ run, frames, store, timeline }: EmbeddingCardProps) {
  const { frame, error } = useFrame(store, timeline.index, frames?.steps.length ?? 0);
  const names = run.images?.classNames ?? [];
  const step = frames?.steps[timeline.index] ?? 0;
  return (
    <section class="card embedding" aria-labelledby="embedding-title">
      <header>
        <h2 id="embedding-title">
          Embedding <span class="faint small">{frames && planeText(frames)}</span>
        </h2>
        {frame && (
          <ExportMenu name="embedding" items={frameExports(run.name, frame, step, names)} />
        )}
      </header>
      {error && <Problem>{error}</Problem>}
      {frame && frames ? (
        <>
          <Panels run={run} frame={frame} frames={frames} step={step} />
          <TimelineBar timeline={timeline} steps={frames.steps} />
        </>
      ) : (
        <NoFrames run={run} frames={frames} />
      )}
    </section>
  );
}

function planeText({ places, projection, features }: Frames): string {
  const plane = projection === 'pca' ? `PCA plane of ${features} features` : '2-D features';
  return `${wholeNumber(places.length)} training samples · ${plane}`;
}

function Panels({
  run,
  frame,
  frames,
  step,
}: {
  run: RunDetail;
  frame: Frame;
  frames: Frames;
  step: number;
}) {
  const [hovered, setHovered] = useState<number | null>(null);
  const [chosen, setChosen] = useState<number | null>(null);
  const [held, setHeld] = useState<Square | null>(null);
  const names = run.images?.classNames ?? [];
  const square = held ?? sharedSquare([frame.train, frame.evaluate]);
  const marked =
    chosen === null ? null : Uint8Array.from(frames.labels, (label) => Number(label === chosen));
  const shared = { square, classNames: names, marked, hovered, glide: 0.8 * frameTime };
  return (
    <>
      <div class="pair">
        <figure>
          <figcaption>Train mode</figcaption>
          <Scatter
            {...shared}
            cloud={frame.train}
            onHover={setHovered}
            label={`The sample in train mode at step ${step}`}
          />
        </figure>
        <figure>
          <figcaption>Evaluate mode</figcaption>
          <Scatter
            {...shared}
            cloud={frame.evaluate}
            onHover={setHovered}
            label={`The sample in evaluate mode at step ${step}`}
          />
        </figure>
      </div>
      <div class="row between">
        <ClassLegend
          names={names}
          chosen={chosen}
          onChoose={(index) => setChosen(index === chosen ? null : index)}
        />
        <button
          type="button"
          aria-pressed={held !== null}
          onClick={() => setHeld(held ? null : square)}
        >
          Hold scale
        </button>
      </div>
      <div class="pointed small">
        {hovered === null ? (
          <p class="faint">
            Point at a sample to see it in both modes. Drag to move; Ctrl + wheel or two fingers
            zoom.
          </p>
        ) : (
          <Sample
            run={run}
            split="train"
            place={frames.places[hovered]}
            caption={`${names[frames.labels[hovered]]} · training image ${frames.places[hovered]}`}
          />
        )}
      </div>
    </>
  );
}

function NoFrames({ run, frames }: { run: RunDetail; frames: Frames | null }) {
  const running = run.state === 'running' || run.state === 'starting';
  if (running || (frames && frames.steps.length > 0)) {
    return <div class="skeleton pair-room" aria-busy="true" />;
  }
  return (
    <Note>
      This run kept no frames of its embedding. Runs started here keep them; in the terminal, add
      --frames.
    </Note>
  );
}
