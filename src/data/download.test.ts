import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, symlink } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, expect, test, vi } from 'vitest';
import { sha256, temporaryFolder, writeFiles } from '../../testkit/dataFiles.ts';
import { RequestError } from '../errors.ts';
import { besideName } from '../files/beside.ts';
import type { Digest } from './digest.ts';
import { type Download, download } from './download.ts';
import { sizeOf } from './partFile.ts';

const contents = Buffer.from(Array.from({ length: 300_000 }, (_, at) => (at * at * 31) % 253));
const wrong = Buffer.alloc(contents.length, 1);
const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.closeAllConnections();
});

test('a file arrives whole, with progress to its end, and nothing beside it', async () => {
  const progress: number[] = [];
  const request = await prepare([await serve(sendRange(contents))]);
  await download({ ...request, onProgress: ({ received }) => progress.push(received) });
  await expectInPlace(request);
  expect(progress.at(-1)).toBe(contents.length);
});

test('gzip files are verified by what they unpack to, and kept as they came', async () => {
  const request = await prepare([await serve(sendRange(gzipSync(contents)))]);
  await download(request);
  expect(gzipSync(contents).equals(await readFile(request.path))).toBe(true);
});

test('a packed file can be verified as it lies, by its MD5', async () => {
  const packed = gzipSync(contents);
  const value = createHash('md5').update(packed).digest('hex');
  const request = await prepare([await serve(sendRange(packed))]);
  const digest: Digest = { algorithm: 'md5', of: 'file', value };
  await download({ ...request, digest });
  expect(packed.equals(await readFile(request.path))).toBe(true);
  const other = await prepare([await serve(sendRange(gzipSync(wrong)))]);
  await expect(download({ ...other, digest })).rejects.toThrow(/its MD5 is .* instead of/);
});

test('an interrupted transfer goes on where it stopped', async () => {
  const ranges: (string | undefined)[] = [];
  const url = await serve((incoming, response) => {
    ranges.push(incoming.headers.range);
    if (ranges.length === 1) return sendAndBreak(response, request.path);
    sendRange(contents)(incoming, response);
  });
  const request = await prepare([url]);
  await download(request);
  await expectInPlace(request);
  expect(ranges).toEqual([undefined, 'bytes=100000-']);
});

test('a server without ranges sends it all again', async () => {
  let requests = 0;
  const url = await serve((_, response) => {
    if (requests++ === 0) return sendAndBreak(response, request.path);
    response.end(contents);
  });
  const request = await prepare([url]);
  await download(request);
  await expectInPlace(request);
});

test('a failed download leaves its part, and the next one goes on from it', async () => {
  const broken = await serve((incoming, response) => {
    if (incoming.headers.range) return response.writeHead(503).end();
    sendAndBreak(response, request.path);
  });
  const request = await prepare([broken]);
  await expect(download(request)).rejects.toThrow('503');
  expect(await readdir(folderOf(request))).toEqual([expect.stringMatching(/\.part$/)]);
  const ranges: (string | undefined)[] = [];
  const working = await serve((incoming, response) => {
    ranges.push(incoming.headers.range);
    sendRange(contents)(incoming, response);
  });
  await download({ ...request, urls: [working] });
  await expectInPlace(request);
  expect(ranges).toEqual(['bytes=100000-']);
});

test('the part of a process that has ended is taken over, one of a living process is not', async () => {
  const ended = spawnSync(process.execPath, ['-e', '']).pid;
  const host = hostname().replace(/[^A-Za-z0-9]/g, '_');
  const ranges: (string | undefined)[] = [];
  const url = await serve((incoming, response) => {
    ranges.push(incoming.headers.range);
    sendRange(contents)(incoming, response);
  });
  const request = await prepare([url]);
  const living = `file.${host}-${process.ppid}.part`;
  await writeFiles(folderOf(request), {
    [`file.${host}-${ended}.part`]: contents.subarray(0, 1234),
    [living]: contents.subarray(0, 99),
  });
  await download(request);
  expect(ranges).toEqual(['bytes=1234-']);
  expect(await readdir(folderOf(request))).toEqual(['file', living]);
});

test('a part that was of something else is thrown away and the file fetched afresh', async () => {
  const request = await prepare([await serve(sendRange(contents))]);
  const host = hostname().replace(/[^A-Za-z0-9]/g, '_');
  await writeFiles(folderOf(request), {
    [`file.${host}-${process.pid}.part`]: wrong.subarray(0, 5000),
  });
  await download(request);
  await expectInPlace(request);
});

test('a wrong checksum is refused, and nothing is left', async () => {
  const request = await prepare([await serve(sendRange(wrong))]);
  await expect(download(request)).rejects.toThrow(`SHA-256 is ${sha256(wrong)} instead of`);
  expect(await readdir(folderOf(request))).toEqual([]);
});

test('the next address is tried when one is wrong or refuses', async () => {
  const urls = [
    await serve((_, response) => response.writeHead(404).end()),
    await serve(sendRange(wrong)),
    await serve(sendRange(contents)),
  ];
  const request = await prepare(urls);
  await download(request);
  await expectInPlace(request);
});

test('a server that never stops is cut off and refused', async () => {
  let open = true;
  const url = await serve((_, response) => {
    response.on('close', () => {
      open = false;
    });
    const more = () => open && response.write(wrong, more);
    more();
  });
  const request = await prepare([url]);
  await expect(download(request)).rejects.toThrow('the limit is');
  expect(await readdir(folderOf(request))).toEqual([]);
});

test('a server that falls silent is given up', async () => {
  const request = await prepare([await serve((_, response) => response.write('a'))]);
  await expect(download({ ...request, stallSeconds: 0.2 })).rejects.toThrow(
    'nothing arrived for 0.2 s',
  );
});

test('without a network the error names the address and the reason', async () => {
  const request = await prepare(['http://127.0.0.1:9/']);
  await expect(download(request)).rejects.toThrow(RequestError);
  await expect(download(request)).rejects.toThrow(/http:\/\/127\.0\.0\.1:9\/.*check the network/);
});

test('a folder that cannot be written is named', async () => {
  const folder = await temporaryFolder();
  await writeFiles(folder, { taken: 'a file' });
  const request = { ...(await prepare([])), path: join(folder, 'taken', 'deeper', 'file') };
  await expect(download(request)).rejects.toThrow(
    /cannot be written, a file is where its folder should be \(ENOTDIR\)/,
  );
});

test.runIf(existsSync('/dev/full'))(
  'a disk that is full is told as one, not as a network',
  async () => {
    const request = await prepare([await serve(sendRange(contents))]);
    await symlink('/dev/full', besideName(request.path, '.part'));
    await expect(download(request)).rejects.toThrow(
      /cannot be written, the disk is full \(ENOSPC\); free some space, or choose another folder/,
    );
  },
);

test('two downloads at once share one transfer', async () => {
  let requests = 0;
  const url = await serve((incoming, response) => {
    requests++;
    sendRange(contents)(incoming, response);
  });
  const request = await prepare([url]);
  await Promise.all([download(request), download(request)]);
  await expectInPlace(request);
  expect(requests).toBe(1);
});

async function prepare(urls: string[]): Promise<Download> {
  const path = join(await temporaryFolder(), 'file');
  const digest: Digest = { algorithm: 'sha256', of: 'contents', value: sha256(contents) };
  return { urls, path, digest, bytes: contents.length };
}

function folderOf(request: Download): string {
  return join(request.path, '..');
}

async function expectInPlace(request: Download): Promise<void> {
  expect(contents.equals(await readFile(request.path))).toBe(true);
  expect(await readdir(folderOf(request))).toEqual(['file']);
}

type Answer = (request: IncomingMessage, response: ServerResponse) => unknown;

async function serve(answer: Answer): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1').unref();
  servers.push(server);
  await new Promise((ready) => server.once('listening', ready));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/file`;
}

/** Answers as a server that knows ranges. */
function sendRange(bytes: Uint8Array): Answer {
  return (request, response) => {
    const start = /^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1];
    if (start === undefined) {
      return response.writeHead(200, { 'content-length': bytes.length }).end(bytes);
    }
    if (Number(start) >= bytes.length) return response.writeHead(416).end();
    const range = `bytes ${start}-${bytes.length - 1}/${bytes.length}`;
    response.writeHead(206, { 'content-range': range }).end(bytes.subarray(Number(start)));
  };
}

/** Promises the whole file, sends its first 100,000 bytes, and breaks the connection once the part beside a path has them. */
async function sendAndBreak(response: ServerResponse, path: string): Promise<void> {
  response.writeHead(200, { 'content-length': contents.length });
  response.write(contents.subarray(0, 100_000));
  const arrived = async () => (await sizeOf(besideName(path, '.part'))) === 100_000;
  await vi.waitUntil(arrived, { interval: 5, timeout: 300_000 });
  response.destroy();
}
