// Every link inside the page has a target, every reference to an id resolves, ids are unique, and no address is of another kind.

function wrong() {
  const { says, target } = gainsayTests;
  const problems = [];
  const ids = new Set();
  for (const element of document.querySelectorAll('[id]')) {
    if (ids.has(element.id)) problems.push(`two elements have the id ${element.id}: ${says(element)}`);
    ids.add(element.id);
  }
  const XLINK = 'http://www.w3.org/1999/xlink';
  for (const element of document.querySelectorAll('*')) {
    for (const address of [element.getAttribute('href'), element.getAttributeNS(XLINK, 'href')]) {
      if (address === null) continue;
      if (address.startsWith('#')) {
        if (!target(address)) problems.push(`${says(element)} leads to ${address}, which is nowhere`);
      } else if (element.localName === 'a' ? !/^(https?:\/\/|mailto:)/.test(address) : !address.startsWith('data:')) {
        problems.push(`${says(element)} leads to ${address}`);
      }
    }
    for (const name of ['src', 'srcset', 'poster', 'data', 'action', 'formaction', 'background', 'ping']) {
      const address = element.getAttribute(name);
      if (address !== null && !address.startsWith('data:')) problems.push(`${says(element)} has ${name}="${address}"`);
    }
    const refers = ['for', 'headers', 'list', 'form', 'popovertarget', 'aria-labelledby', 'aria-describedby'];
    for (const name of [...refers, 'aria-controls', 'aria-owns', 'aria-details', 'aria-activedescendant']) {
      for (const id of element.getAttribute(name)?.split(/\s+/).filter(Boolean) ?? [])
        if (!ids.has(id)) problems.push(`${says(element)} has ${name}="${id}", and nothing has that id`);
    }
    if (element.namespaceURI.endsWith('svg'))
      for (const { name, value } of element.attributes)
        for (const [, id] of value.matchAll(/url\(["']?#([^"')]+)["']?\)/g))
          if (!ids.has(id)) problems.push(`${says(element)} has ${name}="${value}", and nothing has that id`);
  }
  return problems;
}

export default async function links(subject) {
  // Without script first: what only script would put there is missing then.
  const plain = await (await subject.open({ script: false })).evaluate(wrong);
  const scripted = await (await subject.open()).evaluate(wrong);
  return [...new Set([...plain, ...scripted])];
}
