// axe-core finds nothing serious, light and dark, on a wide screen and on a phone, with everything unfolded.

import { drawn, module } from '../browser.mjs';

async function violations(scheme) {
  // In dark nothing differs but the colours.
  const rules = scheme === 'dark' ? { runOnly: ['color-contrast'] } : {};
  const { violations } = await axe.run(document, { resultTypes: ['violations'], ...rules });
  return violations.flatMap(({ id, impact, help, nodes }) =>
    ['serious', 'critical'].includes(impact)
      ? nodes.map(({ target, failureSummary }) => `${id} (${impact}): ${help}: ${target.join(' ')}: ${failureSummary}`)
      : [],
  );
}

export default async function access(subject) {
  const problems = new Map();
  for (const width of [1400, 360]) {
    for (const scheme of ['light', 'dark']) {
      const page = await subject.open({ width, scheme });
      await page.evaluate(() => gainsayTests.unfold(true));
      await drawn(page);
      await page.evaluate(module('axe-core').source);
      for (const problem of await page.evaluate(violations, scheme)) {
        const text = problem.replace(/\s+/g, ' ');
        problems.set(text, [...(problems.get(text) ?? []), `${width} px ${scheme}`]);
      }
    }
  }
  return [...problems].map(([problem, states]) => `${problem} [${states.join(', ')}]`);
}
