// Prints `PASSED FAILED` for a vitest JSON report. A report that is missing, and a file that cannot be loaded, count as
// one failure each.
import { readFileSync } from 'node:fs';
import process from 'node:process';

function count(file) {
  let report;
  try {
    report = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return [0, 1];
  }
  const unloaded = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  );
  const failed = report.numFailedTests + unloaded.length;
  return [report.numPassedTests, failed === 0 && !report.success ? 1 : failed];
}

console.log(count(process.argv[2]).join(' '));
