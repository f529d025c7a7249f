import { connection } from '../api/live.ts';
import { hrefOf, type Route, route } from '../state/route.ts';
import { dark, preference } from '../state/scheme.ts';

const places: { text: string; to: Route; pages: Route['page'][] }[] = [
  { text: 'Runs', to: { page: 'runs' }, pages: ['runs', 'run', 'try'] },
  { text: 'Compare', to: { page: 'compare', ids: [] }, pages: ['compare'] },
  { text: 'Layouts', to: { page: 'layouts', layout: null }, pages: ['layouts'] },
  { text: 'Studies', to: { page: 'studies' }, pages: ['studies', 'study'] },
];

/** Where one can go, whether the server is there, and the switch between light and dark. */
export function Header() {
  return (
    <header class="top">
      <a class="brand" href={hrefOf({ page: 'runs' })}>
        shakelab <span>studio</span>
      </a>
      <nav aria-label="Pages">
        {places.map(({ text, to, pages }) => (
          <a
            key={text}
            href={hrefOf(to)}
            aria-current={pages.includes(route.value.page) ? 'page' : undefined}
          >
            {text}
          </a>
        ))}
      </nav>
      {connection.value === 'lost' && (
        <span class="badge bad" role="status">
          reconnecting
        </span>
      )}
      <SchemeSwitch />
    </header>
  );
}

function SchemeSwitch() {
  const next = dark.value ? 'light' : 'dark';
  return (
    <button
      type="button"
      class="quiet"
      aria-label={`Switch to ${next} colours`}
      onClick={() => {
        preference.value = next;
      }}
    >
      <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">
        <circle cx="9" cy="9" r="6.5" fill="none" stroke="currentColor" stroke-width="1.6" />
        <path d="M9 2.5a6.5 6.5 0 0 1 0 13z" fill="currentColor" />
      </svg>
    </button>
  );
}
