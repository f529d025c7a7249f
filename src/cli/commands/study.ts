import { studyRows } from '../../studies/registry.ts';
import { commandGroup } from '../command.ts';
import { studyCommand } from '../studyCommand.ts';

export const study = commandGroup({
  usage: 'study',
  summary: 'train the runs of a study and write its report',
  examples: ['shakelab study mnist', 'shakelab study mnist --help'],
  commands: studyRows.map((row) =>
    studyCommand(row, async (options, json) =>
      (await import('../study.ts')).study(row, options, json),
    ),
  ),
});
