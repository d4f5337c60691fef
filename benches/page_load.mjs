// How long a page takes to load, beside a page of as many bytes of plain text in the same browser at the same time, which is
// what the machine needs for that many bytes at all.
//
// `node benches/page_load.mjs [--runs N] PAGE.html…` prints a line per page: its bytes, the median milliseconds from the start
// of the navigation until it is loaded and drawn, the same of the plain text, and how many times as long that is. It needs what
// the browser tests need (see tests/browser).

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { launch, loadTime } from '../tests/browser/browser.mjs';

const options = { runs: { type: 'string', default: '5' } };
const { values, positionals } = parseArgs({ options, allowPositionals: true });

/** A page's words without their markup, over and over until there are as many bytes. */
function plain(bytes) {
  const text = bytes.toString('utf8').replace(/<(script|style)\b.*?<\/\1>/gs, '').replace(/<[^>]*>/g, ' ');
  const lines = text.replace(/[<&]/g, ' ').split('\n').map((line) => line.trim()).filter(Boolean).join('\n');
  const body = Buffer.from(`${lines}\n`);
  const start = '<!doctype html><meta charset=utf-8><title>Plain</title><pre>';
  return Buffer.concat([Buffer.from(start), Buffer.alloc(Math.max(0, bytes.length - start.length), body)]);
}

const median = (times) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)];

const folder = mkdtempSync(join(tmpdir(), 'gainsay-'));
const browser = await launch();
for (const file of positionals) {
  const bytes = readFileSync(file);
  const text = join(folder, 'plain.html');
  writeFileSync(text, plain(bytes));
  const urls = [resolve(file), text].map((path) => pathToFileURL(path).href);
  const times = [[], []];
  // Turn by turn, so that what else the machine does bears on both.
  for (let run = 0; run < Number(values.runs); run++)
    for (const [index, url] of urls.entries()) times[index].push(await loadTime(browser, url));
  const [page, alone] = times.map(median);
  console.log(`${file}: ${bytes.length} bytes, ${page.toFixed(0)} ms; as plain text ${alone.toFixed(0)} ms; ratio ${(page / alone).toFixed(1)}`);
}
await browser.close();
rmSync(folder, { recursive: true });
