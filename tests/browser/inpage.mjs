// What the checks use inside a page.

/** Puts `gainsayTests` into the page; it is sent there as text, so it stands alone. */
export function install() {
  const step = (element) => {
    const tag = element.localName;
    const alike = element.parentElement ? [...element.parentElement.children].filter((e) => e.localName === tag) : [];
    return alike.length > 1 ? `${tag}:nth-of-type(${alike.indexOf(element) + 1})` : tag;
  };
  /** A CSS path to an element, from the nearest id on. */
  const path = (element) => {
    const steps = [];
    for (let at = element; at; at = at.parentElement) {
      if (at.id) {
        steps.unshift(`#${CSS.escape(at.id)}`);
        break;
      }
      steps.unshift(step(at));
    }
    return steps.join(' > ');
  };
  const words = (element) => element.textContent.replace(/\s+/g, ' ').trim();
  /** An element for a message: its path and how its text begins. */
  const says = (element) => {
    const text = words(element);
    return text ? `${path(element)} "${text.length > 50 ? `${text.slice(0, 50)}…` : text}"` : path(element);
  };
  const shown = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  /** What a fragment leads to. */
  const target = (hash) => {
    try {
      return document.getElementById(decodeURIComponent(hash.slice(1)));
    } catch {
      return null;
    }
  };
  /** What a finding is of; what the findings of a list share may stand on the list, and the sources in its links to claims. */
  const attributes = (finding) => {
    // What many findings have in common may stand on what is around them.
    const of = (name) => finding.closest(`[data-${name}]`)?.dataset[name] ?? '';
    const claims = [...finding.querySelectorAll('a[href*="/"]')].map((link) => decodeURIComponent(link.hash.slice(1)));
    const sources = finding.dataset.sources ?? claims.map((claim) => claim.split('/')[0]).join(' ');
    return { rule: of('rule'), verdict: of('verdict'), measures: of('measures'), sources };
  };
  const unfold = (open) => {
    for (const details of document.querySelectorAll('details')) details.open = open;
  };
  globalThis.gainsayTests = { path, words, says, shown, target, attributes, unfold };
}
