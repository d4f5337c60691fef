// Every finding of the report is on the page, with script and without, and the page asks nobody for anything.

/** The parts of the page that tell something, by a name for each, with their text but for what only script needs. */
function parts() {
  const text = (element) => {
    const copy = element.cloneNode(true);
    for (const button of copy.querySelectorAll('button')) button.remove();
    return copy.textContent.replace(/\s+/g, ' ').trim();
  };
  const heading = (element) => element.querySelector('h1, h2, h3, h4, h5, h6')?.textContent.replace(/\s+/g, ' ').trim();
  const name = (element) => `.${element.classList[0]} ${element.id || element.dataset.finding || heading(element)}`;
  return [...document.querySelectorAll('article.finding, .claim, .handout, .answer')].map((element) => ({
    name: name(element),
    finding: element.matches('article.finding') ? { id: element.id, ...gainsayTests.attributes(element) } : null,
    handout: element.matches('.handout') ? element.dataset.finding : null,
    text: text(element),
    hidden: element.closest('[hidden]') !== null,
  }));
}

const sorted = (values) => [...new Set(values)].sort().join(' ');

/** What a finding's attributes should say. */
function stated({ rule, verdict, claims }) {
  const sources = sorted(claims.map((claim) => claim.source));
  const measures = sorted(claims.map((claim) => claim.measure).filter(Boolean));
  return { rule, verdict, sources, measures };
}

function* againstReport(subject, there, text) {
  const shown = new Map(there.filter((part) => part.finding).map((part) => [part.finding.id, part.finding]));
  // The events and attributes that a finding is about stand among its measures too, and the report does not always name them.
  const told = (key, id, wanted) => key !== 'measures' || id in subject.space.measures || wanted.split(' ').includes(id);
  let left = 0;
  for (const finding of subject.kind === 'editor' ? subject.findings : []) {
    const got = shown.get(finding.id);
    if (!got) {
      if (finding.verdict === 'note') left += 1;
      else yield `the finding ${finding.id} is not on the page as an article.finding of that id`;
      continue;
    }
    for (const [key, wanted] of Object.entries(stated(finding))) {
      const said = sorted(got[key].split(' ').filter((id) => id && told(key, id, wanted)));
      if (said !== wanted) yield `#${finding.id} has data-${key}="${said}", and the report says "${wanted}"`;
    }
  }
  // Remarks that a large page has no room for are counted.
  if (left && ![String(left), left.toLocaleString('en')].some((number) => text.includes(number)))
    yield `the page leaves out ${left} remarks and does not say so`;
  const known = new Set(subject.findings.map((finding) => finding.id));
  const named = [...shown.keys(), ...there.map((part) => part.handout).filter(Boolean)];
  for (const id of named) if (!known.has(id)) yield `the page has a finding ${id}, which is not in the report`;
}

/** Each conflict has a handout, or is folded under one that has. */
function* handedOut({ findings }, there) {
  const conflicts = findings.filter((finding) => finding.certificate);
  const given = new Set(there.map((part) => part.handout).filter(Boolean));
  const covered = conflicts.filter(({ id }) => given.has(id)).reduce((sum, { others }) => sum + 1 + others, 0);
  if (covered !== conflicts.length)
    yield `the handouts with data-finding stand for ${covered} of the ${conflicts.length} conflicts`;
}

export default async function told(subject) {
  const scripted = await (await subject.open()).evaluate(parts);
  const page = await subject.open({ script: false });
  const plain = await page.evaluate(parts);
  const problems = [...againstReport(subject, plain, await page.textContent('main'))];
  if (subject.kind === 'class') problems.push(...handedOut(subject, plain));
  const texts = new Map(scripted.map((part) => [part.name, part.text]));
  for (const part of plain) {
    if (!part.text) problems.push(`${part.name} has no text`);
    if (part.hidden) problems.push(`${part.name} is hidden without script`);
    if (texts.get(part.name) !== part.text) problems.push(`${part.name} says something else without script`);
    texts.delete(part.name);
  }
  for (const name of texts.keys()) problems.push(`${name} is not there without script`);
  return problems;
}
