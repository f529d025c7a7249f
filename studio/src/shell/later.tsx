import type { ComponentType } from 'preact';
import { useEffect, useReducer } from 'preact/hooks';

/** A page whose code is fetched when it is first shown, so that the list of runs comes at once. */
export function later<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  let known: ComponentType<Props> | null = null;
  return function Later(props: Props) {
    const [, arrived] = useReducer((times: number) => times + 1, 0);
    useEffect(() => {
      if (known) return;
      void load().then((page) => {
        known = page;
        arrived(undefined);
      });
    }, []);
    const Page = known;
    return Page ? <Page {...props} /> : <div class="card skeleton" aria-busy="true" />;
  };
}
