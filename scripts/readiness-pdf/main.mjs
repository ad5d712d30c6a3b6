import { writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { BrowserWindow, app } from 'electron';

// Prints one page into a PDF, in a window that nobody sees and that can do nothing but be printed.

/** @param {string} name */
const argument = (name) => process.argv.find((one) => one.startsWith(`--${name}=`))?.slice(`--${name}=`.length) ?? '';

app.setPath('userData', argument('data'));
app.enableSandbox();
void app.whenReady().then(async () => {
  try {
    const window = new BrowserWindow({
      show: false,
      webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false, javascript: false },
    });
    window.webContents.setWindowOpenHandler(() => ({ action: 'deny' }));
    await window.loadURL(pathToFileURL(argument('page')).href);
    const pdf = await window.webContents.printToPDF({ pageSize: 'A4', generateTaggedPDF: true });
    await writeFile(argument('pdf'), pdf);
    app.exit(0);
  } catch (error) {
    console.log(String(error));
    app.exit(1);
  }
});
