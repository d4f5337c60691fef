// The page can be used with the keyboard alone: a way past the toolbar, a way to the search, and every stop in order and seen.

import { drawn } from '../browser.mjs';

/** So many stops are visited. */
const STOPS = 250;

/** From now on notes each element that gets the focus, and whether that can be seen. */
function listen() {
  globalThis.stops = [];
  const outlined = (element) => {
    const style = getComputedStyle(element);
    const line = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1;
    return (line && !/, 0\)$/.test(style.outlineColor)) || style.boxShadow !== 'none';
  };
  document.addEventListener('focusin', ({ target }) => stops.push({ target, outlined: outlined(target) }));
}

/** The first stops of those noted against the page's interactive elements, in order. */
function wrong(most) {
  const { says, shown } = gainsayTests;
  const STOP = 'a[href], button, input, select, textarea, summary, [tabindex]:not([tabindex^="-"]), [role="button"]';
  const wanted = [...document.querySelectorAll(STOP)].filter((element) => shown(element) && !element.disabled).slice(0, most);
  const once = (target, at) => stops.findIndex((stop) => stop.target === target) === at;
  const problems = wanted.filter((element) => element.tabIndex > 0).map((element) => `${says(element)} has a tabindex above 0`);
  const visited = stops.filter(({ target }, at) => target.matches(STOP) && once(target, at)).slice(0, wanted.length);
  for (const element of wanted.filter((element) => !visited.some(({ target }) => target === element)))
    problems.push(`${says(element)} cannot be reached with the Tab key`);
  const order = visited.map(({ target }) => wanted.indexOf(target)).filter((index) => index >= 0);
  const back = order.findIndex((index, at) => at > 0 && index < order[at - 1]);
  if (back > 0) problems.push(`the Tab key leads to ${says(wanted[order[back]])} too late`);
  for (const { target } of visited.filter(({ outlined }) => !outlined))
    problems.push(`${says(target)} does not show that it has the focus`);
  return problems;
}

async function skip(page, problems) {
  await page.keyboard.press('Tab');
  const first = await page.evaluate(() => {
    const rect = document.activeElement.getBoundingClientRect();
    const seen = rect.width > 1 && rect.top >= 0 && rect.left >= 0 && rect.bottom <= innerHeight;
    return { path: gainsayTests.path(document.activeElement), href: document.activeElement.getAttribute('href'), seen };
  });
  if (first.href !== '#main') problems.push(`the first Tab leads to ${first.path}, not to a link to #main`);
  else if (!first.seen) problems.push(`the link to #main at ${first.path} cannot be seen when it has the focus`);
}

/** `/` leads to the search, and is a letter there. */
async function slash(page, problems) {
  await page.keyboard.press('/');
  const focused = () => ({ id: document.activeElement.id, value: document.activeElement.value });
  const search = await page.evaluate(focused);
  if (search.id !== 'search') return void problems.push('the key / does not lead to #search');
  if (search.value) problems.push(`the key / leaves "${search.value}" in #search`);
  await page.keyboard.press('/');
  if ((await page.evaluate(focused)).value !== '/') problems.push('the key / cannot be typed in #search');
}

export default async function keyboard(subject, remark) {
  const problems = [];
  const page = await subject.open();
  await page.evaluate(listen);
  await skip(page, problems);
  // Past the last stop the first comes again. A picture or table that scrolls may be a stop of its own, so there are more.
  const around = () => new Set(stops.map(({ target }) => target)).size < stops.length;
  for (let stop = 1; stop < STOPS * 1.2 && !(await page.evaluate(around)); stop++) await page.keyboard.press('Tab');
  problems.push(...(await page.evaluate(wrong, STOPS)));
  remark(`${await page.evaluate(() => new Set(stops.map(({ target }) => target)).size)} stops`);
  const fresh = await subject.open();
  if (await fresh.locator('#search').count()) await slash(fresh, problems);
  await drawn(fresh);
  return problems;
}
