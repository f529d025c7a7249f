// Prints `N passed, N failed[, N skipped]` from vitest's JSON report. A file that failed without a
// failing test, because it did not load, counts as one; no report at all is one failure.
import { existsSync, readFileSync } from 'node:fs';

function tally(report) {
  const broken = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && assertionResults.every((test) => test.status !== 'failed'),
  );
  const failed = report.numFailedTests + broken.length;
  const skipped = report.numPendingTests + report.numTodoTests;
  return `${report.numPassedTests} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`;
}

const path = process.argv[2];
console.log(
  existsSync(path) ? tally(JSON.parse(readFileSync(path, 'utf8'))) : '0 passed, 1 failed',
);
