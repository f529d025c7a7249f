import { studyRows } from '../../studies/registry.ts';
import { commandGroup } from '../command.ts';
import { studyCommand } from '../studyCommand.ts';

export const study = commandGroup({
  usage: 'study',
  summary: 'run a study of the paper and write its report',
  examples: ['shakelab study mnist', 'shakelab study mnist --help'],
  commands: studyRows.map((row) =>
    studyCommand(row, async (options, json) =>
      (await import('../study.ts')).study(row, options, json),
    ),
  ),
});
