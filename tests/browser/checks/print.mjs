// On paper: every answer apart from the handouts, every contradiction told, nothing beyond the edge, and dark on light.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A text's letters and digits: spaces, breaks and marks differ between a report, a page and what is read from paper. */
const bare = (text) => text.normalize('NFKC').replace(/[^\p{L}\p{N}]+/gu, '');

/** What pdftotext reads from the page as it is printed: its pages of lines, and words beyond the edge. */
async function printed(page) {
  const folder = mkdtempSync(join(tmpdir(), 'gainsay-'));
  const file = join(folder, 'page.pdf');
  try {
    // Margins as a browser gives them to a page that names none.
    const margin = { top: '1cm', right: '1cm', bottom: '1cm', left: '1cm' };
    await page.pdf({ path: file, format: 'A4', margin, preferCSSPageSize: true });
    const read = (how) => execFileSync('pdftotext', [how, file, '-'], { encoding: 'utf8', maxBuffer: 1 << 30 });
    const pages = read('-layout').split('\f').slice(0, -1);
    return { pages: pages.map((text) => text.split('\n').map((line) => line.trim()).filter(Boolean)), beyond: beyond(read('-bbox')) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Words that lie partly off their sheet. */
function beyond(boxes) {
  let width = 0;
  const off = [];
  for (const [, page, left, right, word] of boxes.matchAll(/<page width="([\d.]+)"|<word xMin="([-\d.]+)".*?xMax="([-\d.]+)".*?>(.*?)<\/word>/g)) {
    if (page) width = Number(page);
    else if (Number(left) < 0 || Number(right) > width) off.push(word);
  }
  return off;
}

/** The parts of a class page, by their headings, with the words that each shows; an answer inside a handout is apart. */
function parts() {
  return [...document.querySelectorAll('.handout, .answer')].map((part) => {
    const words = [];
    const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement;
      if (element.closest('.handout, .answer') !== part || !gainsayTests.shown(element)) continue;
      words.push(...(node.data.normalize('NFKC').match(/[\p{L}\p{N}]+/gu) ?? []));
    }
    const kind = part.matches('.answer') ? 'answer' : 'handout';
    const heading = part.querySelector('h1, h2, h3, h4, h5, h6')?.textContent.replace(/\s+/g, ' ').trim() ?? '';
    return { kind, heading, words };
  });
}

/** Headings by what a printed line starts with, `Handout 3` or `Answer 3`. */
const START = { handout: /^Handout \d+/, answer: /^Answer \d+/ };

function* apart(sections, pages) {
  const starts = new Map();
  for (const { kind, heading } of sections) {
    const start = heading.match(START[kind])?.[0];
    if (start) starts.set(start, kind);
    else yield `the heading "${heading}" of a .${kind} does not start with ${kind === 'answer' ? 'Answer' : 'Handout'} and a number`;
  }
  const met = new Set();
  let kind = 'other';
  for (const [index, lines] of pages.entries()) {
    const kinds = new Set();
    for (const line of lines) {
      const start = (line.match(START.handout) ?? line.match(START.answer))?.[0];
      if (starts.has(start)) kind = starts.get(start);
      met.add(start);
      kinds.add(kind);
    }
    if (kinds.has('handout') && kinds.has('answer')) yield `page ${index + 1} of the print holds a handout and an answer`;
  }
  for (const start of starts.keys()) if (!met.has(start)) yield `"${start}" is not printed`;
  const text = bare(pages.flat().join(''));
  for (const { kind, heading, words } of sections) {
    const missing = words.find((word) => !text.includes(word));
    if (missing) yield `the word "${missing}" of the ${kind} "${heading}" is not printed`;
  }
}

function* told(findings, pages) {
  const text = bare(pages.flat().join(''));
  for (const { id, verdict, headline } of findings)
    if (verdict === 'contradiction' && !text.includes(bare(headline))) yield `the headline of ${id} is not printed: ${headline}`;
}

/** How light a colour is, and whether the page's text is lighter than what is behind it. */
function lightOnDark() {
  const light = (colour) => (colour.match(/[\d.]+/g) ?? []).slice(0, 3).reduce((sum, part) => sum + Number(part), 0);
  const seen = [document.body, document.documentElement]
    .map((element) => getComputedStyle(element).backgroundColor)
    .find((colour) => !/, 0\)$|transparent/.test(colour));
  return light(getComputedStyle(document.body).color) > light(seen ?? 'rgb(255, 255, 255)');
}

export default async function print(subject, remark) {
  const problems = new Set();
  for (const script of [true, false]) {
    const page = await subject.open({ script });
    const { pages, beyond } = await printed(page);
    remark(`${pages.length} sheets${script ? '' : ' without script'}`);
    if (!pages.length) problems.add('nothing is printed');
    for (const word of beyond) problems.add(`"${word}" is beyond the edge of the paper`);
    await page.emulateMedia({ media: 'print' });
    const wrong = subject.kind === 'class' ? apart(await page.evaluate(parts), pages) : told(subject.findings, pages);
    for (const problem of wrong) problems.add(`${problem}${script ? '' : ' (without script)'}`);
  }
  const dark = await subject.open({ scheme: 'dark', media: 'print' });
  if (await dark.evaluate(lightOnDark)) problems.add('in dark, the page prints light letters on dark paper');
  return [...problems];
}
