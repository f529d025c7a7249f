import { join } from 'node:path';
import { z } from 'zod';
import { RequestError } from '../../errors.ts';
import { parseDocument } from '../../files/document.ts';
import { mostBytes, readText } from '../../files/read.ts';
import { studySummaryName } from '../../files/studyNames.ts';
import { summaryKind } from '../../studies/summary.ts';
import { modelTable } from './modelTable.ts';
import type { PaperTable } from './paperTable.ts';
import { searchKind, searchTable } from './searchTable.ts';

const anyKind = { ...summaryKind, schema: z.looseObject({}) };

/**
 * The table of the study or search in a folder, by its `summary.json`.
 *
 * @throws RequestError where the folder holds none
 */
export async function summaryTable(folder: string): Promise<PaperTable> {
  const path = join(folder, studySummaryName);
  const text = await readText(path, mostBytes.document).catch((error: NodeJS.ErrnoException) => {
    if (error instanceof RequestError) throw error;
    const remedy =
      'give the folder of a study with a report; --report-only of its command writes one';
    throw new RequestError(`${path}: cannot be read (${error.code}); ${remedy}`);
  });
  return 'rounds' in parseDocument(text, anyKind, path)
    ? searchTable(parseDocument(text, searchKind, path))
    : modelTable(parseDocument(text, summaryKind, path));
}
