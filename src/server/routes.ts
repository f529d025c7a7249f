import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import {
  coefficientsSchema,
  comparisonSchema,
  configRequestSchema,
  descriptionSchema,
  estimateSchema,
  framesSchema,
  idSchema,
  metricsSchema,
  problemSchema,
  runDetailSchema,
  runSummarySchema,
  sessionSchema,
  standingSchema,
  startRequestSchema,
  studyDetailSchema,
  studySummarySchema,
  vocabularySchema,
} from './schemas.ts';

const params = z.object({ id: idSchema });
const most = { images: 256, frames: 64, runs: 32, points: 20_000 };

const place = z
  .string()
  .regex(/^\d{1,10}$/, { error: 'must be a whole number' })
  .transform(Number);

/** `1,2,3`, at most so many. */
const listOf = <Item extends z.ZodType<unknown, string>>(item: Item, limit: number) =>
  z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(item).min(1).max(limit));

const json = <Schema extends z.ZodType>(description: string, schema: Schema) => ({
  description,
  content: { 'application/json': { schema } },
});

const body = <Schema extends z.ZodType>(schema: Schema) => ({
  required: true,
  content: { 'application/json': { schema } },
});

const bytes = (description: string) => ({
  description,
  content: {
    'application/octet-stream': { schema: z.string().meta({ format: 'binary' }) },
  },
});

const wrong = { 400: json('The request is wrong', problemSchema) };
const missing = { ...wrong, 404: json('There is none of that id', problemSchema) };
const notYet = { ...missing, 409: json('The run cannot do that now', problemSchema) };
const refused = { 401: json('The token is missing or wrong', problemSchema) };
const token = [{ token: [] }];

export const sessionRoute = createRoute({
  method: 'get',
  path: '/api/session',
  summary: 'Version, folder, and whether the token sent allows to start and stop runs',
  responses: { 200: json('This studio', sessionSchema) },
});

export const vocabularyRoute = createRoute({
  method: 'get',
  path: '/api/vocabulary',
  summary: 'Names, defaults and help of everything a config may say',
  responses: { 200: json('The words', vocabularySchema) },
});

export const runsRoute = createRoute({
  method: 'get',
  path: '/api/runs',
  summary: 'Every run below the folder, newest first',
  description: 'The header Last-Event-ID names the newest event that the list knows of.',
  responses: { 200: json('The runs', z.array(runSummarySchema)) },
});

export const runRoute = createRoute({
  method: 'get',
  path: '/api/runs/{id}',
  summary: 'One run with its record',
  request: { params },
  responses: { 200: json('The run', runDetailSchema), ...missing },
});

export const metricsRoute = createRoute({
  method: 'get',
  path: '/api/runs/{id}/metrics',
  summary: 'Learning curves: steps (every 20th is kept) and epochs, as columns',
  request: {
    params,
    query: z.object({
      after: place.default(0).describe('Only what came after this step'),
      points: place
        .pipe(z.int().min(2).max(most.points))
        .default(2000)
        .describe('At most so many steps, evenly thinned; epochs come whole'),
    }),
  },
  responses: { 200: json('The curves', metricsSchema), ...missing },
});

export const framesRoute = createRoute({
  method: 'get',
  path: '/api/runs/{id}/frames',
  summary: 'Which frames of the embedding are kept, and of which images',
  request: { params },
  responses: { 200: json('The frames', framesSchema), ...missing },
});

export const framePointsRoute = createRoute({
  method: 'get',
  path: '/api/runs/{id}/frames/{index}',
  summary: 'The points of frames from an index on',
  request: {
    params: params.extend({ index: place }),
    query: z.object({
      count: place
        .pipe(z.int().min(1).max(most.frames))
        .default(1)
        .describe('At most so many frames'),
    }),
  },
  responses: {
    200: bytes(
      'Little-endian float32 [frames][mode: train, evaluate][places][x, y], fewer frames at the end',
    ),
    ...missing,
  },
});

export const embeddingRoute = createRoute({
  method: 'get',
  path: '/api/runs/{id}/embedding',
  summary: 'A whole split as the newest checkpoint sees it; computed on the first request',
  request: {
    params,
    query: z.object({
      split: z.enum(['train', 'test']).default('test'),
      mode: z
        .enum(['train', 'evaluate'])
        .default('evaluate')
        .describe('train mode: the training split only'),
    }),
  },
  responses: {
    200: bytes(
      'safetensors: points F32 [images][x, y], labels and predictions I32 [images]; metadata: ' +
        'projection, features or pca (one plane for all splits and modes of a run)',
    ),
    ...notYet,
  },
});

export const imagesRoute = createRoute({
  method: 'get',
  path: '/api/runs/{id}/images',
  summary: "Images of the run's data by their places in a split",
  request: {
    params,
    query: z.object({
      split: z.enum(['train', 'test']).default('test'),
      places: listOf(place, most.images).describe(`Comma-separated, at most ${most.images}`),
    }),
  },
  responses: { 200: bytes('Bytes [images][channels][height][width]'), ...notYet },
});

export const coefficientsRoute = createRoute({
  method: 'get',
  path: '/api/runs/{id}/coefficients',
  summary: 'Histograms of the α and β that the run drew at a step',
  request: {
    params,
    query: z.object({ step: place.optional().describe('The newest one when left out') }),
  },
  responses: { 200: json('The histograms', coefficientsSchema), ...missing },
});

export const compareRoute = createRoute({
  method: 'get',
  path: '/api/compare',
  summary: 'Measures, compactness curves, differing settings and means over seeds of some runs',
  request: { query: z.object({ ids: listOf(idSchema, most.runs) }) },
  responses: { 200: json('The comparison', comparisonSchema), ...notYet },
});

export const describeRoute = createRoute({
  method: 'post',
  path: '/api/describe',
  summary: 'A net from its config, or why there is none; computes nothing',
  request: { body: body(configRequestSchema) },
  responses: { 200: json('The net', descriptionSchema), ...wrong },
});

export const estimateRoute = createRoute({
  method: 'post',
  path: '/api/estimate',
  summary: 'How long an epoch takes on this machine, from a few steps on random images',
  security: token,
  request: { body: body(configRequestSchema) },
  responses: { 200: json('The estimate', estimateSchema), ...wrong, ...refused },
});

export const startRoute = createRoute({
  method: 'post',
  path: '/api/runs',
  summary: 'Starts a run in a process of its own',
  security: token,
  request: { body: body(startRequestSchema) },
  responses: {
    201: json('It starts', standingSchema),
    ...wrong,
    ...refused,
    409: json('The name is taken, or as many runs as allowed are under way', problemSchema),
  },
});

const change = <Path extends string>(path: Path, summary: string) =>
  createRoute({
    method: 'post',
    path,
    summary,
    security: token,
    request: { params },
    responses: { 202: json('It will', standingSchema), ...notYet, ...refused },
  });

export const pauseRoute = change(
  '/api/runs/{id}/pause',
  'Saves a checkpoint and ends the process; `resume` goes on to the same bits',
);
export const resumeRoute = change('/api/runs/{id}/resume', 'Goes on from the last checkpoint');
export const stopRoute = change('/api/runs/{id}/stop', 'As pause, and says that it is for good');

export const studiesRoute = createRoute({
  method: 'get',
  path: '/api/studies',
  summary: 'Every study below the folder, with the progress of its runs',
  responses: { 200: json('The studies', z.array(studySummarySchema)) },
});

export const studyRoute = createRoute({
  method: 'get',
  path: '/api/studies/{id}',
  summary: 'One study, with its summary once it is finished',
  request: { params },
  responses: { 200: json('The study', studyDetailSchema), ...missing },
});

export const reportRoute = createRoute({
  method: 'get',
  path: '/api/studies/{id}/report',
  summary: "A finished study's report, for a frame: it comes sandboxed, without script",
  request: { params },
  responses: {
    200: { description: 'The page', content: { 'text/html': { schema: z.string() } } },
    ...missing,
  },
});

export const eventsRoute = createRoute({
  method: 'get',
  path: '/api/events',
  summary: 'What changes, as server-sent events; Last-Event-ID goes on where a connection broke',
  description:
    'Events: `run` (a RunSummary that is new or changed), `gone` ({"id"}), `metrics` ' +
    '({"id","metrics"}: the new lines as columns), `frames` ({"id","first","count"}: frames from ' +
    'the index `first` on are new; there are `count` in all), `study` ({"id"}: its plan or report is ' +
    'new), `looking` ({"id","doing"}: what is being done to show the images of a run, null once it is ' +
    'over), `reset` (comes first, and where too much was missed: fetch everything). A comment comes ' +
    'every 15 seconds.',
  request: {
    headers: z.object({ 'last-event-id': z.string().optional() }),
    query: z.object({
      after: z.string().default('').describe('As Last-Event-ID, for a stream that is opened anew'),
    }),
  },
  responses: {
    200: { description: 'The stream', content: { 'text/event-stream': { schema: z.string() } } },
  },
});
