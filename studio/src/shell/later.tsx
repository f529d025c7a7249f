import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Problem } from '../components/Notice.tsx';

/** A page whose code is fetched when it is first shown, so that the list of runs comes at once. */
export function later<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  let known: ComponentType<Props> | null = null;
  return function Later(props: Props) {
    const [state, setState] = useState<'coming' | 'here' | 'missing'>('coming');
    useEffect(() => {
      if (known) return;
      load().then(
        (page) => {
          known = page;
          setState('here');
        },
        () => setState('missing'),
      );
    }, []);
    const Page = known;
    if (Page) return <Page {...props} />;
    if (state === 'coming') return <div class="card skeleton" aria-busy="true" />;
    return (
      <Problem>
        The code of this page does not come: the studio has ended, or was built anew. Start it, then
        reload.
      </Problem>
    );
  };
}
