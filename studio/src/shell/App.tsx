import { problem } from '../api/live.ts';
import { Problem } from '../components/Notice.tsx';
import { RunsPage } from '../pages/runs/RunsPage.tsx';
import { type Route, route } from '../state/route.ts';
import { Header } from './Header.tsx';
import { later } from './later.tsx';

const ComparePage = later(() =>
  import('../pages/compare/ComparePage.tsx').then((page) => page.ComparePage),
);
const LayoutsPage = later(() =>
  import('../pages/layout/LayoutsPage.tsx').then((page) => page.LayoutsPage),
);
const RunPage = later(() => import('../pages/live/RunPage.tsx').then((page) => page.RunPage));
const StudiesPage = later(() =>
  import('../pages/studies/StudiesPage.tsx').then((page) => page.StudiesPage),
);
const StudyPage = later(() =>
  import('../pages/studies/StudyPage.tsx').then((page) => page.StudyPage),
);
const TryPage = later(() => import('../pages/try/TryPage.tsx').then((page) => page.TryPage));

/** The studio: its header and the page that the address names. */
export function App() {
  return (
    <div class="shell">
      <Header />
      <main>
        {problem.value && <Problem>{problem.value}</Problem>}
        <Page route={route.value} />
      </main>
    </div>
  );
}

function Page({ route }: { route: Route }) {
  switch (route.page) {
    case 'runs':
      return <RunsPage />;
    case 'run':
      return <RunPage key={route.id} id={route.id} />;
    case 'try':
      return <TryPage key={route.id} id={route.id} />;
    case 'compare':
      return <ComparePage ids={route.ids} />;
    case 'layouts':
      return <LayoutsPage layout={route.layout} />;
    case 'studies':
      return <StudiesPage />;
    case 'study':
      return <StudyPage key={route.id} id={route.id} />;
  }
}
