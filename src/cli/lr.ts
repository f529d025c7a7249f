import { RequestError } from '../errors.ts';
import { drawRates } from '../figures/rates.ts';
import { parseConfig } from '../runs/config.ts';
import { beginWithWeights } from '../runs/initial/begin.ts';
import { openModel } from '../runs/open.ts';
import { columns, lossText } from '../text/text.ts';
import { growing, type RateStep, type RateTest, testRates } from '../training/rateTest.ts';
import type { LrFlags } from './commands/lr.ts';
import { printResult } from './output.ts';
import { picturePath, writeFileAt } from './places.ts';
import { openProgress, type Progress } from './progress.ts';

const fewestSteps = 10;

/** `shakelab lr`: a learning-rate range test, as a table, a figure and a suggestion. */
export async function lr(flags: LrFlags): Promise<void> {
  const { from: least = 1e-5, to: most = 10, steps = 200, settings, data, threads, json } = flags;
  const range = { least, most, steps };
  checkRange(range);
  const out = flags.out && picturePath('out', flags.out, 'svg');
  // An epoch has at least one step, and the last one, which is evaluated, is not reached.
  const lasting = { epochs: steps + 1, evaluateEvery: String(steps + 1) };
  const config = { ...parseConfig(settings.values, settings), ...lasting };
  const options = { dataFolder: data, threads, schedule: growing(range) };
  const model = await openModel(config, options);
  const { trainer } = model;
  const progress = openProgress();
  try {
    await beginWithWeights(model);
    const found = await testRates(trainer, steps, json ? undefined : shower(progress, steps));
    progress.stop();
    const drawn = found.steps.length > 0 ? out : undefined;
    if (drawn) await writeFileAt('out', drawn, drawRates(found.steps, found.suggestion));
    printResult(json, { ...found, ...(drawn && { out: drawn }) }, () => report(found, drawn));
  } finally {
    progress.stop();
    trainer.close();
  }
}

/** @throws RequestError where no growth fits between the ends */
function checkRange({ least, most, steps }: Record<'least' | 'most' | 'steps', number>): void {
  if (least >= most)
    throw new RequestError(`--from ${least}: must be below --to ${most}; try 1e-5 and 10`);
  if (steps < fewestSteps)
    throw new RequestError(`--steps ${steps}: a test needs ${fewestSteps} or more; try 200`);
}

/** Shows how far the test has come. */
function shower(progress: Progress, total: number): (step: RateStep) => void {
  let done = 0;
  return ({ learningRate, smoothed }) => {
    const after = `rate ${learningRate.toPrecision(2)}, loss ${lossText(smoothed)}`;
    progress.show({ done: ++done, total, before: 'testing', after });
  };
}

const shownRows = 12;

function report({ steps, ended, suggestion }: RateTest, out?: string): string {
  const stride = Math.max(1, Math.ceil(steps.length / shownRows));
  const shown = steps.filter((_, i) => i % stride === 0 || i === steps.length - 1);
  const rows = shown.map(({ learningRate, loss, smoothed }) => [
    learningRate.toPrecision(2),
    lossText(loss),
    lossText(smoothed),
  ]);
  const table = columns([['rate', 'loss', 'smoothed'], ...rows], ['right', 'right', 'right']);
  return [table, ending[ended], advice(suggestion), ...(out ? [out] : [])].join('\n\n');
}

const ending: Record<RateTest['ended'], string> = {
  'all rates': 'ended: all rates were seen',
  'loss rose': 'ended: the smoothed loss rose above 4 times its least',
  'not finite': 'ended: the loss or a parameter was no longer finite',
};

const advice = (suggestion: number | null): string =>
  suggestion === null
    ? 'no suggestion: the loss did not fall by a tenth, or was still falling at the end; widen --from and --to'
    : `suggestion: --lr ${Number(suggestion.toPrecision(2))}, a tenth of the rate of the least smoothed loss`;
