// The toolbar's search and filters leave what they should, say how many that is, and are not there without script.

import { settled } from '../browser.mjs';

const SELECTS = { source: 'sources', measure: 'measures', rule: 'rule', verdict: 'verdict' };
/** Of each select so many choices are tried. */
const CHOICES = 6;

/** What the page shows now. */
function state() {
  const { shown } = gainsayTests;
  const ids = (selector) => [...document.querySelectorAll(selector)].filter((e) => !e.closest('[hidden]')).map((e) => e.id);
  const found = document.querySelector('#found').textContent.trim();
  const findings = ids('article.finding');
  return {
    findings,
    claims: ids('.claim[id]'),
    found,
    number: Number(found.match(/\d[\d,\u202f]*/)?.[0].replace(/\D/g, '') ?? (/\bno(ne|thing)?\b/i.test(found) ? 0 : NaN)),
    folded: findings.filter((id) => !shown(document.getElementById(id))),
    leaks: [...document.querySelectorAll('[hidden]')].filter(shown).map(gainsayTests.path),
  };
}

/** What is on the page, for the search to be held against. */
function contents() {
  const text = (element) => element.textContent.toLowerCase();
  const heading = (element) => text(element.querySelector('h1, h2, h3, h4, h5, h6, summary') ?? element);
  return {
    findings: [...document.querySelectorAll('article.finding')].map((e) => ({
      id: e.id,
      text: text(e),
      heading: heading(e),
      ...gainsayTests.attributes(e),
    })),
    // A claim is found by what it stands under, too.
    claims: [...document.querySelectorAll('.claim[id]')].map((e) => {
      const over = [e.closest('tbody')?.querySelector('th'), e.closest('.theme')?.querySelector('h3')];
      return { id: e.id, text: [...over.filter(Boolean), e].map(text).join(' ') };
    }),
  };
}

/** A word of the headlines that few findings have, one that about half have, and one of a claim that no finding has. */
function words({ findings, claims }) {
  const spread = new Map();
  const all = new Set(findings.flatMap(({ heading }) => heading.match(/\p{L}{4,}/gu) ?? []));
  for (const word of [...all].sort()) spread.set(word, findings.filter(({ text }) => text.includes(word)).length);
  const some = [...spread].filter(([, count]) => count < findings.length);
  const nearest = (wanted) => some.toSorted((a, b) => Math.abs(a[1] - wanted) - Math.abs(b[1] - wanted))[0]?.[0];
  const inClaims = claims.flatMap(({ text }) => text.match(/\p{L}{5,}/gu) ?? []);
  const alone = inClaims.find((word) => !findings.some(({ text }) => text.includes(word)));
  return [...new Set([nearest(1), nearest(findings.length / 2), alone].filter(Boolean))];
}

class Toolbar {
  constructor(page, there, problems, patience) {
    Object.assign(this, { page, there, problems, patience });
  }

  /** Whether so much is wrong that what else is wrong comes of that. */
  get enough() {
    return this.problems.length > 8;
  }

  async choose(name, value) {
    await this.page.selectOption(`#by-${name}`, value);
  }

  async type(text) {
    await this.page.fill('#search', '');
    await this.page.locator('#search').pressSequentially(text);
  }

  /** Holds the page against the findings that should be left. */
  async expect(what, wanted) {
    const ids = this.there.findings.filter(wanted).map(({ id }) => id);
    return this.leaves(what, (shown) => shown.join() === ids.join(), ids);
  }

  async leaves(what, right, wanted = null) {
    // Where nothing is asked for, nothing need be said.
    const counted = ({ findings, found, number }) =>
      number === findings.length || (found === '' && findings.length === this.there.findings.length);
    const patience = this.problems.length ? Math.min(this.patience, 500) : this.patience;
    const got = await settled(this.page, patience, state, (now) => right(now.findings) && counted(now));
    const problem = (text) => this.problems.push(`${what}: ${text}`);
    if (!right(got.findings)) {
      const extra = wanted ? got.findings.filter((id) => !wanted.includes(id)) : [];
      const missing = wanted ? wanted.filter((id) => !got.findings.includes(id)) : [];
      const which = [...extra.map((id) => `${id} is there`), ...missing.map((id) => `${id} is not`)].slice(0, 5).join(', ');
      problem(`leaves ${got.findings.length} findings${wanted ? ` instead of ${wanted.length}: ${which}` : ', the wrong ones'}`);
    }
    if (!counted(got)) problem(`leaves ${got.findings.length} findings, and #found says "${got.found}"`);
    if (got.folded.length) problem(`${got.folded[0]} is found but folded away`);
    if (got.leaks.length) problem(`${got.leaks[0]} is hidden and yet shown`);
    return got;
  }

  async clear() {
    await this.page.click('#clear');
    await this.expect('#clear', () => true);
    const left = await this.page.evaluate(() =>
      [...document.querySelectorAll('#search, #tools select')].filter((field) => field.value).map((field) => field.id),
    );
    for (const id of left) this.problems.push(`#clear leaves #${id} as it was`);
  }
}

async function searches(toolbar) {
  const { there, problems } = toolbar;
  for (const word of words(there)) {
    if (toolbar.enough) return;
    await toolbar.type(word.toUpperCase());
    const may = new Set(there.findings.filter(({ text }) => text.includes(word)).map(({ id }) => id));
    const must = there.findings.filter(({ heading }) => heading.includes(word)).map(({ id }) => id);
    const right = (shown) => shown.every((id) => may.has(id)) && must.every((id) => shown.includes(id));
    const { claims } = await toolbar.leaves(`searching for "${word}"`, right);
    const matches = there.claims.filter(({ id, text }) => text.includes(word) || id.toLowerCase().includes(word));
    const matching = new Set(matches.map(({ id }) => id));
    const extra = claims.filter((id) => !matching.has(id));
    const missing = [...matching].filter((id) => !claims.includes(id));
    if (extra.length) problems.push(`searching for "${word}" leaves the claim ${extra[0]}, which has it not`);
    if (missing.length) problems.push(`searching for "${word}" hides the claim ${missing[0]}, which has it`);
    await toolbar.clear();
  }
  await toolbar.type('qqzzxx');
  await toolbar.expect('searching for what is nowhere', () => false);
  await toolbar.clear();
}

const holds = (finding, name, value) => finding[SELECTS[name]].split(' ').includes(value);

async function filters(toolbar) {
  const chosen = {};
  for (const name of Object.keys(SELECTS)) {
    const values = await toolbar.page.locator(`#by-${name} option`).evaluateAll((all) => all.map((option) => option.value));
    if (values[0] !== '') return void toolbar.problems.push(`#by-${name} does not start with a choice of all, with no value`);
    const missing = toolbar.there.findings.flatMap((finding) => finding[SELECTS[name]].split(' ').filter(Boolean));
    for (const value of new Set(missing))
      if (!values.includes(value)) toolbar.problems.push(`#by-${name} does not offer ${value}`);
    chosen[name] = values.filter(Boolean).slice(0, CHOICES);
    for (const value of chosen[name]) {
      if (toolbar.enough) return;
      await toolbar.choose(name, value);
      await toolbar.expect(`#by-${name} of ${value}`, (finding) => holds(finding, name, value));
    }
    await toolbar.choose(name, '');
    await toolbar.expect(`#by-${name} of all`, () => true);
  }
  for (const [one, other] of [['source', 'rule'], ['measure', 'verdict']]) {
    const pairs = chosen[one].flatMap((a) => chosen[other].map((b) => [a, b])).slice(0, CHOICES);
    for (const [a, b] of pairs) {
      if (toolbar.enough) return;
      await toolbar.choose(one, a);
      await toolbar.choose(other, b);
      await toolbar.expect(`${a} with ${b}`, (finding) => holds(finding, one, a) && holds(finding, other, b));
    }
    await toolbar.clear();
  }
}

/** With one filter on, a link to a finding that it hides shows that finding. */
async function leads(toolbar) {
  const { page, there, problems, patience } = toolbar;
  const linked = there.findings.map(({ id }) => id);
  const first = await page.evaluate(
    (ids) => ids.find((id) => [...document.links].some((a) => a.hash === `#${id}` && !a.closest('article.finding'))), linked);
  if (!first) return;
  await toolbar.type('qqzzxx');
  await settled(page, patience, state, ({ findings }) => !findings.length);
  await page.evaluate((id) => [...document.links].find((a) => a.hash === `#${id}` && !a.closest('article.finding')).click(), first);
  const { findings } = await settled(page, patience, state, (got) => got.findings.includes(first));
  if (!findings.includes(first)) problems.push(`a link to #${first}, which the search hides, does not show it`);
}

export default async function search(subject, remark) {
  const page = await subject.open();
  const parts = ['#tools', 'input#search', ...Object.keys(SELECTS).map((name) => `select#by-${name}`), 'button#clear', '#found'];
  const missing = [];
  for (const part of parts) if (!(await page.locator(part).count())) missing.push(`there is no ${part}`);
  if (missing.length) {
    if (subject.kind === 'class' && missing.length === parts.length) return remark('the page has no toolbar'), [];
    return missing;
  }
  if (!(await page.locator('#tools').isVisible())) return ['#tools is not visible'];
  const problems = [];
  if (await (await subject.open({ script: false })).locator('#tools').isVisible())
    problems.push('#tools is visible without script');
  if (!(await page.locator('#found:is([role="status"], [aria-live="polite"], output)').count()))
    problems.push('#found is not a live region');
  const toolbar = new Toolbar(page, await page.evaluate(contents), problems, subject.patience);
  await toolbar.expect('the page as it is opened', () => true);
  await searches(toolbar);
  await filters(toolbar);
  await leads(toolbar);
  return problems;
}
