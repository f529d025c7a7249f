import { Command } from 'commander';
import { packageVersion } from '../package.ts';
import { type AddCommand, addExamples, type Exit } from './command.ts';
import { type CommandRow, commands } from './commands.ts';

const exitCodes = `
Exit codes:
  0    done
  1    failed while running
  2    the request was wrong: an unknown name, a bad flag, missing data
  130  interrupted, after saving a checkpoint`;

/**
 * The command line for some words. A command that is among them is there with its flags; of the others
 * the help needs no more than a line. The code of a command is loaded when it runs.
 *
 * @param exit takes a command's exit code where that is not 0
 */
export async function buildProgram(words: readonly string[], exit: Exit): Promise<Command> {
  const program = new Command('shakelab')
    .description('Trains residual nets from layout strings and measures what shaking does to them.')
    .version(packageVersion())
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(withRemedy(text)) });
  for (const row of commands) (await commandOf(row, words))(program, exit);
  addExamples(
    program,
    'shakelab study mnist',
    'shakelab train --out runs/a --dataset digits --epochs 3',
    'shakelab train --help',
  );
  return program.addHelpText('after', exitCodes);
}

/** What the parser of the command line complains of, with where to look if it has nothing to suggest. */
const withRemedy = (complaint: string): string =>
  complaint
    .replace(/^error/, 'shakelab')
    .replace(/^(.* (?:unknown|missing|required)\b.*)\n$/, '$1; --help tells what there is\n');

/** The command of a row, or only its line of the help where no word names it. */
async function commandOf(row: CommandRow, words: readonly string[]): Promise<AddCommand> {
  const { usage, summary, load } = row;
  const [name] = usage.split(' ');
  return words.includes(name) ? load() : (parent) => parent.command(usage).description(summary);
}
