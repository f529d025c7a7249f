import type { Request } from './asker.ts';

/** What a page asks for. */
export function polite(ids: readonly string[], count: number): Request {
  const id = ids[(7 * count) % ids.length];
  const paths = ['/api/runs', `/api/runs/${id}/metrics`, '/api/session', '/api/studies'];
  return { kind: 'polite', path: paths[count % paths.length] };
}

/** What a client meets whose body is refused before it has sent all of it. */
const cutShort = ['EPIPE', 'ECONNRESET', 'UND_ERR_SOCKET'];

const wild = ['..%2f..%2fetc', '%00', '-1', '9'.repeat(40), '%F0%9F%92%A5', 'x'.repeat(3000)];
const parts = [
  '',
  '/metrics',
  '/frames',
  '/frames/0',
  '/classes',
  '/images?places=0',
  '/embedding',
];

/** One of the requests that nobody means well, in turns; starts are among them, all refused. */
export function hostileRequest(ids: readonly string[], count: number): Request {
  const id = ids[(11 * count) % ids.length];
  const strange = wild[count % wild.length];
  const part = parts[count % parts.length];
  const some: (Omit<Request, 'kind'> & Partial<Request>)[] = [
    { path: `/api/runs/${strange}${part}` },
    { path: `/api/runs/${id}/frames/${count}?count=99999999` },
    { path: `/api/runs/${id}${part}` },
    { path: '/api/describe', text: '['.repeat(60_000) },
    { path: '/api/describe', text: `"${'x'.repeat(2e6)}"`, excused: cutShort },
    { path: `/api/compare?ids=${Array(900).fill(id).join()}` },
    { path: '/api/runs', body: { config: { dataset: '/etc', epochs: 1e9 } } },
    { path: '/api/runs', body: { config: { net: 'vgg' }, name: '../../out' } },
    { kind: 'stop', path: `/api/runs/${id}/stop`, body: {} },
    { path: `/api/runs/${id}/metrics?points=-3&after=1e99`, method: 'DELETE' },
    { path: `/api/runs/${id}/coefficients?step=9999999999` },
    { path: `/${strange}`, method: 'OPTIONS' },
  ];
  return { kind: 'hostile', ...some[count % some.length] };
}
