import { parseRecord } from '../../src/runs/folder.ts';
import type { EvidenceLine } from '../../src/studies/evidence/lines.ts';
import { formatDuration } from '../../src/studies/report/format.ts';
import { markdownTable } from '../../src/text/markdown.ts';

import { evidencePath, type FoundStudy } from './found.ts';

/** Every study with what it took, a run of it on average, what is left at that pace, and its command; then all of them. */
export function studiesBlock(studies: readonly FoundStudy[]): string {
  const rows = studies.map(({ name, evidence: { plan, lines } }) => {
    const spent = secondsOf(lines);
    const left = plan.runs.length - lines.length;
    const each = lines.length === 0 ? null : spent / lines.length;
    return [
      `[\`${name}\`](evidence/${name}.jsonl)`,
      `${lines.length} of ${plan.runs.length}`,
      formatDuration(spent),
      each === null ? '–' : formatDuration(each),
      left === 0 ? '–' : each === null ? 'unknown' : formatDuration(each * left),
      `\`${plan.command}\``,
    ];
  });
  const all = studies.flatMap(({ evidence: { lines } }) => lines);
  const together = ['**together**', String(all.length), formatDuration(secondsOf(all))];
  return markdownTable(
    ['study', 'runs', 'time', 'a run', 'time left', 'command'],
    [...rows, [...together, '', '', '']],
  );
}

const secondsOf = (lines: readonly EvidenceLine[]): number =>
  lines.flatMap(({ epochs }) => epochs).reduce((sum, { seconds }) => sum + seconds, 0);

/** Every run: its error, what computed it, and the start of the SHA-256 of its last checkpoint. */
export function runsBlock(studies: readonly FoundStudy[]): string {
  const rows = studies.flatMap(({ name, evidence: { lines } }) =>
    lines.map((line) => runRow(name, line)),
  );
  return markdownTable(
    ['study', 'run', 'test error, %', 'kernels', 'processor', 'commit', 'checkpoint'],
    rows,
  );
}

function runRow(name: string, { id, record, epochs, checkpoint, ending }: EvidenceLine): string[] {
  const { machine, code } = parseRecord(JSON.stringify(record), `${evidencePath(name)}, ${id}`);
  const error = (ending?.testError as number | undefined) ?? epochs.at(-1)?.testError;
  return [
    name,
    id,
    error?.toFixed(2) ?? 'diverged',
    `${machine.kernels} ${machine.isa}`,
    machine.cpu,
    code.commit?.slice(0, 7) ?? '–',
    checkpoint?.slice(0, 12) ?? '–',
  ];
}
