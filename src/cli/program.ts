import { Command } from 'commander';
import { packageVersion } from '../package.ts';
import { type AddCommand, addExamples, type Exit } from './command.ts';
import { bench } from './commands/bench.ts';
import { data } from './commands/data.ts';
import { describe } from './commands/describe.ts';
import { embed } from './commands/embed.ts';
import { evaluate } from './commands/evaluate.ts';
import { law } from './commands/law.ts';
import { list } from './commands/list.ts';
import { measure } from './commands/measure.ts';
import { search } from './commands/search.ts';
import { studio } from './commands/studio.ts';
import { study } from './commands/study.ts';
import { train } from './commands/train.ts';

/** Every command, in the order of the help. */
const commands: readonly AddCommand[] = [
  study,
  search,
  train,
  evaluate,
  embed,
  measure,
  describe,
  list,
  law,
  data,
  bench,
  studio,
];

const exitCodes = `
Exit codes:
  0    done
  1    failed while running
  2    the request was wrong: an unknown name, a bad flag, missing data
  130  interrupted, after saving a checkpoint`;

/**
 * The command line. Each command's code is loaded when it runs, so that help comes at once.
 *
 * @param exit takes a command's exit code where that is not 0
 */
export function buildProgram(exit: Exit): Command {
  const program = new Command('shakelab')
    .description('Trains residual nets from layout strings and measures what shaking does to them.')
    .version(packageVersion())
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error/, 'shakelab')) });
  for (const add of commands) add(program, exit);
  addExamples(
    program,
    'shakelab study mnist',
    'shakelab train --out runs/a --dataset digits --epochs 3',
    'shakelab train --help',
  );
  return program.addHelpText('after', exitCodes);
}
