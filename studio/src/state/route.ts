import { signal } from '@preact/signals';

/** What the address behind the # shows. */
export type Route =
  | { page: 'runs' }
  | { page: 'run'; id: string }
  | { page: 'try'; id: string }
  | { page: 'compare'; ids: string[] }
  | { page: 'layouts'; layout: string | null }
  | { page: 'studies' }
  | { page: 'study'; id: string };

/** Reads an address; what it does not know is the list of runs. */
export function parseRoute(hash: string): Route {
  const [path, query = ''] = hash.replace(/^#\/?/, '').split('?');
  const [page, id] = path.split('/').map(decodeURIComponent);
  const asked = new URLSearchParams(query);
  if (page === 'runs' && id) return { page: 'run', id };
  if (page === 'try' && id) return { page, id };
  if (page === 'compare') {
    return { page, ids: (asked.get('runs') ?? '').split(',').filter(Boolean) };
  }
  if (page === 'layouts') return { page, layout: asked.get('layout') };
  if (page === 'studies') return id ? { page: 'study', id } : { page };
  return { page: 'runs' };
}

/** The address of a route. */
export function hrefOf(route: Route): string {
  switch (route.page) {
    case 'run':
      return `#/runs/${route.id}`;
    case 'try':
      return `#/try/${route.id}`;
    case 'study':
      return `#/studies/${route.id}`;
    case 'compare':
      return route.ids.length > 0 ? `#/compare?runs=${route.ids.join(',')}` : '#/compare';
    case 'layouts':
      return route.layout ? `#/layouts?layout=${encodeURIComponent(route.layout)}` : '#/layouts';
    default:
      return `#/${route.page}`;
  }
}

/** The route that the page shows. */
export const route = signal<Route>({ page: 'runs' });

/** Goes to a route, leaving an entry in the browser's history. */
export function go(to: Route): void {
  location.hash = hrefOf(to);
}

/** Changes the address of what is shown already, without an entry in the history. */
export function replaceRoute(to: Route): void {
  history.replaceState(null, '', hrefOf(to));
  route.value = to;
}

/** Follows the address from now on. */
export function followAddress(): void {
  const read = () => {
    route.value = parseRoute(location.hash);
    scrollTo(0, 0);
  };
  addEventListener('hashchange', read);
  read();
}
