import { Option } from 'commander';
import type { StudyOption, StudyOptionTable } from '../studies/options.ts';
import type { StudyRow } from '../studies/registry.ts';
import type { StudyTypes } from '../studies/study.ts';
import { type AddCommand, command, type Flag } from './command.ts';
import { cappedThreads, jsonEvents, parsedOption } from './flags.ts';
import { jobFlags, withoutJobFlags } from './jobFlags.ts';

/**
 * The command of a study, with a flag for each of its options, and those of jobs.
 *
 * @param run carries the study out in this process
 */
export function studyCommand<T extends StudyTypes>(
  { name, summary, options, examples, load }: StudyRow<T>,
  run: (options: T['options'], json?: boolean) => Promise<number>,
): AddCommand {
  return command({
    usage: name,
    summary,
    flags: { ...flagsOf(options), ...jobFlags, json: jsonEvents },
    examples,
    async run({ json, ...values }) {
      const { jobs, options } = withoutJobFlags<T['options']>(values);
      if (jobs.on === undefined) return run(options, json);
      return (await import('./submit.ts')).submit(await load(), options, jobs, json);
    },
  });
}

const flagsOf = (options: StudyOptionTable): Record<string, Flag<unknown>> =>
  Object.fromEntries(Object.entries(options).map(([name, option]) => [name, flagOf(option)]));

function flagOf({
  flag,
  argument,
  help,
  standard,
  ...parser
}: StudyOption<unknown>): Flag<unknown> {
  const words = standard === undefined ? help : `${help} (default: ${standard})`;
  const option = () =>
    argument === undefined
      ? new Option(`--${flag}`, words)
      : parsedOption(`--${flag} <${argument}>`, words, parser);
  const read: Flag<unknown>['read'] = (values) => values[option().attributeName()];
  return {
    options: () => [option()],
    read:
      flag === 'threads'
        ? (values, name) => cappedThreads(read(values, name) as number | undefined)
        : read,
  };
}
