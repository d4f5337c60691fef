// The checks by name. A check is told the subject and gives a list of what is wrong with it; with a second argument it
// remarks on what it did.

import access from './checks/access.mjs';
import fits from './checks/fits.mjs';
import keyboard from './checks/keyboard.mjs';
import links from './checks/links.mjs';
import load from './checks/load.mjs';
import policy from './checks/policy.mjs';
import print from './checks/print.mjs';
import search from './checks/search.mjs';
import theme from './checks/theme.mjs';
import told from './checks/told.mjs';
import unfolds from './checks/unfolds.mjs';

/** Runs a check; a page that says or asks for anything while it runs fails it, unless the check provokes that. */
const whole = (check, { provokes = false } = {}) => async (subject) => {
  const remarks = [];
  subject.heard.clear();
  // What a check cannot do on a page, such as press a button that is covered, is wrong with the page.
  const failed = (error) => [`${error.message.split('\n')[0]} (${error.stack.match(/checks\/\w+\.mjs:\d+/)?.[0]})`];
  const problems = await check(subject, (remark) => remarks.push(remark)).catch(failed);
  await subject.windows.leave();
  return { problems: provokes ? problems : [...problems, ...subject.heard], remarks };
};

export const checks = {
  told: whole(told),
  policy: whole(policy, { provokes: true }),
  links: whole(links),
  unfolds: whole(unfolds),
  fits: whole(fits),
  search: whole(search),
  keyboard: whole(keyboard),
  theme: whole(theme),
  access: whole(access),
  print: whole(print),
  load: whole(load),
};
