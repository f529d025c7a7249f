import { runLogs } from '../exports/logs.ts';
import { parseConfig } from '../runs/config.ts';
import type { RunConfig } from '../runs/fields.ts';
import { keptConfig } from '../runs/folder.ts';
import { type RunEvent, type RunResult, type RunStart, runTraining } from '../runs/lifecycle.ts';
import { elapsed, percent, plural, wholeNumber } from '../text/text.ts';
import type { TrainFlags } from './commands/train.ts';
import { epochTable } from './epochTable.ts';
import { follow } from './follow.ts';
import { openPace, type Progress, trainingStatus, wholeAmount } from './progress.ts';
import { readingText } from './readingText.ts';

/** `shakelab train`: trains a run into a folder, or goes on with the one that is there. */
export async function train(flags: TrainFlags): Promise<number> {
  const { out: folder, resume = false, settings, json, data: dataFolder, log, ...rest } = flags;
  const base = resume ? await keptConfig(folder) : undefined;
  const config = parseConfig(settings.values, { ...settings, base });
  const keepers = log ? [await runLogs[log]()] : [];
  const own = { folder, config, resume, dataFolder, keepers };
  const options = { ...own, ...rest };
  return follow<RunEvent>({
    json,
    begins: 'start',
    start: (live) => runTraining({ ...options, ...live }),
    reporter: (progress) => reporter(config, resume, progress),
  });
}

/** Classes that a run names as it begins; `data check` has all. */
const mostClasses = 20;

/** Tells a run to a reader: a heading, a line an epoch, a bar where there is a terminal. */
function reporter(
  { epochs }: RunConfig,
  resume: boolean,
  progress: Progress,
): (event: RunEvent) => void {
  let table = epochTable();
  const pace = openPace();
  return (event) => {
    if (event.kind === 'note') {
      progress.line(event.text);
    } else if (event.kind === 'start') {
      for (const line of opening(event, resume)) progress.line(line);
      table = epochTable([], event.judge);
      if (!event.finished) progress.line(table.heading);
    } else if (event.kind === 'step') {
      const place = { title: 'training', epochs, amount: wholeAmount };
      progress.show(trainingStatus(event, place, pace));
    } else if (event.kind === 'epoch') {
      progress.line(table.line(event, epochs));
    } else if (event.kind !== 'checkpoint') {
      progress.stop();
      progress.line(event.kind === 'done' ? closing(event) : interruption(event.step));
    }
  };
}

function opening(start: RunStart, resume: boolean): string[] {
  const { config, parameters, steps, data, notes } = start;
  const { net, layout, mixing, dataset, seed } = config;
  const what = `${net}, ${layout}, ${mixing} on ${dataset}, seed ${seed}`;
  const size = `${wholeNumber(parameters)} parameters, ${wholeNumber(steps)} steps`;
  const read = data ? readingText(data, mostClasses) : [];
  return [...notes, `${what}: ${size}`, ...read, ...(resume ? [continuation(start)] : [])];
}

function continuation({ step, resumed, finished }: RunStart): string {
  if (!resumed) return 'no checkpoint to go on from; starting from the beginning';
  return finished ? 'trained already' : `going on after step ${wholeNumber(step)}`;
}

function closing({ folder, testError, seconds, ...result }: RunResult): string {
  const { bestEpoch, validationError, epochs } = result;
  const learned = result.atChance ? '; the net errs as one that guesses, train it longer' : '';
  const kept = `after ${elapsed(seconds)}; kept in ${folder}${learned}`;
  if (validationError === undefined) return `test error ${percent(testError)} ${kept}`;
  return (
    `best of ${plural(epochs, 'epoch')}: ${bestEpoch}, validation error ${percent(validationError)}; ` +
    `its test error, measured once, ${percent(testError)} ${kept}`
  );
}

const interruption = (step: number): string =>
  `stopped after step ${wholeNumber(step)}, checkpoint saved; go on with the same command and --resume`;
