import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { coreApi } from '../../src/contract/core-api.ts';
import { launchCommand } from '../../scripts/hall/launch.ts';
import { expect, test } from './fixtures.ts';

test.describe('the page is confined', () => {
  test('[S-01] every window has the safe preferences, and the renderer really is sandboxed', async ({ kiosk }) => {
    const windows = await kiosk.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map(({ webContents }) => {
        // Not among the published types, but the only way to ask a running window.
        const preferences: Record<string, unknown> = Reflect.apply(
          Reflect.get(webContents, 'getLastWebPreferences'),
          webContents,
          [],
        );
        return { preferences: { ...preferences }, pid: webContents.getOSProcessId() };
      }),
    );
    expect(windows).toHaveLength(1);
    for (const { preferences, pid } of windows) {
      expect(preferences).toMatchObject({
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        nodeIntegrationInSubFrames: false,
        webSecurity: true,
        webviewTag: false,
      });
      expect(preferences['allowRunningInsecureContent']).not.toBe(true);
      expect(preferences['experimentalFeatures']).not.toBe(true);
      if (process.platform === 'linux') {
        // Seccomp 2: a filter of system calls is in force, which Chromium sets only inside its sandbox.
        expect(await readFile(`/proc/${pid}/status`, 'utf8')).toMatch(/^Seccomp:\s*2$/m);
      }
    }
    const switches = await kiosk.app.evaluate(({ app }) => app.commandLine.hasSwitch('no-sandbox'));
    expect(switches).toBe(false);
  });

  test('the page sees the named functions of the bridge and nothing of Electron or Node', async ({ kiosk }) => {
    const seen = await kiosk.page.evaluate(() => {
      const bridge: Record<string, Record<string, unknown>> = Reflect.get(window, 'kiosk');
      return {
        names: Object.entries(bridge).flatMap(([group, entries]) =>
          Object.keys(entries).map((name) => `${group}.${name}`),
        ),
        kinds: [
          ...new Set(Object.values(bridge).flatMap((entries) => Object.values(entries).map((entry) => typeof entry))),
        ],
        foreign: ['require', 'process', 'module', 'Buffer', 'electron', 'ipcRenderer', 'global'].filter(
          (name) => name in window,
        ),
      };
    });
    expect(seen.foreign).toEqual([]);
    expect(seen.kinds).toEqual(['function']);
    const contract = Object.entries(coreApi).flatMap(([group, calls]) =>
      Object.keys(calls).map((name) => `${group}.${name}`),
    );
    const shell = ['armCamera', 'drawn', 'hall', 'renew'].map((name) => `shell.${name}`);
    expect(seen.names.toSorted()).toEqual([...contract, ...shell].toSorted());
  });

  test('permissions are denied; the camera opens only in the moment the page has armed it', async ({ kiosk }) => {
    const answers = await kiosk.page.evaluate(async () => {
      const ask = (constraints: MediaStreamConstraints) =>
        navigator.mediaDevices.getUserMedia(constraints).then(
          (stream) => {
            for (const track of stream.getTracks()) track.stop();
            return 'opened';
          },
          (error: unknown) => (error instanceof Error ? error.name : 'thrown'),
        );
      const unarmed = await ask({ video: true });
      const bridge: { shell: { armCamera: () => Promise<void> } } = Reflect.get(window, 'kiosk');
      await bridge.shell.armCamera();
      const armed = await ask({ video: true });
      const microphone = await ask({ audio: true });
      const both = await ask({ video: true, audio: true });
      const notification = await Notification.requestPermission();
      const place = await new Promise((resolve) => {
        navigator.geolocation.getCurrentPosition(
          () => resolve('told'),
          (error) => resolve(error.code === GeolocationPositionError.PERMISSION_DENIED ? 'denied' : 'unavailable'),
        );
      });
      const clipboard = await navigator.clipboard.readText().then(
        () => 'read',
        () => 'denied',
      );
      return { unarmed, armed, microphone, both, notification, place, clipboard };
    });
    expect(answers).toEqual({
      unarmed: 'NotAllowedError',
      armed: 'opened',
      microphone: 'NotAllowedError',
      both: 'NotAllowedError',
      notification: 'denied',
      place: 'denied',
      clipboard: 'denied',
    });
  });

  test('a page that is not ours gets no port to core', async ({ kiosk }) => {
    await kiosk.app.evaluate(async ({ BrowserWindow, app }) => {
      const preload = `${app.getAppPath()}/out/preload/index.cjs`;
      const foreign = new BrowserWindow({
        show: false,
        webPreferences: { sandbox: true, contextIsolation: true, preload },
      });
      await foreign.loadURL('data:text/html,<h1>foreign</h1>');
    });
    await kiosk.logged('shell.refused', { what: 'ipc:kiosk:connect' });
    await kiosk.app.evaluate(({ BrowserWindow }) => {
      for (const window of BrowserWindow.getAllWindows()) if (!window.isVisible()) window.destroy();
    });
  });

  test('no download starts', async ({ kiosk }) => {
    await kiosk.page.evaluate(() => {
      const link = document.createElement('a');
      link.href = URL.createObjectURL(new Blob(['x']));
      link.download = 'x.txt';
      link.click();
    });
    await kiosk.logged('shell.refused', { what: 'download' });
  });
});

test.describe('what a page must not do', () => {
  test.use({ provokesPolicy: true });

  test('scripts from strings, inline scripts, foreign images, frames and requests are refused', async ({ kiosk }) => {
    const refused = await kiosk.page.evaluate(async () => {
      const violations: string[] = [];
      document.addEventListener('securitypolicyviolation', (event) => violations.push(event.effectiveDirective));
      const outcome: Record<string, string> = {};
      // In a task of its own: while a debugger's call is on the stack, evaluation is let through.
      outcome['eval'] = await new Promise((resolve) => {
        setTimeout(() => {
          try {
            resolve(String(Reflect.apply(window.eval, window, ['1 + 1'])));
          } catch (error) {
            resolve(error instanceof Error ? error.name : 'thrown');
          }
        });
      });
      const script = document.createElement('script');
      script.textContent = 'window.injected = true';
      document.body.append(script);
      outcome['inline'] = 'injected' in window ? 'ran' : 'refused';
      for (const address of [
        'https://example.com/',
        'http://127.0.0.1:9/',
        'file:///etc/passwd',
        'app://kiosk/index.html',
      ]) {
        outcome[address] = await fetch(address).then(
          () => 'answered',
          () => 'refused',
        );
      }
      const image = new Image();
      outcome['image'] = await new Promise((resolve) => {
        image.onload = () => resolve('loaded');
        image.onerror = () => resolve('refused');
        image.src = 'https://example.com/x.png';
      });
      const frame = document.createElement('iframe');
      frame.src = 'file:///etc/passwd';
      document.body.append(frame);
      await new Promise((resolve) => {
        requestAnimationFrame(() => setTimeout(resolve));
      });
      outcome['frame'] = frame.contentDocument?.body.textContent === '' ? 'empty' : 'filled';
      frame.remove();
      script.remove();
      return { outcome, violations };
    });
    expect(refused.outcome).toEqual({
      eval: 'EvalError',
      inline: 'refused',
      'https://example.com/': 'refused',
      'http://127.0.0.1:9/': 'refused',
      'file:///etc/passwd': 'refused',
      'app://kiosk/index.html': 'refused',
      image: 'refused',
      frame: 'empty',
    });
    expect(refused.violations).toEqual(
      expect.arrayContaining(['script-src', 'script-src-elem', 'connect-src', 'img-src']),
    );
  });

  test('no link, form, script or redirect leads away, and no window opens', async ({ kiosk }) => {
    const before = kiosk.page.url();
    const opened = await kiosk.page.evaluate(() => {
      const link = document.createElement('a');
      link.href = 'https://example.com/';
      link.textContent = 'x';
      document.body.append(link);
      link.click();
      link.target = '_blank';
      link.click();
      link.remove();
      const form = document.createElement('form');
      form.action = 'https://example.com/';
      document.body.append(form);
      form.submit();
      form.remove();
      const own = window.open('app://kiosk/index.html');
      const foreign = window.open('https://example.com/');
      location.assign('https://example.com/');
      return [own, foreign];
    });
    expect(opened).toEqual([null, null]);
    await kiosk.logged('shell.refused', { what: 'navigation-foreign' });
    await kiosk.logged('shell.refused', { what: 'window-open' });
    expect(kiosk.page.url()).toBe(before);
    expect(kiosk.app.windows()).toHaveLength(1);
    // Asked of the page itself: Playwright still waits for a navigation that will never come.
    expect(await kiosk.page.evaluate(() => document.querySelector('[data-page]')?.getAttribute('data-page'))).toBe(
      'home',
    );
  });
});

test('a second start on the same data says so and ends, and the first goes on', async ({ kiosk }) => {
  const { command, args, env } = await launchCommand(kiosk.launch);
  const second = spawn(command, args, { env });
  let said = '';
  second.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const code = await new Promise((resolve) => {
    second.once('exit', resolve);
  });
  expect(code).toBe(3);
  expect(said).toContain('终端程序已在运行');
  await kiosk.logged('shell.second-instance', {});
  await expect(kiosk.page.locator('[data-page="home"]')).toBeVisible();
});

test('logs of the whole start hold no identity number', async ({ kiosk }) => {
  await kiosk.logged('shell.process-ready', { name: 'core' });
  const text = await readFile(join(kiosk.hall.dataDir, 'logs', 'shell.log'), 'utf8');
  expect(text).not.toMatch(/\d{17}[\dX]/);
});
