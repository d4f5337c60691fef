// Which text of a page does not fit, from the boxes of its lines.

/** Runs inside the page, so it stands alone. Gives `what` is wrong, and `how` in numbers. */
export function misfits() {
  const { path, says } = gainsayTests;
  const SMALLEST = 9;
  const SLACK = 1;
  /** Nothing can be scrolled there. */
  const paper = matchMedia('print').matches;
  const problems = [];
  const wrong = (what, how) => problems.push({ what, how });
  const px = (value) => `${Math.round(value * 10) / 10} px`;
  const named = (line) => `${path(line.element)} "${line.text.length > 40 ? `${line.text.slice(0, 40)}…` : line.text}"`;
  const memo = (read) => {
    const known = new Map();
    return (element) => known.get(element) ?? known.set(element, read(element)).get(element);
  };

  // What is skipped while off the screen has no true size until it is drawn.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('* { content-visibility: visible !important; transition: none !important }');
  document.adoptedStyleSheets = [sheet];

  /** Hidden from sight on purpose, for screen readers or until focused, as a skip link is. */
  const forReadersOnly = memo((element) => {
    if (element === document.documentElement) return false;
    const style = getComputedStyle(element);
    const rect = element.getBoundingClientRect();
    const clipped = style.clip !== 'auto' || /^inset\((50|100)%/.test(style.clipPath);
    const tiny = style.overflowX !== 'visible' && (rect.width <= 1 || rect.height <= 1);
    const away = element.localName === 'a' && (rect.right <= 0 || rect.bottom + scrollY <= 0);
    const apart = style.position === 'absolute' || style.position === 'fixed';
    return (apart && (clipped || tiny || away)) || forReadersOnly(element.parentElement);
  });

  /** A box around text, whose edges cut it (`cut`), let it scroll (`scroll`), or are drawn (`drawn`). */
  const box = memo((element) => {
    const style = getComputedStyle(element);
    const rect = element.getBoundingClientRect();
    const axis = (overflow) => (overflow === 'visible' ? '' : /auto|scroll/.test(overflow) && !paper ? 'scroll' : 'cut');
    const svg = element.localName === 'svg';
    const border = ['Top', 'Right', 'Bottom', 'Left'].some(
      (side) => style[`border${side}Style`] !== 'none' && parseFloat(style[`border${side}Width`]) > 0,
    );
    const background = !/, 0\)$|transparent/.test(style.backgroundColor);
    return {
      element, rect, x: svg ? 'cut' : axis(style.overflowX), y: svg ? 'cut' : axis(style.overflowY),
      drawn: !svg && style.display !== 'inline' && (border || background),
      apart: style.position === 'absolute' || style.position === 'fixed',
      fixed: style.position === 'fixed',
    };
  });
  /** The boxes around an element from the inside out, without the document's own and without those inside a picture. */
  const boxes = memo((element) => {
    if (!element || element === document.body || element === document.documentElement) return [];
    const inPicture = element.ownerSVGElement;
    return inPicture ? boxes(element.parentElement) : [box(element), ...boxes(element.parentElement)];
  });

  /** The lines of text that are shown, each with its box; above and below the letters a line's box has room, left out here. */
  const lines = [];
  const range = document.createRange();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const NO_TEXT = 'script, style, noscript, template, option, title, desc, metadata, textarea';
  const readable = memo(
    (element) =>
      !element.closest(NO_TEXT) &&
      element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
      !forReadersOnly(element),
  );
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.data.replace(/\s+/g, ' ').trim();
    if (!text || !readable(node.parentElement)) continue;
    range.selectNodeContents(node);
    for (const { left, right, top, bottom, width, height } of range.getClientRects()) {
      if (width < 1 || height < 1) continue;
      const letters = { left, right, top: top + height * 0.22, bottom: bottom - height * 0.18 };
      lines.push({ node, text, element: node.parentElement, ...letters });
    }
  }

  /** Whether a line lies in the boxes around it and in the page. Sets `seen`, what of it is not cut or scrolled away. */
  const place = (line) => {
    let { left, right, top, bottom } = line;
    line.seen = { left, right, top, bottom };
    let inFlow = true;
    for (const { element, rect, x, y, drawn, apart, fixed } of boxes(line.element)) {
      const over = [rect.left - left, right - rect.right, rect.top - top, bottom - rect.bottom];
      const across = Math.max(over[0], over[1]);
      const down = Math.max(over[2], over[3]);
      if (x === 'cut' && across > SLACK) return wrong(`${named(line)} is cut at the side by ${path(element)}`, px(across));
      if (y === 'cut' && down > SLACK) return wrong(`${named(line)} is cut above or below by ${path(element)}`, px(down));
      if (drawn && inFlow && !x && across > SLACK) return wrong(`${named(line)} sticks out of ${path(element)}`, px(across));
      if (drawn && inFlow && !y && down > SLACK) return wrong(`${named(line)} sticks out of ${path(element)}`, px(down));
      if (x === 'scroll' && left + element.scrollLeft < rect.left - SLACK)
        return wrong(`${named(line)} cannot be scrolled to in ${path(element)}`, px(rect.left - left));
      if (x === 'scroll') [left, right] = [rect.left, rect.right];
      if (y === 'scroll') [top, bottom] = [rect.top, rect.bottom];
      if (x === 'scroll' || y === 'scroll') {
        line.scroller ??= element;
        const { seen } = line;
        Object.assign(seen, { left: Math.max(seen.left, rect.left), right: Math.min(seen.right, rect.right) });
        Object.assign(seen, { top: Math.max(seen.top, rect.top), bottom: Math.min(seen.bottom, rect.bottom) });
      }
      if (apart) inFlow = false;
      if (fixed) line.fixed = true;
    }
    const over = Math.max(-left, right - innerWidth);
    if (over > SLACK) wrong(`${named(line)} is beyond the side of the page`, px(over));
    if (top + scrollY < -SLACK) wrong(`${named(line)} is above the page`, px(-top - scrollY));
  };
  for (const line of lines) place(line);

  /** Lines from the top down, each against those that are still open beside it. */
  const sweep = (members, rect) => {
    const sorted = members.filter((line) => rect(line).right > rect(line).left).sort((a, b) => rect(a).top - rect(b).top);
    let open = [];
    for (const line of sorted) {
      const here = rect(line);
      open = open.filter((other) => rect(other).bottom > here.top + SLACK);
      for (const other of open) {
        const there = rect(other);
        const across = Math.min(here.right, there.right) - Math.max(here.left, there.left);
        const down = Math.min(here.bottom, there.bottom) - Math.max(here.top, there.top);
        if (across > SLACK && down > SLACK)
          wrong(`${named(line)} overlaps ${named(other)}`, `${px(across)} across, ${px(down)} down`);
      }
      open.push(line);
    }
  };
  const inFlow = lines.filter((line) => !line.fixed);
  sweep(inFlow, (line) => line.seen);
  for (const [, members] of Map.groupBy(inFlow.filter((line) => line.scroller), (line) => line.scroller))
    sweep(members, (line) => line);

  const elements = new Set(lines.map((line) => line.element));
  for (const element of elements) {
    const size = parseFloat(getComputedStyle(element).fontSize) * (element.ownerSVGElement ? element.getScreenCTM().d : 1);
    if (size < SMALLEST) wrong(`${says(element)} is too small to read`, px(size));
    const { overflowX, textOverflow } = getComputedStyle(element);
    const shortened = textOverflow === 'ellipsis' || /hidden|clip/.test(overflowX);
    if (shortened && element.scrollWidth > element.clientWidth + SLACK)
      wrong(`${says(element)} is cut at the side`, px(element.scrollWidth - element.clientWidth));
  }

  // A field's own text has no boxes to ask for, so it is measured.
  const pen = document.createElement('canvas').getContext('2d');
  const ARROW = 20;
  for (const field of document.querySelectorAll('input[placeholder], select')) {
    if (!readable(field.parentElement) || !field.checkVisibility()) continue;
    const style = getComputedStyle(field);
    const select = field.localName === 'select';
    const text = select ? (field.selectedOptions[0]?.label ?? '') : field.placeholder;
    const room = field.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight) - (select ? ARROW : 0);
    pen.font = style.font;
    const needs = pen.measureText(text).width;
    if (needs > room + SLACK) wrong(`${path(field)} "${text}" is cut at the side`, `${px(needs)} of text in ${px(room)}`);
  }

  const over = document.documentElement.scrollWidth - innerWidth;
  if (over > 0) wrong('the page scrolls sideways', `${px(over)} too wide`);
  document.adoptedStyleSheets = [];
  return problems;
}
