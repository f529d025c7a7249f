import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';

const types: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
};

/** A web server over one folder. */
export interface FolderServer {
  address: string;
  close(): void;
}

/** Starts the plainest of web servers, on this machine only. */
export async function serveFolder(folder: string): Promise<FolderServer> {
  const server = createServer(async ({ url }, answer) => {
    const name = url === '/' ? 'index.html' : url!.slice(1);
    const file = await readFile(join(folder, name)).catch(() => null);
    answer.writeHead(file ? 200 : 404, {
      'Content-Type': types[extname(name)] ?? 'application/octet-stream',
    });
    answer.end(file);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { address: `http://127.0.0.1:${port}/`, close: () => void server.close() };
}
