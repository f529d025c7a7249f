import { useEffect, useRef, useState } from 'preact/hooks';

/** One way to take a figure along. */
export interface ExportItem {
  /** `PNG`, `SVG`, `CSV`. */
  format: string;
  run(): Promise<void> | void;
}

/** A button that opens the ways to save a figure or its data. */
export function ExportMenu({ name, items }: { name: string; items: readonly ExportItem[] }) {
  const menu = useRef<HTMLDetailsElement>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    const close = (event: Event) => {
      if (menu.current && !menu.current.contains(event.target as Node)) menu.current.open = false;
    };
    document.addEventListener('pointerdown', close);
    return () => document.removeEventListener('pointerdown', close);
  }, []);
  const save = async (item: ExportItem) => {
    if (menu.current) menu.current.open = false;
    setProblem(null);
    try {
      await item.run();
    } catch (error) {
      setProblem((error as Error).message);
    }
  };
  return (
    <details
      class="export"
      ref={menu}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && menu.current) menu.current.open = false;
      }}
    >
      <summary aria-label={`Export ${name}`}>Export</summary>
      <div>
        {items.map((item) => (
          <button type="button" class="quiet" key={item.format} onClick={() => save(item)}>
            {item.format}
          </button>
        ))}
      </div>
      {problem && <p role="alert">{problem}</p>}
    </details>
  );
}
