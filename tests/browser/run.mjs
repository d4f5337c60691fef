// Runs the checks on a page: `node run.mjs --for editor|class --report REPORT.json [--checks NAME,NAME] PAGE.html`.
// Prints a line per check and what each found wrong; exit status 1 when something is.

import { parseArgs } from 'node:util';
import { launch, Subject, Windows } from './browser.mjs';
import { checks } from './checks.mjs';

const text = { type: 'string' };
const options = { for: { ...text, default: 'editor' }, report: text, checks: { ...text, default: Object.keys(checks).join() } };
const { values, positionals } = parseArgs({ options, allowPositionals: true });

const browser = await launch();
const windows = new Windows(browser);
for (const file of positionals) {
  const subject = new Subject(windows, { file, kind: values.for, report: values.report });
  for (const name of values.checks.split(',')) {
    const { problems, remarks } = await checks[name](subject);
    console.log(`${problems.length ? 'FAIL' : 'ok  '} ${name}${remarks.length ? `: ${remarks.join(', ')}` : ''}`);
        for (const problem of problems) console.log(`     - ${problem}`);
    if (problems.length) process.exitCode = 1;
  }
}
await browser.close();
