// Prints `N passed, N failed[, N skipped]` of vitest's JSON reports together. A file that failed without a
// failing test, because it did not load, counts as one; so does a report that is not there.
import { existsSync, readFileSync } from 'node:fs';

function count(path) {
  if (!existsSync(path)) return { passed: 0, failed: 1, skipped: 0 };
  const report = JSON.parse(readFileSync(path, 'utf8'));
  const broken = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && assertionResults.every((test) => test.status !== 'failed'),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

const counts = process.argv.slice(2).map(count);
const sum = (key) => counts.reduce((total, own) => total + own[key], 0);
const skipped = sum('skipped');
console.log(
  `${sum('passed')} passed, ${sum('failed')} failed${skipped ? `, ${skipped} skipped` : ''}`,
);
