import { searchRow } from '../../studies/registry.ts';
import { studyCommand } from '../studyCommand.ts';

export const search = studyCommand(searchRow, async (options, json) =>
  (await import('../search.ts')).search(options, json),
);
