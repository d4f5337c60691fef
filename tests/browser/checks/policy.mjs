// The page's content security policy is there and holds: markup that slipped in would run nothing and fetch nothing.

const ELSEWHERE = 'http://gainsay.invalid/image.png';

/** Puts in what an attacker would, and says what of it ran. */
async function attack(address) {
  globalThis.ran = [];
  const stopped = new Promise((done) => {
    addEventListener('securitypolicyviolation', ({ blockedURI }) => blockedURI === address && done());
    setTimeout(() => done(ran.push('a request')), 500);
  });
  const put = (tag, attributes, text = '') => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.textContent = text;
    document.body.append(element);
    return element;
  };
  put('script', {}, "ran.push('an inline script')");
  put('button', { onclick: "ran.push('an event handler')" }).click();
  put('a', { href: "javascript:ran.push('a javascript: address')" }).click();
  put('img', { src: address });
  await stopped;
  return globalThis.ran;
}

export default async function policy(subject) {
  const page = await subject.open();
  const meta = page.locator('meta[http-equiv="Content-Security-Policy" i]');
  if (!(await meta.count())) return ['the page has no content security policy'];
  const said = await meta.first().getAttribute('content');
  const problems = /default-src 'none'/.test(said) ? [] : [`the policy does not start from nothing: ${said}`];
  for (const ran of await page.evaluate(attack, ELSEWHERE)) problems.push(`the policy does not stop ${ran}`);
  return problems;
}
