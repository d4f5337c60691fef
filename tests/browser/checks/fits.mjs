// No text overlaps other text, is cut, sticks out of its box or is too small, at any width, light, dark, zoomed, in print,
// folded and unfolded.

import { drawn } from '../browser.mjs';
import { misfits } from './misfits.mjs';

const MOST = 40;

/** The windows: widths in CSS pixels, one of them an 800 px window at 200 % zoom. A sheet of A4 has 718 within margins. */
const WINDOWS = [
  { name: '360 px', width: 360 },
  { name: '800 px', width: 800 },
  { name: '1400 px', width: 1400 },
  { name: 'print', width: 718, media: 'print' },
  { name: '800 px at 200 %', width: 400, scale: 2 },
];

/** Nothing but colours should differ in the dark: one width is enough to see that. */
const schemes = (name) => (name === '800 px' ? ['light', 'dark'] : ['light']);
const FOLDS = ['folded', 'unfolded'];

/** States in few words: of a window all, or which. */
function summed(states) {
  const within = (name) => {
    const all = schemes(name).length * FOLDS.length;
    const those = states.filter((state) => state.name === name);
    return those.length === all ? name : those.map(({ scheme, fold }) => `${name} ${scheme} ${fold}`).join(', ');
  };
  return [...new Set(states.map(({ name }) => name))].map(within).join(', ');
}

export default async function fits(subject) {
  const problems = new Map();
  for (const { name, ...window } of WINDOWS) {
    const page = await subject.open(window);
    for (const fold of FOLDS) {
      if (fold === 'unfolded') await page.evaluate(() => gainsayTests.unfold(true));
      for (const scheme of schemes(name)) {
        await page.emulateMedia({ colorScheme: scheme });
        await drawn(page);
        for (const { what, how } of await page.evaluate(misfits)) {
          const known = problems.get(what) ?? problems.set(what, { how, states: [] }).get(what);
          known.states.push({ name, scheme, fold });
        }
      }
    }
  }
  const told = [...problems].map(([what, { how, states }]) => `${what}: ${how} [${summed(states)}]`);
  return told.length > MOST ? [...told.slice(0, MOST), `and ${told.length - MOST} more`] : told;
}
