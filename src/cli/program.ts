import { Command, Option } from 'commander';
import { settingNames } from '../data/settings.ts';
import { packageVersion } from '../package.ts';
import { configKeys } from '../runs/fields.ts';
import {
  addConfigFlags,
  addDataFlag,
  addExamples,
  addFolderFlags,
  addJsonFlag,
  addMachineFlags,
  configFlagsOf,
  countFlag,
  dataKeys,
  framesFlag,
  numberFlag,
  portFlag,
} from './options.ts';

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
export function buildProgram(exit: (code: number) => void): Command {
  const program = new Command('shakelab')
    .description('Trains residual nets from layout strings and measures what shaking does to them.')
    .version(packageVersion())
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error/, 'shakelab')) });
  addStudy(program, exit);
  addSearch(program, exit);
  addTrain(program, exit);
  addEvaluate(program);
  addEmbed(program);
  addMeasure(program);
  addDescribe(program);
  addList(program);
  addLaw(program);
  addData(program, exit);
  addBench(program, exit);
  addStudio(program);
  addExamples(
    program,
    'shakelab study mnist',
    'shakelab train --out runs/a --dataset digits --epochs 3',
    'shakelab train --help',
  );
  return program.addHelpText('after', exitCodes);
}

type Exit = (code: number) => void;

function addStudy(program: Command, exit: Exit): void {
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

function addSearch(program: Command, exit: Exit): void {
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
  addExamples(
    search,
    'shakelab search --dataset digits --net resnext-8-2x4d --train-size 2048',
    'shakelab search --norms anywhere --seeds 3 --epochs 2 --out runs/everywhere',
  );
}

function addTrain(program: Command, exit: Exit): void {
  const train = program
    .command('train')
    .description('train a net into a folder')
    .requiredOption('--out <folder>', 'folder of the run, new or empty')
    .option('--resume', 'go on with the run in the folder, from its last checkpoint')
    .addOption(numberFlag('checkpoint-seconds', 'time', 'longest time between checkpoints', 60))
    .addOption(framesFlag());
  addMachineFlags(addConfigFlags(train));
  addJsonFlag(train, 'print an event a line as JSON').action(async (flags) => {
    const command = await import('./train.ts');
    exit(await command.train(configFlagsOf(flags), flags));
  });
  addExamples(
    train,
    'shakelab train --out runs/a --dataset mnist --features 2',
    "shakelab train --out runs/b --layout 'bn relu conv bn' --mixing shake-shake:level=batch",
    'shakelab train --out runs/c --dataset ./photos --image-size 32',
    'shakelab train --out runs/a --resume',
  );
}

function addEvaluate(program: Command): void {
  const evaluate = program
    .command('evaluate <folder>')
    .description('loss and error of a run on the test images');
  addJsonFlag(addMachineFlags(evaluate)).action(async (folder, flags) => {
    const command = await import('./evaluate.ts');
    await command.evaluate(folder, flags);
  });
  addExamples(evaluate, 'shakelab evaluate runs/a', 'shakelab evaluate runs/a --json');
}

function addEmbed(program: Command): void {
  const mode = 'evaluate, or train: shaken, with the statistics of the batch';
  const embed = program
    .command('embed <folder>')
    .description("write a run's features, labels and predictions into its embeddings/")
    .addOption(new Option('--split <split>', 'images').choices(['train', 'test']).default('test'))
    .addOption(new Option('--mode <mode>', mode).choices(['train', 'evaluate']).default('evaluate'))
    .option('--csv', 'write a CSV table too');
  addJsonFlag(addMachineFlags(embed)).action(async (folder, flags) => {
    const command = await import('./embed.ts');
    await command.embed(folder, flags);
  });
  addExamples(embed, 'shakelab embed runs/a --split train --mode train --csv');
}

function addMeasure(program: Command): void {
  const measure = program
    .command('measure <folder>')
    .description("measures of a run's representation: the paper's, neural collapse, neighbours, …")
    .option('--picture <file>', 'draw the features as PNG; more than two in their principal plane');
  addJsonFlag(addMachineFlags(measure)).action(async (folder, flags) => {
    const command = await import('./measure.ts');
    await command.measure(folder, flags);
  });
  addExamples(measure, 'shakelab measure runs/a', 'shakelab measure runs/a --picture a.png --json');
}

function addDescribe(program: Command): void {
  const describe = program
    .command('describe')
    .description("a net's blocks, parameters, operations, memory and speed");
  const keys = ['net', 'layout', 'mixing', 'head', 'features', 'batch'] as const;
  addConfigFlags(addDataFlag(describe), [...dataKeys, ...keys])
    .option('--program', 'print the listing of its program')
    .option('--profile', 'run it on random images and time every instruction')
    .addOption(countFlag('threads', 'count', 'threads of the profile', 2));
  addJsonFlag(describe).action(async (flags) => {
    const command = await import('./describe.ts');
    await command.describe(configFlagsOf(flags), flags);
  });
  addExamples(
    describe,
    'shakelab describe --net resnext-26-2x64d --layout bn-shake --dataset cifar10',
    'shakelab describe --net wrn-28-10 --layout preact-dropout --dataset cifar10',
    'shakelab describe --features 2 --program',
    'shakelab describe --net resnext-26-2x16d --dataset cifar10 --batch 64 --profile',
  );
}

function addList(program: Command): void {
  const list = program
    .command('list')
    .description('every mixing law, head and regulariser, with its flag and source')
    .option('--markdown', "print the README's table");
  addJsonFlag(list).action(async (flags) => {
    const command = await import('./list.ts');
    command.list(flags);
  });
  addExamples(list, 'shakelab list', 'shakelab list --json');
}

function addLaw(program: Command): void {
  const law = program
    .command('law <law>')
    .description("a mixing law's coefficients: their moments, and a figure of their distribution")
    .addOption(countFlag('branches', 'count', 'branches of a block (default: 2)', 3))
    .addOption(countFlag('blocks', 'count', 'blocks of the net (default: 9)', 12))
    .option('--out <file>', 'write the figure as SVG');
  addJsonFlag(law).action(async (text, flags) => {
    const command = await import('./law.ts');
    await command.law(text, flags);
  });
  addExamples(
    law,
    'shakelab law shake-drop',
    'shakelab law shake-shake:strength=0.5 --branches 3 --out law.svg',
  );
}

function addData(program: Command, exit: Exit): void {
  const data = program.command('data').description('data sets: list, get, check, show');
  addExamples(data, 'shakelab data list', 'shakelab data get mnist', 'shakelab data check');
  const list = data.command('list').description('every data set and where it was found');
  addJsonFlag(addDataFlag(list)).action(async (flags) => {
    const command = await import('./data.ts');
    await command.list(flags);
  });
  const get = data.command('get [names...]').description('download data sets that are not at hand');
  addJsonFlag(get.option('--data <folder>', 'put them there, not into the cache')).action(
    async (names, flags) => {
      const command = await import('./data.ts');
      await command.get(names, flags);
    },
  );
  const check = data
    .command('check [names...]')
    .description('verify files against their checksums, or read a folder of your own');
  addJsonFlag(addFolderFlags(addDataFlag(check))).action(async (names, flags) => {
    const command = await import('./data.ts');
    exit(await command.check(names, configFlagsOf(flags, settingNames), flags));
  });
  const show = data
    .command('show <name>')
    .description('draw a contact sheet of training images as PNG')
    .addOption(countFlag('count', 'count', 'images (default: 50, with --augment 10)', 50))
    .option('--augment', 'beside each image, what training sees of it in its first epochs')
    .option('--out <file>', 'where to write it (default: <name>.png)');
  addJsonFlag(addFolderFlags(addDataFlag(show))).action(async (name, flags) => {
    const command = await import('./show.ts');
    await command.show(name, configFlagsOf(flags, settingNames), flags);
  });
  addExamples(
    show,
    'shakelab data show cifar10 --augment --out cifar10.png',
    'shakelab data show ./photos --image-size 32',
  );
  addExamples(list, 'shakelab data list', 'shakelab data list --json');
  addExamples(get, 'shakelab data get mnist', 'shakelab data get mnist --data data');
  addExamples(check, 'shakelab data check mnist --data data', 'shakelab data check ./photos');
}

function addBench(program: Command, exit: Exit): void {
  const bench = program
    .command('bench')
    .description('speed and memory, next to PyTorch where a Python with torch is found')
    .option('--case <words...>', 'only cases whose names hold these words')
    .addOption(countFlag('threads', 'count', 'threads of either side', 2))
    .addOption(countFlag('pairs', 'count', 'measurements of each side, in turns (default: 5)', 5))
    .addOption(numberFlag('seconds', 'time', 'length of a measurement (default: 4)', 4))
    .option('--no-peer', 'measure ours alone')
    .option('--no-bf16', 'leave out PyTorch in bfloat16')
    .option('--markdown', "print the README's table");
  addJsonFlag(bench).action(async (flags) => {
    const command = await import('./bench.ts');
    exit(await command.bench(flags));
  });
  addExamples(
    bench,
    'shakelab bench',
    "shakelab bench --case '2x16d train' --pairs 3 --no-bf16",
    'SHAKELAB_PYTHON=/usr/bin/python3 shakelab bench --markdown > results.md',
  );
}

function addStudio(program: Command): void {
  const port = portFlag('port to listen at; a free one if it is taken, or for 0');
  const host = 'address to listen at; beyond this machine $SHAKELAB_PASSWORD is asked for';
  const studio = program
    .command('studio [folder]')
    .description('watch, compare and start runs in a browser')
    .addOption(port.default(4242))
    .option('--host <address>', host, '127.0.0.1')
    .option('--no-open', 'print the address, open no browser');
  addDataFlag(studio).action(async (folder = 'runs', flags) => {
    const command = await import('./studio.ts');
    await command.studio(folder, flags);
  });
  addExamples(studio, 'shakelab studio', 'shakelab studio runs/mnist --port 8080 --no-open');
}
