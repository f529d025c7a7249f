import { drawErrors } from '../../src/figures/errors.ts';
import { cifar10Claims } from '../../src/studies/cifar10/claims.ts';
import { rowTitles } from '../../src/studies/cifar10/rows.ts';
import { rowDifferences, tableRows } from '../../src/studies/cifar10/table.ts';
import { judgeClaims } from '../../src/studies/claims.ts';
import { errorText } from '../../src/studies/curves/words.ts';
import { groupByModel, type ModelRuns } from '../../src/studies/models.ts';
import { intervalInWords } from '../../src/studies/report/contrasts.ts';
import type { Summary } from '../../src/studies/summary.ts';
import { markdownTable } from '../../src/text/markdown.ts';
import type { Blocks } from './blocks.ts';

/** The rows of studies that differ in nothing but their rows, put together. */
const modelsOf = (studies: readonly Summary[]): ModelRuns[] =>
  groupByModel(studies.flatMap(({ runs }) => runs));

/** What the studies of Table 1 say together: errors, differences, the paper's findings. */
export function cifar10Blocks(studies: readonly Summary[]): Blocks {
  const models = modelsOf(studies);
  return {
    'cifar10-errors': errorTable(models),
    'cifar10-differences': differenceTable(models),
    'cifar10-claims': claimTable(models),
  };
}

function errorTable(models: readonly ModelRuns[]): string {
  const rows = tableRows(models).map(({ title, errors, mean, halfWidth, published }) => [
    title,
    errors.map((error) => error.toFixed(2)).join(', '),
    errorText({ count: errors.length, mean, deviation: null, halfWidth }),
    published ? published.error.toFixed(2) : '–',
  ]);
  return markdownTable(['row', 'seeds', 'mean ± 95 %', 'published, %'], rows);
}

function differenceTable(models: readonly ModelRuns[]): string {
  const rows = rowDifferences(models).map((difference) => [
    `${difference.left} − ${difference.right}`,
    intervalInWords(difference, 'testError'),
    difference.statement,
  ]);
  return markdownTable(['rows', 'difference', 'in words'], rows);
}

function claimTable(models: readonly ModelRuns[]): string {
  const rows = judgeClaims(cifar10Claims, models, rowTitles).map((claim) => [
    claim.where,
    claim.statement,
    claim.verdict,
  ]);
  return markdownTable(['where', 'finding', 'verdict'], rows);
}

/** Every seed's error, row by row. */
export const cifar10Figure = (studies: readonly Summary[]): string =>
  drawErrors(
    tableRows(modelsOf(studies)).map((row) => ({
      ...row,
      published: row.published?.error ?? null,
    })),
  );
