import { Command } from 'commander';
import { packageVersion } from '../package.ts';
import { configKeys } from '../runs/fields.ts';
import { type AddCommand, addExamples, type Exit } from './command.ts';
import { bench } from './commands/bench.ts';
import { data } from './commands/data.ts';
import { describe } from './commands/describe.ts';
import { embed } from './commands/embed.ts';
import { evaluate } from './commands/evaluate.ts';
import { law } from './commands/law.ts';
import { list } from './commands/list.ts';
import { measure } from './commands/measure.ts';
import { studio } from './commands/studio.ts';
import { train } from './commands/train.ts';
import {
  addConfigFlags,
  addJsonFlag,
  addMachineFlags,
  configFlagsOf,
  countFlag,
  numberFlag,
} from './options.ts';

/** Every command, in the order of the help. */
const commands: readonly AddCommand[] = [
  addStudy,
  addSearch,
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

function addStudy(program: Command, exit: Exit): Command {
  const study = program
    .command('study')
    .description('run a study of the paper and write its report');
  addExamples(study, 'shakelab study mnist', 'shakelab study mnist --help');
  const mnist = study
    .command('mnist')
    .description('section 3.1: embeddings of PreAct and PreActBN, without and with shaking')
    .option('--dataset <name>', 'mnist or digits (default: mnist, digits where it is missing)');
  const standard = { epochs: 'as go over 120,000 images', seeds: '1', batch: '128', lr: '0.1' };
  addStudyFlags(mnist, standard).action(async (flags) => {
    const { studyMnist } = await import('./study.ts');
    exit(await studyMnist(flags));
  });
  const longer = 'shakelab study mnist --epochs 10 --seeds 3 --out runs/mnist';
  addExamples(mnist, 'shakelab study mnist', longer, 'shakelab study mnist --dataset digits');
  addCifar10Study(study, exit);
  return study;
}

function addCifar10Study(study: Command, exit: Exit): void {
  const cifar10 = study
    .command('cifar10')
    .description('section 3.2: Table 1, rows of it over several seeds')
    .option('--rows <names>', 'rows by name or group: all, shaken, controls (default: four rows)')
    .option('--full', "the paper's recipe: width 64, 1800 epochs, batch 128, lr 0.2")
    .option('--report-only', 'train nothing; write the report of the runs in --out that are done')
    .addOption(countFlag('width', 'channels', 'width W of the nets 26 2×Wd (default: 16)', 16))
    .option('--dataset <name>', 'other data than cifar10');
  const standard = { epochs: '12', seeds: '3', batch: '64', lr: '0.1 × batch / 64' };
  addStudyFlags(cifar10, standard).action(async (flags) => {
    const { studyCifar10 } = await import('./study.ts');
    exit(await studyCifar10(flags));
  });
  addExamples(
    cifar10,
    'shakelab study cifar10',
    'shakelab study cifar10 --rows relu-preact,preact,preact-even --epochs 30 --seeds 5',
    'shakelab study cifar10 --full --rows all --out runs/table-1',
    'shakelab study cifar10 --report-only --out runs/table-1',
  );
}

/** Adds the flags that the studies of the paper share, and says what holds without them. */
function addStudyFlags(
  study: Command,
  standard: Record<'epochs' | 'seeds' | 'batch' | 'lr', string>,
): Command {
  const { epochs, seeds, batch, lr } = standard;
  study
    .addOption(countFlag('epochs', 'count', `epochs of each run (default: ${epochs})`, 10))
    .addOption(countFlag('seeds', 'count', `seeds of each model (default: ${seeds})`, 3))
    .addOption(
      countFlag('batch', 'size', `images a step, a multiple of 16 (default: ${batch})`, 64),
    )
    .addOption(numberFlag('lr', 'rate', `first learning rate (default: ${lr})`, 0.1))
    .addOption(countFlag('train-size', 'count', 'train on this many images only', 10000))
    .option('--out <folder>', 'where runs, figures and report are kept');
  return addJsonFlag(addMachineFlags(study), 'print an event a line as JSON');
}

/** Every layout and its seeds are the search's own affair, and epochs mean those of a round. */
const searchKeys = configKeys.filter((key) => !['layout', 'seed', 'epochs'].includes(key));

function addSearch(program: Command, exit: Exit): Command {
  const search = program
    .command('search')
    .description('train every placement of batch norms, longer the more promising, and report')
    .option('--norms <where>', 'before-relu: 16 layouts, or anywhere: 48 (default: before-relu)')
    .addOption(countFlag('epochs', 'count', 'epochs of a run of the first round (default: 1)', 1))
    .addOption(countFlag('rounds', 'count', 'rounds of halving (default: 3)', 3))
    .addOption(countFlag('factor', 'count', 'keep one in so many, train so much longer (3)', 3))
    .addOption(countFlag('seeds', 'count', 'seeds of each layout in each round (default: 1)', 3))
    .option('--out <folder>', 'where runs, figures and report are kept (default: runs/search)');
  addConfigFlags(addMachineFlags(search), searchKeys);
  addJsonFlag(search, 'print an event a line as JSON').action(async (flags) => {
    const command = await import('./search.ts');
    exit(await command.search(configFlagsOf(flags), flags));
  });
  return addExamples(
    search,
    'shakelab search --dataset digits --net resnext-8-2x4d --train-size 2048',
    'shakelab search --norms anywhere --seeds 3 --epochs 2 --out runs/everywhere',
  );
}
