import { Problem } from '../components/Notice.tsx';
import { ComparePage } from '../pages/compare/ComparePage.tsx';
import { LayoutsPage } from '../pages/layout/LayoutsPage.tsx';
import { RunPage } from '../pages/live/RunPage.tsx';
import { RunsPage } from '../pages/runs/RunsPage.tsx';
import { StudiesPage } from '../pages/studies/StudiesPage.tsx';
import { StudyPage } from '../pages/studies/StudyPage.tsx';
import { Header } from './Header.tsx';
import { type Route, route } from './route.ts';
import { setupProblem } from './session.ts';

/** The studio: its header and the page that the address names. */
export function App() {
  return (
    <div class="shell">
      <Header />
      <main>
        {setupProblem.value && <Problem>{setupProblem.value}</Problem>}
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
