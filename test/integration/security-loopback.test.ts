import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import type { Engine, IncomingFile } from '#main/engine/types.ts';
import type { Loopback } from '#main/gateway/loopback/server.ts';
import { claimKey, emptyEngine, openLoopback, temporaryFolder } from './gateway-support.ts';

let engine: Engine;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let loopback: Loopback;
let secret: string;
const uploads: { name: string; bytes: Buffer }[] = [];

beforeAll(async () => {
  folder = await temporaryFolder();
  engine = await emptyEngine(join(folder.path, 'library'));
  const clip = join(folder.path, 'clip.mp4');
  await writeFile(clip, Buffer.from('0123456789abcdef'));
  await writeFile(join(folder.path, 'secret.txt'), 'top secret');
  await mkdir(join(folder.path, 'page', 'assets'), { recursive: true });
  await writeFile(join(folder.path, 'page', 'index.html'), '<!doctype html><title>Spotloom</title>');
  await symlink(join(folder.path, 'secret.txt'), join(folder.path, 'page', 'assets', 'link.txt'));
  const withMedia: Engine = {
    ...engine,
    resolveMedia: async (path) => (path === 'asset-1/original' ? { path: clip, mime: 'video/mp4' } : null),
    stageUpload: async ({ name, body }: IncomingFile) => {
      const chunks: Uint8Array[] = [];
      for await (const chunk of body) chunks.push(chunk);
      uploads.push({ name, bytes: Buffer.concat(chunks) });
      return { uploadId: `upload-${uploads.length}` };
    },
  };
  loopback = await openLoopback(withMedia, join(folder.path, 'page'));
  secret = await mediaSecret();
});

afterAll(async () => {
  await loopback.close();
  await engine.dispose();
  await folder.remove();
});

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** A request exactly as written: nothing is normalised, no header is added but Host. */
function raw(
  path: string,
  options: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { method = 'GET', headers = {}, body } = options;
    const outgoing = httpRequest({ host: '127.0.0.1', port: loopback.port, path, method, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk) => (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }));
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

interface SocketEnd {
  messages: string[];
  code: number;
}

/** Opens a WebSocket, sends one message, and tells how it ended (or that it was welcomed). */
function socket(firstMessage: string | null, origin?: string, host?: string): Promise<SocketEnd> {
  return new Promise((resolve) => {
    const messages: string[] = [];
    const headers = host === undefined ? {} : { host };
    const opened = new WebSocket(`ws://127.0.0.1:${loopback.port}/engine`, {
      headers,
      ...(origin === undefined ? {} : { origin }),
    });
    opened.on('open', () => firstMessage !== null && opened.send(firstMessage));
    opened.on('message', (data) => {
      messages.push(data.toString());
      resolve({ messages, code: 0 });
      opened.close();
    });
    opened.on('unexpected-response', (_request, response) => resolve({ messages, code: response.statusCode ?? 0 }));
    opened.on('close', (code) => resolve({ messages, code }));
    opened.on('error', () => undefined);
  });
}

const ownOrigin = () => `http://127.0.0.1:${loopback.port}`;
const hello = (key: string) => JSON.stringify({ type: 'hello', key });

/** The unguessable part of this session's media URLs, as a page learns it. */
async function mediaSecret(): Promise<string> {
  const key = await claimKey(loopback);
  const info = await new Promise<string>((resolve) => {
    const opened = new WebSocket(`ws://127.0.0.1:${loopback.port}/engine`, { origin: ownOrigin() });
    opened.on('open', () => opened.send(hello(key)));
    opened.on('message', (data) => {
      const text = data.toString();
      if (text.includes('welcome')) opened.send(JSON.stringify({ i: '1', p: { u: '/system/info' } }));
      else {
        opened.close();
        resolve(text);
      }
    });
  });
  return /\/m\/([\w-]+)/.exec(info)![1]!;
}

describe('media URLs', () => {
  it('give the file they name to a page of the session', async () => {
    const answer = await raw(`/m/${secret}/asset-1/original`, { headers: { range: 'bytes=4-7' } });
    expect(answer).toMatchObject({ status: 206, body: '4567' });
    expect(answer.headers['content-range']).toBe('bytes 4-7/16');
  });

  it.each([
    '../../../../etc/passwd',
    '..%2f..%2f..%2fetc%2fpasswd',
    '%2e%2e/%2e%2e/etc/passwd',
    '..%252f..%252fetc/passwd',
    'asset-1/../../secret.txt',
    'asset-1/..%5c..%5csecret.txt',
    'asset-1\\..\\..\\secret.txt',
    '/etc/passwd',
    '//etc/passwd',
    'file:///etc/passwd',
    'asset-1/original/../../../secret.txt',
    'asset-1/original%00.txt',
    'asset-1/%6friginal',
    '.',
    'asset-1/',
  ])('lead nowhere else: %s', async (path) => {
    const answer = await raw(`/m/${secret}/${path}`);
    expect(answer.status).toBe(404);
    expect(answer.body).not.toContain('root:');
    expect(answer.body).not.toContain('top secret');
  });

  it('run nothing when a document is opened on its own', async () => {
    const { headers } = await raw(`/m/${secret}/asset-1/original`);
    expect(headers['content-security-policy']).toBe("default-src 'none'; sandbox");
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['cross-origin-resource-policy']).toBe('same-origin');
  });
});

describe('page files', () => {
  it.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/assets/link.txt',
    '//secret.txt',
  ])('come from the list of the built page alone: %s', async (path) => {
    const answer = await raw(path);
    expect(answer.body).not.toContain('top secret');
  });
});

describe('without the key there is', () => {
  it('no media', async () => {
    for (const wrong of ['x', '', 'A'.repeat(43), `${secret}x`, secret.slice(0, -1)]) {
      expect((await raw(`/m/${wrong}/asset-1/original`)).status).toBe(401);
    }
    expect((await raw('/m')).body).not.toContain('0123456789');
  });

  it('no upload', async () => {
    const before = uploads.length;
    const answer = await raw(`/m/${'A'.repeat(43)}/upload?name=a.mp4`, { method: 'PUT', body: 'bytes' });
    expect(answer.status).toBe(401);
    expect(uploads).toHaveLength(before);
  });

  it.each([
    ['none', null],
    ['a wrong one', hello('A'.repeat(43))],
    ['a call instead', JSON.stringify({ i: '1', p: { u: '/system/info' } })],
    ['nonsense', '{'],
    ['something endless', hello('x'.repeat(100_000))],
  ])('no contract: %s', { timeout: 10_000 }, async (_what, message) => {
    const end = await socket(message, ownOrigin());
    expect(end.messages).toEqual([]);
    expect(end.code).toBe(4401);
  });
});

describe('the one-time token', () => {
  it('opens a session once', async () => {
    const token = loopback.newLink().split('#token=')[1];
    const claim = () => raw('/session', { method: 'POST', body: JSON.stringify({ token }) });
    const first = await claim();
    expect(first.status).toBe(200);
    const second = await claim();
    expect(second.status).toBe(401);
    expect(second.body).not.toContain('"key"');
    const { key } = JSON.parse(first.body) as { key: string };
    expect((await socket(hello(key), ownOrigin())).messages).toEqual(['{"type":"welcome"}']);
  });

  it.each(['{', '{}', '{"token":""}', '{"token":["a"]}', `{"token":"${'x'.repeat(5000)}"}`])(
    'is not %s',
    async (body) => {
      expect((await raw('/session', { method: 'POST', body })).status).toBe(401);
    },
  );
});

describe('a foreign Host', () => {
  it.each(['evil.example', 'evil.example:80', '127.0.0.1', '127.0.0.1:1', '127.0.0.1.evil.example', '[::1]'])(
    'is refused on HTTP and on upgrade: %s',
    async (host) => {
      for (const path of ['/', `/m/${secret}/asset-1/original`]) {
        const answer = await raw(path, { headers: { host } });
        expect([400, 403]).toContain(answer.status);
        expect(answer.body).not.toContain('0123456789');
      }
      expect((await socket(hello(await claimKey(loopback)), ownOrigin(), host)).code).toBe(403);
    },
  );

  it('is refused when there is none at all', async () => {
    const text = await new Promise<string>((resolve) => {
      let answer = '';
      const plain = connect(loopback.port, '127.0.0.1', () => plain.write('GET / HTTP/1.0\r\n\r\n'));
      plain.on('data', (chunk) => (answer += chunk));
      plain.on('close', () => resolve(answer));
    });
    expect(text).toMatch(/^HTTP\/1\.1 (400|403)/);
  });
});

describe('a foreign Origin', () => {
  const foreign = () => [
    'http://evil.example',
    'null',
    'http://127.0.0.1:1',
    `https://127.0.0.1:${loopback.port}`,
    `http://localhost:${loopback.port}`,
  ];

  it('is refused on HTTP', async () => {
    for (const origin of foreign()) {
      expect((await raw('/', { headers: { origin } })).status).toBe(403);
      expect((await raw(`/m/${secret}/asset-1/original`, { headers: { origin } })).status).toBe(403);
      const token = loopback.newLink().split('#token=')[1];
      const claim = await raw('/session', { method: 'POST', headers: { origin }, body: JSON.stringify({ token }) });
      expect(claim.status).toBe(403);
      const upload = await raw(`/m/${secret}/upload?name=a.mp4`, { method: 'PUT', headers: { origin }, body: 'x' });
      expect(upload.status).toBe(403);
    }
  });

  it('is refused on upgrade, and so is none', async () => {
    const key = await claimKey(loopback);
    for (const origin of foreign()) expect((await socket(hello(key), origin)).code).toBe(403);
    expect((await socket(hello(key))).code).toBe(403);
  });

  it('is recognised without the header, by what browsers say of the request', async () => {
    const headers = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' };
    expect((await raw(`/m/${secret}/asset-1/original`, { headers })).status).toBe(403);
  });
});

describe('every answer', () => {
  it('of the page forbids evaluated, inline and remote code', async () => {
    const policy = String((await raw('/')).headers['content-security-policy']);
    const directives = new Map(policy.split('; ').map((part) => [part.split(' ')[0], part.split(' ').slice(1)]));
    expect(directives.get('default-src')).toEqual(["'none'"]);
    expect(directives.get('script-src')).toEqual(["'self'", "'wasm-unsafe-eval'"]);
    expect(directives.get('frame-ancestors')).toEqual(["'none'"]);
    expect(policy).not.toContain("'unsafe-eval'");
    expect(policy).not.toContain('*');
    expect(policy).not.toContain('https:');
    for (const source of policy.match(/\b(?:ws|http)s?:\/\/\S+/g) ?? []) {
      expect(source.replace(';', '')).toMatch(/^ws:\/\/(127\.0\.0\.1|localhost):\d+$/);
    }
  });

  it('sets no cookie and keeps strangers out', async () => {
    const token = loopback.newLink().split('#token=')[1];
    const answers = [
      await raw('/'),
      await raw('/nothing.js'),
      await raw('/session', { method: 'POST', body: JSON.stringify({ token }) }),
      await raw(`/m/${secret}/asset-1/original`),
      await raw(`/m/${secret}/upload?name=a.mp4`, { method: 'PUT', body: 'bytes' }),
      await raw('/m/x/y'),
    ];
    for (const { headers } of answers) {
      expect(headers['set-cookie']).toBeUndefined();
      expect(headers['access-control-allow-origin']).toBeUndefined();
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['referrer-policy']).toBe('no-referrer');
      expect(headers['cross-origin-resource-policy']).toBe('same-origin');
      expect(headers['cross-origin-opener-policy']).toBe('same-origin');
    }
  });
});

describe('an upload', () => {
  it('arrives whole under the name it was given', async () => {
    const body = 'x'.repeat(3_000_000);
    const answer = await raw(`/m/${secret}/upload?name=${encodeURIComponent('Ünïcode “clip” 🎬.mp4')}`, {
      method: 'PUT',
      body,
    });
    expect(answer.status).toBe(200);
    expect(uploads.at(-1)).toMatchObject({ name: 'Ünïcode “clip” 🎬.mp4' });
    expect(uploads.at(-1)?.bytes.toString()).toBe(body);
  });

  it('that cannot fit on the disk is refused before its bytes are read', async () => {
    const before = uploads.length;
    const answer = await new Promise<Answer>((resolve, reject) => {
      const path = `/m/${secret}/upload?name=huge.mp4`;
      const headers = { 'content-length': '900000000000000' };
      const outgoing = httpRequest(
        { host: '127.0.0.1', port: loopback.port, path, method: 'PUT', headers },
        (response) => {
          let body = '';
          response.on('data', (chunk) => (body += chunk));
          response.on('end', () => {
            resolve({ status: response.statusCode ?? 0, headers: response.headers, body });
            outgoing.destroy();
          });
        },
      );
      outgoing.on('error', reject);
      outgoing.write('first bytes');
    });
    expect(answer.status).toBe(507);
    expect(JSON.parse(answer.body)).toMatchObject({ code: 'disk-full', retry: 'free-space' });
    expect(uploads).toHaveLength(before);
  });

  it('without a usable name is refused', async () => {
    for (const query of ['', '?name=', '?name=%00', `?name=${'x'.repeat(2000)}`]) {
      const answer = await raw(`/m/${secret}/upload${query}`, { method: 'PUT', body: 'bytes' });
      expect(answer.status).toBe(400);
    }
  });
});
