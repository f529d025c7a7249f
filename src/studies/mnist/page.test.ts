import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { fakeSummary } from '../../../testkit/fakeStudy.ts';
import { measureNames, measures } from '../measures/measures.ts';
import type { ReportFigure } from '../report/figures.ts';
import type { Summary } from '../summary.ts';
import { renderMnistReport } from './page.ts';

const sections = ['embeddings', 'measures', 'classes', 'learning', 'blocks'] as const;

const figures: ReportFigure[] = sections.map((section) => ({
  file: `${section}.svg`,
  content: `<svg xmlns="http://www.w3.org/2000/svg"><title>${section}</title></svg>`,
  section,
  width: section === 'embeddings' ? 'wide' : 'half',
  title: `The ${section}`,
  caption: `About ${section}`,
  alternative: `Picture of ${section}`,
}));

function documentOf(summary: Summary) {
  return parseHTML(renderMnistReport(summary, figures)).document;
}

const plain = (text: string): string => text.replace(/\s+/g, ' ').trim();

const textOf = (element: { textContent: string | null } | null): string =>
  plain(element?.textContent ?? '');

describe('renderMnistReport', () => {
  it('shows every figure, whole, with caption and alternative text', async () => {
    const document = documentOf(await fakeSummary());
    for (const figure of figures) {
      const image = document.querySelector(`img[alt="${figure.alternative}"]`);
      const [head, data] = image!.getAttribute('src')!.split(',');
      expect(head).toBe('data:image/svg+xml;base64');
      expect(Buffer.from(data, 'base64').toString()).toBe(figure.content);
      expect(textOf(image!.closest('figure'))).toContain(figure.caption);
    }
    expect(document.querySelectorAll('img').length).toBe(figures.length);
  });

  it('loads nothing: no scripts, no links, no addresses but data', async () => {
    const page = renderMnistReport(await fakeSummary(), figures);
    const { document } = parseHTML(page);
    expect(document.querySelectorAll('script, link, iframe, object, embed, base').length).toBe(0);
    for (const element of document.querySelectorAll('[src], [href], [srcset], [action]')) {
      expect(element.getAttribute('src')).toMatch(/^data:image\/(png|svg\+xml);base64,/);
    }
    expect(page).not.toMatch(/url\(|@import|https?:/);
    const policy = document.querySelector('meta[http-equiv="Content-Security-Policy"]');
    expect(policy!.getAttribute('content')).toContain("default-src 'none'");
  });

  it('tables every measure of every model: mean ± deviation, and each seed', async () => {
    const summary = await fakeSummary({ seeds: 3 });
    const document = documentOf(summary);
    const rows = [...document.querySelectorAll('table.models tbody tr')];
    expect(rows.map((row) => textOf(row.querySelector('th')))).toEqual(
      measureNames.map((name) => measures[name].title),
    );
    const cells = [...rows[0].querySelectorAll('td')].map(textOf);
    expect(cells[0]).toMatch(/^1\.36 ± 0\.03 %$/);
    expect(document.querySelectorAll('table.runs tbody tr').length).toBe(summary.runs.length);
  });

  it('has no section of measures beyond the paper where a summary holds none', async () => {
    const summary = await fakeSummary();
    expect(documentOf(summary).querySelector('#representation')).not.toBeNull();
    const runs = summary.runs.map(({ representation: _, ...run }) => run);
    expect(documentOf({ ...summary, runs }).querySelector('#representation')).toBeNull();
  });

  it('says which epoch its errors are of', async () => {
    const summary = await fakeSummary();
    const learningOf = (shown: Summary) => textOf(documentOf(shown).querySelector('#learning p'));
    expect(learningOf(summary)).toContain('after the last epoch (3), not the best');
    const runs = summary.runs.map((run) => ({ ...run, bestEpoch: 2, validationError: 5 }));
    expect(learningOf({ ...summary, runs })).toContain('the lowest validation error');
    expect(learningOf({ ...summary, runs })).not.toContain('last epoch');
  });

  it('lists every claim with its verdict, rule and numbers', async () => {
    const summary = await fakeSummary();
    const items = [...documentOf(summary).querySelectorAll('ol.claims > li')];
    expect(items.length).toBe(summary.claims.length);
    items.forEach((item, index) => {
      const claim = summary.claims[index];
      expect(textOf(item)).toContain(claim.statement);
      expect(item.querySelector('.badge')!.classList.contains(claim.verdict)).toBe(true);
      for (const { rule } of claim.comparisons) expect(textOf(item)).toContain(plain(rule));
    });
  });

  it('gives the commands of the study and of every run', async () => {
    const summary = await fakeSummary({ seeds: 2 });
    const commands = textOf(documentOf(summary).querySelector('#repeat'));
    expect(commands).toContain(summary.command);
    for (const run of summary.runs) expect(commands).toContain(`--out runs/${run.id}`);
  });

  it('says what stands in for MNIST, and says nothing of it on MNIST itself', async () => {
    const notice = documentOf(await fakeSummary({ standInFor: 'MNIST' })).querySelector('.notice');
    expect(textOf(notice)).toContain('Built-in digits, not MNIST');
    expect(documentOf(await fakeSummary()).querySelector('.notice')).toBeNull();
  });

  it('escapes whatever text a summary holds', async () => {
    const evil = `<script>alert("1")</script>'&`;
    const summary = await fakeSummary();
    summary.title = evil;
    summary.command = evil;
    summary.data.source = evil;
    summary.data.title = evil;
    summary.standInFor = evil;
    summary.machine.cpu = evil;
    summary.runs[0].model = evil;
    summary.claims[0].statement = evil;
    summary.claims[0].comparisons[0].rule = evil;
    const page = renderMnistReport(summary, [
      { ...figures[0], caption: evil, alternative: `"${evil}` },
    ]);
    expect(page).not.toContain('<script');
    expect(parseHTML(page).document.querySelector('h1')!.textContent).toBe(evil);
  });
});
