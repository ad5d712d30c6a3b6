import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { HOME_URL, contentSecurityPolicy, createAppHandler, homeBeside, isAppUrl } from './app-scheme.ts';

let root = '';
beforeAll(async () => {
  const parent = await mkdtemp(join(tmpdir(), 'kiosk-pages-'));
  root = join(parent, 'pages');
  await mkdir(root);
  await writeFile(join(root, 'index.html'), '<!doctype html>');
  await writeFile(join(root, 'notes.txt'), 'not a page');
  await writeFile(join(parent, 'secret.html'), 'outside');
  await writeFile(join(`${root}-beside.html`), 'beside');
});

const get = (address: string, method = 'GET') => createAppHandler(root)({ url: address, method });

describe('app scheme', () => {
  it('serves a page with the policy on it', async () => {
    const response = await get('app://kiosk/index.html');
    expect(response.statusCode).toBe(200);
    expect(response.headers['content-security-policy']).toBe(contentSecurityPolicy);
    expect(response.data.toString()).toBe('<!doctype html>');
  });

  it.each([
    'app://kiosk/../secret.html',
    'app://kiosk/%2e%2e/secret.html',
    'app://kiosk/%2e%2e%2fsecret.html',
    'app://kiosk/..%2fsecret.html',
    'app://kiosk/..%5csecret.html',
    'app://kiosk/%252e%252e/secret.html',
    'app://kiosk//etc/passwd.html',
    'app://kiosk/../pages-beside.html',
    'app://kiosk/%00index.html',
    'app://kiosk/%E0%A4%A.html',
    'app://kiosk/notes.txt',
    'app://kiosk/',
    'app://other/index.html',
    'app://kiosk.example/index.html',
    'file:///etc/passwd.html',
  ])('answers 404 to %s', async (address) => {
    expect((await get(address)).statusCode).toBe(404);
  });

  it('answers 404 to anything but GET', async () => {
    expect((await get('app://kiosk/index.html', 'POST')).statusCode).toBe(404);
  });

  it('has two hosts by turns for the home page', () => {
    const next = homeBeside(HOME_URL);
    expect(new URL(next).host).not.toBe(new URL(HOME_URL).host);
    expect(isAppUrl(next)).toBe(true);
    expect(new URL(homeBeside(next)).host).toBe(new URL(HOME_URL).host);
    expect(isAppUrl(homeBeside(''))).toBe(true);
  });

  it('compares origins by their parts', () => {
    expect(isAppUrl('app://kiosk/index.html')).toBe(true);
    expect(isAppUrl('app://kiosk-next/index.html')).toBe(true);
    for (const other of ['app://kiosk.evil/', 'app://user@kiosk.evil/', 'https://kiosk/', 'app:kiosk', 'not a url', ''])
      expect(isAppUrl(other), other).toBe(false);
  });
});

describe('content security policy', () => {
  const directives = new Map(
    contentSecurityPolicy.split('; ').map((directive) => {
      const [name = '', ...sources] = directive.split(' ');
      return [name, sources];
    }),
  );

  it('starts from nothing', () => {
    expect(directives.get('default-src')).toEqual(["'none'"]);
    for (const closed of ['connect-src', 'object-src', 'base-uri', 'form-action', 'frame-ancestors'])
      expect(directives.get(closed), closed).toEqual(["'none'"]);
  });

  it('runs scripts of the package only', () => {
    expect(directives.get('script-src')).toEqual(["'self'"]);
  });

  it('names no remote source and nothing unsafe', () => {
    const sources = [...directives.values()].flat();
    expect(sources.filter((source) => /unsafe|http|\*/.test(source))).toEqual([]);
  });
});
