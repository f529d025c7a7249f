import type { RunDetail } from '../../../../src/server/resources/runs.ts';
import { api, bytes, type Mode, type Split } from '../../api/client.ts';
import { decodePlane, type SplitPlane } from '../../api/embedding.ts';

/** The three clouds of a run that the paper's Figs 3 and 4 show. */
export interface RunPlanes {
  run: RunDetail;
  title: string;
  /** Training samples in train and in evaluate mode, test samples in evaluate mode. */
  trainMode: SplitPlane;
  evaluateMode: SplitPlane;
  test: SplitPlane;
}

/** Fetches a run's clouds. @throws ApiError where it has no checkpoint yet */
export async function fetchPlanes(
  run: RunDetail,
  title: string,
  signal: AbortSignal,
): Promise<RunPlanes> {
  const { embedding } = api.runs[':id'];
  const plane = async (split: Split, mode: Mode) => {
    const asked = { param: { id: run.id }, query: { split, mode } };
    const file = await bytes(embedding.$get(asked, { init: { signal } }));
    return decodePlane(file, run.images?.classNames.length ?? 0);
  };
  return {
    run,
    title,
    trainMode: await plane('train', 'train'),
    evaluateMode: await plane('train', 'evaluate'),
    test: await plane('test', 'evaluate'),
  };
}
