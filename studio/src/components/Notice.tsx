import type { ComponentChildren } from 'preact';

/** Something that did not work, said where it happened. */
export function Problem({ children }: { children: ComponentChildren }) {
  return (
    <p class="notice" role="alert">
      {children}
    </p>
  );
}

/** Something worth knowing. */
export function Note({ children }: { children: ComponentChildren }) {
  return <p class="notice info">{children}</p>;
}

/** What stands where there is nothing yet: why, and what to do. */
export function Empty({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <div class="card empty">
      <h2>{title}</h2>
      {children}
    </div>
  );
}
