import type { Command, Option, OptionValues } from 'commander';
import { RequestError } from '../errors.ts';

/** A flag of a command, or several that belong together; `Value` is what the command gets of it. */
export interface Flag<Value> {
  /** What the command line reads, given the flag's name in the command's table. */
  options(name: string): Option[];
  /** What it holds, of all that the command line has read. */
  read(values: OptionValues, name: string): Value;
}

/** The flags of a command by name, in the order of its help. */
export type FlagTable = Readonly<Record<string, Flag<unknown>>>;

/** What a command gets of its flags. */
export type FlagsOf<Table extends FlagTable> = {
  [Name in keyof Table]: ReturnType<Table[Name]['read']>;
};

/** What stands behind a command's name, by its usage: `law <law>`, `check [names...]`, `predict <folder> <files...>`. */
type ArgumentsOf<Usage extends string> = Usage extends `${string} <${string}> <${string}...>`
  ? [string, string[]]
  : Usage extends `${string} <${string}> <${string}>`
    ? [string, string]
    : Usage extends `${string} <${string}...>`
      ? [string[]]
      : Usage extends `${string} [${string}...]`
        ? [string[]]
        : Usage extends `${string} [${string}]`
          ? [string | undefined]
          : Usage extends `${string} <${string}>`
            ? [string]
            : [];

/** Takes a command's exit code where that is not 0. */
export type Exit = (code: number) => void;

/** Adds a command below another. */
export type AddCommand = (parent: Command, exit: Exit) => Command;

/** A command as its help states it, and its work. */
interface CommandFacts<Usage extends string, Table extends FlagTable> {
  usage: Usage;
  summary: string;
  flags: Table;
  examples: readonly string[];
  /** Loads the code that does the work, and calls it; it may give an exit code. */
  run(
    flags: FlagsOf<Table>,
    ...names: ArgumentsOf<Usage>
  ): Promise<void> | Promise<number> | Promise<number | undefined>;
}

/** A command that does something. */
export function command<Usage extends string, Table extends FlagTable>(
  facts: CommandFacts<Usage, Table>,
): AddCommand {
  const { usage, summary, flags, examples, run } = facts;
  return (parent, exit) => {
    const added = parent.command(usage).description(summary);
    for (const option of optionsOf(flags)) added.addOption(option);
    added.action(async () => {
      const names = added.processedArgs as ArgumentsOf<Usage>;
      refuseEmpty(added);
      const code = await run(readFlags(flags, added.opts()), ...names);
      if (typeof code === 'number') exit(code);
    });
    return addExamples(added, ...examples);
  };
}

/** An empty text is a variable of a shell that was not set; as a folder it would be this one. */
function refuseEmpty(command: Command): void {
  const flag = command.options.find((option) => command.opts()[option.attributeName()] === '');
  const name = command.processedArgs.flat().includes('') ? command.name() : flag?.long;
  if (name) throw new RequestError(`${name} '': the text is empty; give one, or leave it out`);
}

/** A command that has others below it, as its help states it. */
interface GroupFacts {
  usage: string;
  summary: string;
  examples: readonly string[];
  commands: readonly AddCommand[];
}

/** A command that has others below it. */
export function commandGroup({ usage, summary, examples, commands }: GroupFacts): AddCommand {
  return (parent, exit) => {
    const added = parent.command(usage).description(summary);
    for (const add of commands) add(added, exit);
    return addExamples(added, ...examples);
  };
}

/** Adds examples below a command's help, one a line. */
export function addExamples(command: Command, ...examples: string[]): Command {
  return command.addHelpText('after', `\nExamples:\n${examples.map((e) => `  $ ${e}`).join('\n')}`);
}

const optionsOf = (flags: FlagTable): Option[] =>
  Object.entries(flags).flatMap(([name, flag]) => flag.options(name));

const readFlags = <Table extends FlagTable>(flags: Table, values: OptionValues): FlagsOf<Table> =>
  Object.fromEntries(
    Object.entries(flags).map(([name, flag]) => [name, flag.read(values, name)]),
  ) as FlagsOf<Table>;
