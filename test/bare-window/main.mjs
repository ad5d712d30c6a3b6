import { BrowserWindow, app } from 'electron';

// The smallest window that is safe in the same way: what the benches measure the kiosk against, and a drawing table for
// pictures (receipts, the page under the fake camera).
const size = /^--window=(\d+)x(\d+)$/.exec(process.argv.find((argument) => argument.startsWith('--window=')) ?? '');
const data = process.argv.find((argument) => argument.startsWith('--data='))?.slice('--data='.length);
if (data) app.setPath('userData', data);
void app.whenReady().then(async () => {
  const window = new BrowserWindow({
    width: Number(size?.[1] ?? 1080),
    height: Number(size?.[2] ?? 1920),
    useContentSize: true,
    webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false },
  });
  await window.loadURL('data:text/html,<!doctype html><title>bare</title><h1>bare</h1>');
});
app.on('window-all-closed', () => app.quit());
