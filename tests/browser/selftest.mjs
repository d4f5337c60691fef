// The checks against pages made by hand: they pass the two good ones, and each fails the good page with one defect put in.
// `node selftest.mjs [CHECK]` tries all, or one check's.

import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launch, Subject, Windows } from './browser.mjs';
import { checks } from './checks.mjs';
import { defects } from './selftest/defects.mjs';

const here = (name) => fileURLToPath(new URL(`selftest/${name}`, import.meta.url));
const good = { editor: readFileSync(here('editor.html'), 'utf8'), class: readFileSync(here('class.html'), 'utf8') };
const folder = mkdtempSync(join(tmpdir(), 'gainsay-'));
const browser = await launch();

/** The policy names the page's own script by its hash. */
const signed = (page) => {
  const script = page.match(/<script>(.*?)<\/script>/s)?.[1] ?? '';
  return page.replace('SCRIPT-HASH', `sha256-${createHash('sha256').update(script).digest('base64')}`);
};

async function problems(windows, check, kind, page) {
  const file = join(folder, `${check}.html`);
  writeFileSync(file, signed(page));
  const subject = new Subject(windows, { file, kind, report: here('report.json') });
  // These pages are small, and most of them are wrong.
  subject.patience = 700;
  return (await checks[check](subject)).problems;
}

/** A check's tries: a line for each, and what was found where that is not what should be. */
async function tries(windows, check) {
  const lines = [];
  const tell = (right, text, found) => {
    lines.push(`${right ? 'ok  ' : 'FAIL'} ${text}`);
    if (right) return;
    lines.push(...found.map((problem) => `     - ${problem}`));
    process.exitCode = 1;
  };
  for (const kind of ['editor', 'class']) {
    const found = await problems(windows, check, kind, good[kind]);
    tell(!found.length, `${check} passes the good page for ${kind}`, found);
  }
  for (const { kind = 'editor', replace, by, says } of defects[check] ?? []) {
    if (good[kind].split(replace).length !== 2) throw new Error(`${replace} is not in the page for ${kind} once`);
    const found = await problems(windows, check, kind, good[kind].replace(replace, () => by));
    tell(found.some((problem) => problem.includes(says)), `${check} says ${says}`, found);
  }
  console.log(lines.join('\n'));
}

// Most of the time is spent waiting, so a few checks are tried beside each other.
const left = process.argv[2] ? [process.argv[2]] : Object.keys(checks);
const worker = async () => {
  const windows = new Windows(browser);
  for (let check = left.shift(); check; check = left.shift()) await tries(windows, check);
};
await Promise.all([worker(), worker(), worker()]);
await browser.close();
rmSync(folder, { recursive: true });
