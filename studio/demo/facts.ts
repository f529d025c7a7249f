import type { PageFacts } from '../../src/exports/page/page.ts';

/** What stands in `model.json` beside the page. @throws Error where the server does not give it */
export async function loadFacts(): Promise<PageFacts> {
  const answer = await fetch('./model.json');
  if (!answer.ok) throw new Error(`model.json: the server answers ${answer.status}`);
  return answer.json();
}
