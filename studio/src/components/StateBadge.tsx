import type { RunState } from '../../../src/server/library/runSummary.ts';

const looks: Record<RunState | 'waiting', { tone: string; text: string }> = {
  starting: { tone: 'busy', text: 'starting' },
  running: { tone: 'busy', text: 'running' },
  paused: { tone: 'warm', text: 'paused' },
  stopped: { tone: '', text: 'stopped' },
  interrupted: { tone: 'warm', text: 'interrupted' },
  finished: { tone: 'good', text: 'finished' },
  failed: { tone: 'bad', text: 'failed' },
  broken: { tone: 'bad', text: 'unreadable' },
  waiting: { tone: '', text: 'waiting' },
};

/** How a run stands. */
export function StateBadge({ state }: { state: RunState | 'waiting' }) {
  const { tone, text } = looks[state];
  return <span class={`badge ${tone}`}>{text}</span>;
}
