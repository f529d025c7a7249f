import './live.css';
import { Problem } from '../../components/Notice.tsx';
import { AugmentationCard } from './AugmentationCard.tsx';
import { CoefficientsCard } from './CoefficientsCard.tsx';
import { ErrorCard, LossCard } from './CurveCards.tsx';
import { ClassesCard } from './classes/ClassesCard.tsx';
import { DetailsCard } from './DetailsCard.tsx';
import { EmbeddingCard } from './EmbeddingCard.tsx';
import { LabelsCard } from './LabelsCard.tsx';
import { RunHeading } from './RunHeading.tsx';
import { useFrameIndex } from './useFrameIndex.ts';
import { useRun } from './useRun.ts';

/** One run while it trains, and afterwards. */
export function RunPage({ id }: { id: string }) {
  const { detail, metrics, frames, store, error } = useRun(id);
  const timeline = useFrameIndex(frames?.steps.length ?? 0);
  if (error) return <Problem>{error}</Problem>;
  if (!detail) return <div class="card skeleton" aria-busy="true" />;
  const step = frames?.steps[timeline.index] ?? detail.progress?.step ?? null;
  return (
    <>
      <RunHeading run={detail} />
      {detail.problem && <Problem>{detail.problem}</Problem>}
      {detail.config && (
        <div class="run-grid">
          <div class="stack">
            <EmbeddingCard run={detail} frames={frames} store={store} timeline={timeline} />
            <DetailsCard run={detail} />
            <LabelsCard run={detail} />
          </div>
          <div class="run-side">
            {metrics && <LossCard name={detail.name} metrics={metrics} />}
            {metrics && <ErrorCard name={detail.name} metrics={metrics} />}
            {step !== null && <CoefficientsCard id={id} name={detail.name} step={step} />}
          </div>
        </div>
      )}
      {detail.config && detail.state === 'finished' && <ClassesCard run={detail} />}
      {detail.config && detail.config.augment !== 'none' && <AugmentationCard run={detail} />}
      {!detail.config && <LabelsCard run={detail} />}
      {!detail.config && <DetailsCard run={detail} />}
    </>
  );
}
