import { type BenchEvent, type BenchSetting, type Place, runBench } from '../bench/bench.ts';
import type { BenchResult } from '../bench/results.ts';
import { duration, wholeNumber } from '../text/text.ts';
import { benchMarkdown, benchTable, settingText } from './benchTable.ts';
import type { BenchFlags } from './commands/bench.ts';
import { catchInterrupts, interruptedCode } from './interrupts.ts';
import { printJson, refuseForms } from './output.ts';
import { openProgress, type Status } from './progress.ts';

/** `shakelab bench`: progress to standard error, the results to standard output. */
export async function bench({ case: cases, ...flags }: BenchFlags): Promise<number> {
  refuseForms({ markdown: flags.markdown, json: flags.json });
  const progress = openProgress(process.stderr);
  const { signal, saveFirst } = catchInterrupts(() =>
    progress.line('stopping; Ctrl-C once more quits'),
  );
  saveFirst();
  const results: BenchResult[] = [];
  let setting: BenchSetting | null = null;
  const started = performance.now();
  try {
    for await (const event of runBench({ ...flags, cases, signal })) {
      if (event.kind === 'start') setting = event.setting;
      if (event.kind === 'result') results.push(event.result);
      for (const line of linesOf(event, flags.peer)) progress.line(line);
      if (event.kind === 'task') progress.show(statusOf(event, started));
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    progress.stop();
  }
  if (setting && results.length > 0) print({ setting, results }, flags);
  return signal.aborted ? interruptedCode : 0;
}

interface Report {
  setting: BenchSetting;
  results: BenchResult[];
}

function print(
  { setting, results }: Report,
  { json, markdown }: Pick<BenchFlags, 'json' | 'markdown'>,
): void {
  if (json) printJson({ ...setting, results });
  else if (markdown) process.stdout.write(`${benchMarkdown(setting, results)}\n`);
  else process.stdout.write(`${benchTable(results)}\n`);
}

type EventOf<Kind extends BenchEvent['kind']> = Extract<BenchEvent, { kind: Kind }>;

const withoutPeer =
  'PyTorch: no Python with torch was found, so ours is measured alone; ' +
  'set SHAKELAB_PYTHON or install torch';

const busyText =
  'the load average is high: something else has been running; measure on a quiet machine';

function linesOf(event: BenchEvent, peer: boolean): string[] {
  if (event.kind === 'note') return [event.text];
  if (event.kind === 'result') return [resultLine(event)];
  if (event.kind === 'task') return [];
  const { setting } = event;
  const { torch, against, load, identity } = setting;
  const busy = load.average > identity.processors / 2;
  return [
    settingText(setting),
    ...(busy ? [busyText] : []),
    ...(peer && !torch && !against ? [withoutPeer] : []),
  ];
}

function resultLine({ place, result }: EventOf<'result'>): string {
  const heading = `${placeText(place)} done`;
  if (result.kind === 'figure') return heading;
  const parts = result.entries.map(({ program, imagesPerSecond }) => {
    return `${program} ${wholeNumber(imagesPerSecond.median)} images/s`;
  });
  return `${heading}: ${parts.join(', ')}`;
}

function statusOf({ place, task, done }: EventOf<'task'>, started: number): Status {
  const all = place.index + done;
  const left = ((performance.now() - started) / 1000) * (place.count / all - 1);
  const after = `${task}  ${all > 0 ? `${duration(left)} left` : ''}`;
  return { done: all, total: place.count, before: placeText(place), after };
}

const placeText = ({ index, count, name }: Place): string => `case ${index + 1}/${count}: ${name}`;
