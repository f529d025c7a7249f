import type { RunConfig } from '../../../src/runs/fields.ts';
import type { RunSummary } from '../../../src/server/library/runSummary.ts';
import type { StudyDetail, StudySummary } from '../../../src/server/library/studies.ts';
import type { Metrics } from '../../../src/server/metrics.ts';
import type { Standing } from '../../../src/server/resources/changes.ts';
import type { Coefficients } from '../../../src/server/resources/coefficients.ts';
import type { Comparison } from '../../../src/server/resources/comparison.ts';
import type { Frames } from '../../../src/server/resources/frames.ts';
import type { Description, Estimate } from '../../../src/server/resources/nets.ts';
import type { RunDetail } from '../../../src/server/resources/runs.ts';
import type { Session } from '../../../src/server/resources/session.ts';
import type { Vocabulary } from '../../../src/server/resources/vocabulary.ts';
import { getBytes, getJson, getWhole, postJson } from './client.ts';

export type Split = 'train' | 'test';
export type Mode = 'train' | 'evaluate';

/** The studio's API, a function a route; each throws ApiError. */
export const api = {
  session: () => getJson<Session>('/api/session'),
  vocabulary: () => getJson<Vocabulary>('/api/vocabulary'),
  /** Every run, and the id of the newest event that the list knows of. */
  runs: async () => {
    const { content: list, headers } = await getWhole<RunSummary[]>('/api/runs');
    return { list, newest: headers.get('last-event-id') ?? '' };
  },
  run: (id: string) => getJson<RunDetail>(`/api/runs/${id}`),
  metrics: (id: string) => getJson<Metrics>(`/api/runs/${id}/metrics`),
  frames: (id: string) => getJson<Frames>(`/api/runs/${id}/frames`),
  framePoints: (id: string, index: number, count: number) =>
    getBytes(`/api/runs/${id}/frames/${index}?count=${count}`),
  embedding: (id: string, split: Split, mode: Mode, signal?: AbortSignal) =>
    getBytes(`/api/runs/${id}/embedding?split=${split}&mode=${mode}`, signal),
  images: (id: string, split: Split, places: readonly number[], signal?: AbortSignal) =>
    getBytes(`/api/runs/${id}/images?split=${split}&places=${places.join(',')}`, signal),
  coefficients: (id: string, step: number) =>
    getJson<Coefficients>(`/api/runs/${id}/coefficients?step=${step}`),
  compare: (ids: readonly string[], signal?: AbortSignal) =>
    getJson<Comparison>(`/api/compare?ids=${ids.join(',')}`, signal),
  describe: (config: Partial<RunConfig>, signal?: AbortSignal) =>
    postJson<Description>('/api/describe', { config }, signal),
  estimate: (config: Partial<RunConfig>, signal?: AbortSignal) =>
    postJson<Estimate>('/api/estimate', { config }, signal),
  start: (config: Partial<RunConfig>, name?: string) =>
    postJson<Standing>('/api/runs', { config, name }),
  pause: (id: string) => postJson<Standing>(`/api/runs/${id}/pause`),
  resume: (id: string) => postJson<Standing>(`/api/runs/${id}/resume`),
  stop: (id: string) => postJson<Standing>(`/api/runs/${id}/stop`),
  studies: () => getJson<StudySummary[]>('/api/studies'),
  study: (id: string) => getJson<StudyDetail>(`/api/studies/${id}`),
};
