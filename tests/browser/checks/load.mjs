// How long the page takes to load; a time is no property of the page alone, so it is told and not judged.

import { loadTime } from '../browser.mjs';

export default async function load(subject, remark) {
  remark(`loaded and drawn in ${(await loadTime(subject.windows.browser, subject.url)).toFixed(0)} ms`);
  return [];
}
