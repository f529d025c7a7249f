import { isUtf8 } from 'node:buffer';
import { buffer } from 'node:stream/consumers';
import { csvFormatRows } from 'd3-dsv';
import { type Prediction, predictions } from '../predict/predict.ts';
import type { Source } from '../predict/sources.ts';
import { openTrainedNet } from '../predict/trainedNet.ts';
import { columns, plural } from '../text/text.ts';
import { visibleText } from '../text/visible.ts';
import type { PredictFlags } from './commands/predict.ts';
import { printJson, printNote, refuseForms } from './output.ts';

/** Files that cannot be read make a request wrong; the others are predicted all the same. */
const wrongFiles = 2;

/** `shakelab predict`: the classes of new files; exit code 2 where one of them cannot be read. */
export async function predict(
  folder: string,
  files: readonly string[],
  flags: PredictFlags,
): Promise<number> {
  const { data: dataFolder, threads, checkpoint, top = 1 } = flags;
  const print = printerOf(flags);
  const net = await openTrainedNet(folder, { dataFolder, threads, checkpoint });
  let [told, problems] = [0, 0];
  try {
    net.notes.forEach(printNote);
    for await (const one of predictions(net, await sourcesOf(files), top)) {
      if ('problem' in one) {
        problems++;
        printNote(one.problem);
        if (flags.json) printJson(one);
      } else {
        told++;
        print.one(one);
      }
    }
    print.end?.();
  } finally {
    net.close();
  }
  if (problems === 0) return 0;
  printNote(`${plural(problems, 'file')} of ${problems + told} could not be read`);
  return wrongFiles;
}

/** Prints predictions as they come, or all of them at the end. */
interface Printer {
  one(prediction: Prediction): void;
  end?(): void;
}

function printerOf({ csv, json }: PredictFlags): Printer {
  refuseForms({ csv, json });
  if (json) return { one: printJson };
  return csv ? csvPrinter() : tablePrinter();
}

function csvPrinter(): Printer {
  const print = (row: string[]) => process.stdout.write(`${csvFormatRows([row])}\n`);
  let begun = false;
  return {
    one({ file, top }) {
      if (!begun) print(['file', ...top.flatMap((_, i) => headings(i))]);
      begun = true;
      print([file, ...top.flatMap((told) => [told.class, String(told.probability)])]);
    },
  };
}

const headings = (rank: number): string[] =>
  ['class', 'probability'].map((name) => (rank === 0 ? name : `${name} ${rank + 1}`));

function tablePrinter(): Printer {
  const rows: string[][] = [];
  return {
    one({ file, top }) {
      const told = top.flatMap(({ class: name, probability }) => [
        visibleText(name),
        probability.toFixed(3),
      ]);
      rows.push([visibleText(file), ...told]);
    },
    end() {
      if (rows.length === 0) return;
      const sides = rows[0].map((_, i) => (i > 0 && i % 2 === 0 ? 'right' : 'left'));
      process.stdout.write(`${columns(rows, sides)}\n`);
    },
  };
}

/** Paths as they are; for `-` what standard input holds. */
async function sourcesOf(files: readonly string[]): Promise<Source[]> {
  const sources: Source[] = [];
  for (const file of files) sources.push(...(file === '-' ? await readInput() : [file]));
  return sources;
}

/** Standard input is a list of paths, one a line, where it is text, and else a file. */
async function readInput(): Promise<Source[]> {
  const bytes = await buffer(process.stdin);
  if (bytes.includes(0) || !isUtf8(bytes)) return [{ name: 'standard input', bytes }];
  return bytes
    .toString()
    .split(/\r?\n/)
    .filter((line) => line !== '');
}
