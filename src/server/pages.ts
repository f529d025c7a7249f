import { readdir, readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { OpenAPIHono } from '@hono/zod-openapi';
import { getMimeType } from 'hono/utils/mime';
import { packageFolder } from '../package.ts';

/** A file of the page as it is served. */
export interface PageFile {
  content: Uint8Array<ArrayBuffer>;
  type: string;
  /** Built files carry a hash in their names, and never change. */
  lasting: boolean;
}

/** Where the build leaves the page. */
const builtFolder = join(packageFolder, 'dist', 'studio');

const unbuilt = `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>shakelab studio</title>
<p>The page is not built here; run <code>npm run build</code> and start the studio again.
<p>The API answers: <a href="/api/runs">runs</a>, <a href="/api/openapi.json">its description</a>.
</html>
`;

/**
 * All files of the page by the path of their address. Only these are ever served, whatever a path
 * says: no address leads to the file system.
 */
export async function loadPages(folder = builtFolder): Promise<Map<string, PageFile>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile());
  const pages = new Map(
    await Promise.all(
      files.map(async ({ parentPath, name }): Promise<[string, PageFile]> => {
        const path = join(parentPath, name);
        const address = path.slice(folder.length).split(sep).join('/');
        return [address, pageFile(address, await readFile(path))];
      }),
    ),
  );
  const index = pages.get('/index.html') ?? pageFile('/index.html', Buffer.from(unbuilt));
  return pages.set('/', index);
}

const forever = 'public, max-age=31536000, immutable';

/** Serves the page's files, each by its exact address. */
export function servePages(app: OpenAPIHono, pages: ReadonlyMap<string, PageFile>): void {
  app.get('*', (context) => {
    const page = pages.get(context.req.path);
    if (!page) return context.notFound();
    const caching = page.lasting ? forever : 'no-cache';
    return context.body(page.content, 200, { 'Content-Type': page.type, 'Cache-Control': caching });
  });
}

function pageFile(address: string, content: Uint8Array): PageFile {
  const type = getMimeType(address) ?? 'application/octet-stream';
  return { content: new Uint8Array(content), type, lasting: address.startsWith('/assets/') };
}
