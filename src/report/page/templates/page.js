// Finds and filters; without it the page shows everything.
(() => {
  'use strict';
  const root = document.documentElement;
  const at = id => document.getElementById(id);
  const theme = at('theme');
  theme.hidden = false;
  theme.addEventListener('click', () => {
    const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
    root.dataset.theme = dark ? 'light' : 'dark';
  });

  // What a link leads to may be folded away.
  const reveal = () => {
    let target = null;
    try { target = at(decodeURIComponent(location.hash.slice(1))); } catch { return; }
    if (!target) return;
    // A filter may hide it; being asked for by name comes first.
    if (target.closest('[hidden]')) clear();
    const own = target.querySelector(':scope > details');
    if (own) own.open = true;
    for (let up = target; up; up = up.parentElement) if (up.tagName === 'DETAILS') up.open = true;
    // What comes into sight on the way takes its true height only then.
    let more = 4;
    const scroll = () => { target.scrollIntoView(); if (more-- > 0) requestAnimationFrame(scroll); };
    scroll();
  };
  let clear = () => {};
  addEventListener('hashchange', reveal);
  document.addEventListener('click', event => {
    const link = event.target.closest('a[href^="#"]');
    if (link && link.hash === location.hash) reveal();
  });

  const tools = at('tools');
  if (!tools) { reveal(); return; }
  tools.hidden = false;
  tools.addEventListener('submit', event => event.preventDefault());
  const search = at('search');
  const selects = ['source', 'measure', 'rule', 'verdict'].map(name => at('by-' + name));
  const findings = [...document.querySelectorAll('article.finding')];
  const themes = [...document.querySelectorAll('details.theme')];
  const claims = [...document.querySelectorAll('.claim')];
  const texts = new Map();
  for (const claim of claims) claim.title = claim.id;
  const text = element => {
    if (!texts.has(element)) {
      // A claim stands under what it is about.
      const over = element.matches('.claim')
        ? element.closest('tbody').querySelector('th').textContent + ' ' + element.closest('.theme').querySelector('h3').textContent : '';
      texts.set(element, [element.id, over, element.textContent].join(' ').toLowerCase());
    }
    return texts.get(element);
  };
  // What was unfolded to show a hit is folded again when nothing is asked for.
  const unfolded = new Set();

  const filter = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const [source, measure, rule, verdict] = selects.map(select => select.value);
    const asked = words.length > 0 || source || measure || rule || verdict;
    const holds = element => words.every(word => text(element).includes(word));
    const lists = (value, wanted) => !wanted || value.split(' ').includes(wanted);
    let found = 0;
    for (const finding of findings) {
      // Findings in a line each have what they share on their list.
      const of = name => finding.closest(`[data-${name}]`)?.dataset[name] ?? '';
      const sources = () => finding.dataset.sources
        ?? [...finding.querySelectorAll('a')].map(claim => claim.hash.slice(1).split('/')[0]).join(' ');
      const fits = (!source || lists(sources(), source)) && lists(of('measures'), measure) && (!rule || of('rule') === rule)
        && (!verdict || of('verdict') === verdict) && holds(finding);
      finding.hidden = !fits;
      if (fits) found++;
    }
    for (const group of document.querySelectorAll('.group')) group.hidden = !group.querySelector('article.finding:not([hidden])');
    let claimed = 0;
    const of = new Map(themes.map(theme => [theme, 0]));
    for (const claim of claims) {
      const theme = claim.closest('details.theme');
      const fits = (!source || claim.id.startsWith(source + '/')) && (!measure || theme.id.split('.')[1] === measure) && holds(claim);
      claim.hidden = !fits;
      if (fits) { claimed++; of.set(theme, of.get(theme) + 1); }
    }
    for (const scope of document.querySelectorAll('.forest tbody')) scope.hidden = !scope.querySelector('.claim:not([hidden])');
    for (const [theme, number] of of) {
      theme.hidden = number === 0;
      if (words.length > 0 && number > 0 && !theme.open) { theme.open = true; unfolded.add(theme); }
    }
    if (words.length === 0) { for (const theme of unfolded) theme.open = false; unfolded.clear(); }
    for (const section of document.querySelectorAll('.findings, .themes'))
      section.hidden = Boolean(asked) && !section.querySelector('article.finding:not([hidden]), .theme:not([hidden])');
    for (const id of ['overview', 'uncompared', 'pairs', 'glossary']) at(id).hidden = Boolean(asked);
    const n = (number, noun) => `${number} ${noun}${number === 1 ? '' : 's'}`;
    at('found').textContent = !asked ? '' : found + claimed === 0
      ? 'Nothing fits: 0 findings, 0 claims.'
      : `${found} of ${n(findings.length, 'finding')}, ${claimed} of ${n(claims.length, 'claim')} shown.`;
  };
  let waiting = 0;
  search.addEventListener('input', () => { clearTimeout(waiting); waiting = setTimeout(filter, claims.length > 2000 ? 250 : 80); });
  for (const select of selects) select.addEventListener('change', filter);
  clear = () => {
    search.value = '';
    for (const select of selects) select.value = '';
    filter();
  };
  at('clear').addEventListener('click', () => { clear(); search.focus(); });
  const unfold = at('unfold');
  unfold.addEventListener('click', () => {
    const open = unfold.textContent === 'Unfold all';
    for (const details of document.querySelectorAll('main details')) details.open = open;
    unfold.textContent = open ? 'Fold all' : 'Unfold all';
  });

  addEventListener('keydown', event => {
    if (!at('keys').checked || event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input, select, textarea')) return;
    if (event.key === '/') {
      event.preventDefault();
      search.focus();
    } else if (event.key === 'n' || event.key === 'p') {
      const shown = findings.filter(finding => !finding.hidden);
      const now = shown.findIndex(finding => finding.contains(document.activeElement));
      const next = shown[event.key === 'n' ? now + 1 : Math.max(now, 1) - 1];
      if (next) next.querySelector('summary').focus();
    }
  });
  // A browser that goes back fills in what was asked before.
  if (search.value || selects.some(select => select.value)) filter();
  reveal();
})();
