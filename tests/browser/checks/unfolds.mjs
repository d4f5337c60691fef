// A link to something folded away opens it and shows it, when clicked and when the page is opened with its address.

import { drawn, settled } from '../browser.mjs';

const CLICKS = 15;
const ADDRESSES = 5;

/** The places of the page's folded targets with a link that can be clicked, spread over the page. */
function folded(most) {
  const { shown, target } = gainsayTests;
  const links = new Map();
  for (const link of document.querySelectorAll('a[href^="#"]')) {
    const there = target(link.getAttribute('href'));
    if (there && !shown(there) && there.closest('details:not([open])') && !links.has(there)) links.set(there, link);
  }
  // The folds above a link are opened to click it, so the target must not be in one of them.
  const away = ([there, link]) => {
    const folds = there.closest('details:not([open])');
    return folds && !folds.contains(link);
  };
  const hashes = [...links].filter(away).map(([, link]) => link.getAttribute('href'));
  const every = Math.max(1, Math.ceil(hashes.length / most));
  return hashes.filter((_, index) => index % every === 0);
}

/** What keeps a target from being seen; nothing when it is at the top of the window, uncovered. */
function unseen(hash) {
  const { target, shown } = gainsayTests;
  const element = target(hash);
  if (!shown(element)) return 'is not shown';
  const range = document.createRange();
  range.selectNodeContents(element);
  const lines = [...range.getClientRects(), ...element.getClientRects()];
  const line = lines.find((rect) => rect.width > 1 && rect.height > 1);
  if (!line) return 'has no size';
  if (line.top < -1 || line.top >= innerHeight) return `is ${Math.round(line.top)} px from the top of the window`;
  const there = document.elementFromPoint(Math.min(line.left + 2, innerWidth - 1), line.top + Math.min(line.height, 16) / 2);
  const apart = there && !element.contains(there) && !there.contains(element);
  return apart ? `is covered by ${gainsayTests.says(there)}` : '';
}

/** Clicks the first link to a fragment. */
async function follow(page, hash) {
  const link = page.locator(`a[href=${JSON.stringify(hash)}]`).first();
  await link.evaluate((element) => {
    for (let at = element.closest('details'); at; at = at.parentElement.closest('details')) at.open = true;
  });
  await link.click();
}

export default async function unfolds(subject, remark) {
  const problems = [];
  const patience = () => (problems.length ? Math.min(subject.patience, 500) : subject.patience);
  const look = (at, hash) => settled(at, patience(), unseen, (said) => !said, hash);
  const page = await subject.open();
  const hashes = await page.evaluate(folded, CLICKS);
  remark(`${hashes.length} links to something folded away`);
  const folds = await page.evaluate(() => [...document.querySelectorAll('details')].map((details) => details.open));
  for (const hash of hashes) {
    await follow(page, hash);
    const why = await look(page, hash);
    if (why) problems.push(`after a click on a link to ${hash}, it ${why}`);
    await page.evaluate((open) => {
      document.querySelectorAll('details').forEach((details, index) => (details.open = open[index]));
    }, folds);
    await drawn(page);
  }
  for (const hash of hashes.slice(0, ADDRESSES)) {
    const why = await look(await subject.open({ hash }), hash);
    if (why) problems.push(`when the page is opened at ${hash}, it ${why}`);
  }
  return problems;
}
