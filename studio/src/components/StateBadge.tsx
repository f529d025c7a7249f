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

interface StateBadgeProps {
  state: RunState | 'waiting';
  /** Where it runs, unless that is the studio's own host. */
  host?: string | null;
  /** Why it waits in a scheduler's queue. */
  queue?: string | null;
}

/** How a run stands. */
export function StateBadge({ state, host, queue }: StateBadgeProps) {
  const { tone, text } = looks[state];
  if (queue) {
    return (
      <span class="badge" title={`In the scheduler's queue: ${queue}`}>
        queued
      </span>
    );
  }
  return (
    <span class={`badge ${tone}`}>
      {text}
      {host && ` on ${host}`}
    </span>
  );
}
