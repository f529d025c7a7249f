import type { RunConfig } from '../../runs/fields.ts';
import { portable } from '../portable.ts';
import type { SummaryValue } from './proto.ts';

/** A run's settings as the page on hyper-parameters compares them; those that say nothing are left out. */
export function settingsOf(config: RunConfig, startedAt: number): SummaryValue {
  const said = Object.entries(portable(config)).filter(([, value]) => value !== null);
  return {
    tag: '_hparams_/session_start_info',
    kind: 'hyperParameters',
    parameters: { settings: Object.fromEntries(said), startedAt },
  };
}
