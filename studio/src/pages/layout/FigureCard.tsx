import { useRef, useState } from 'preact/hooks';
import { stepName } from '../../../../src/figures/blockParts.ts';
import { type BlockDiagram, drawBlock } from '../../../../src/figures/blocks.ts';
import type { Layout } from '../../../../src/nets/layouts.ts';
import { layoutTitle } from '../../../../src/nets/titles.ts';
import { ExportMenu } from '../../components/ExportMenu.tsx';
import { Switch } from '../../components/Switch.tsx';
import { csvText } from '../../export/csv.ts';
import { saveCsv, svgExports } from '../../export/save.ts';

interface FigureCardProps {
  /** Null where what is laid out cannot be built; then the last one that could stays, faded. */
  layout: Layout | null;
  branches: number;
  mixing: string;
}

const passes = ['forward', 'backward', 'evaluate'] as const;

/** At most so many branches are drawn; more would be too small to read. */
const mostBranches = 5;

/** The residual block as in the paper's Figs 1 and 2, with what multiplies each branch. */
export function FigureCard({ layout: current, branches, mixing }: FigureCardProps) {
  const built = useRef(current);
  if (current) built.current = current;
  const layout = built.current;
  const [pass, setPass] = useState<NonNullable<BlockDiagram['pass']>>('forward');
  if (!layout) return null;
  const drawn = Math.min(branches, mostBranches);
  const title = layoutTitle(layout.name);
  const shaken = mixing !== 'even' || pass === 'evaluate' ? 'shake' : 'none';
  const svg = drawBlock({ layout, branches: drawn, mixing: shaken, pass, title });
  const name = `block-${layout.name.replaceAll(/\W+/g, '-')}-${pass}`;
  return (
    <section class={`card ${current ? '' : 'stale'}`} aria-label="Figure of the block">
      <header>
        <Switch
          label="Pass"
          options={passes.map((name) => [name, name] as const)}
          value={pass}
          choose={(next) => setPass(next)}
        />
        <ExportMenu
          name="block"
          items={[
            ...svgExports(name, () => svg),
            { format: 'CSV', run: () => saveCsv(name, stepTable(layout)) },
          ]}
        />
      </header>
      <div class="block-figure" dangerouslySetInnerHTML={{ __html: svg }} />
      <p class="faint small">
        Mixing law <code>{mixing}</code>
        {branches > drawn && `; ${drawn} of ${branches} branches drawn`}
      </p>
    </section>
  );
}

/** The figure's data: the steps in their order, in each branch and after the addition. */
function stepTable({ branch, after }: Layout): string {
  const rows = [
    ...branch.map((step, i) => ['branch', i + 1, stepName(step)]),
    ...after.map((kind, i) => ['after the addition', i + 1, stepName({ kind })]),
  ];
  return csvText(['place', 'step', 'operation'], rows);
}
