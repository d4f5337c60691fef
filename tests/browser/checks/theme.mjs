// The button changes light to dark and back, to the same colours that the system's choice gives.

/** The colours of the page, those of its text and of what is behind it. */
function colours() {
  const behind = [document.body, document.documentElement].map((element) => getComputedStyle(element).backgroundColor);
  const seen = behind.find((colour) => !/, 0\)$|transparent/.test(colour)) ?? 'none';
  return `${getComputedStyle(document.body).color} on ${seen}`;
}

export default async function theme(subject) {
  const problems = [];
  const own = {};
  for (const scheme of ['light', 'dark']) own[scheme] = await (await subject.open({ scheme })).evaluate(colours);
  if (own.light === own.dark) problems.push(`the page is ${own.light} in light and in dark`);
  for (const [scheme, other] of [['light', 'dark'], ['dark', 'light']]) {
    const page = await subject.open({ scheme });
    const button = page.locator('button#theme');
    if (!(await button.count())) return subject.kind === 'class' ? problems : ['there is no button#theme'];
    await button.click();
    const pressed = await page.evaluate(colours);
    if (pressed !== own[other]) problems.push(`button#theme in ${scheme} gives ${pressed}, and ${other} is ${own[other]}`);
    await button.click();
    const again = await page.evaluate(colours);
    if (again !== own[scheme]) problems.push(`button#theme pressed twice in ${scheme} gives ${again}, not ${own[scheme]}`);
  }
  return problems;
}
