import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The kernel's configuration of gadgets: a folder for each (Documentation/usb/gadget_configfs.rst). */
const GADGETS = '/sys/kernel/config/usb_gadget';
const CONTROLLERS = '/sys/class/udc';
const ENGLISH = '0x409';
/** Requests that a printer's gadget has under way in each direction. */
const PRINTER_REQUESTS = '10';
/** The kernel numbers its printers in the order in which they are made, and tells it nowhere. */
let printers = 0;

export type GadgetFunction =
  | { readonly kind: 'acm' }
  | { readonly kind: 'hid'; readonly reportBytes: number; readonly descriptor: Uint8Array; readonly keyboard?: true }
  | { readonly kind: 'printer' }
  | { readonly kind: 'mass_storage' };

/** Four hexadecimal digits each. */
export interface UsbIds {
  readonly vendorId: string;
  readonly productId: string;
}

export interface GadgetDescription extends UsbIds {
  readonly serialNumber: string;
  readonly functions: readonly GadgetFunction[];
}

/** A USB device made of the kernel's gadget functions. Giving it a controller plugs it in, taking that away pulls it out. */
export class UsbGadget {
  readonly #folder: string;
  readonly #names: readonly string[];
  readonly #printer: number;

  private constructor(folder: string, names: readonly string[], printer: number) {
    this.#folder = folder;
    this.#names = names;
    this.#printer = printer;
  }

  static async create(id: string, description: GadgetDescription): Promise<UsbGadget> {
    const folder = join(GADGETS, id);
    const configuration = join(folder, 'configs', 'c.1');
    await mkdir(configuration, { recursive: true });
    await write(folder, 'idVendor', `0x${description.vendorId}`);
    await write(folder, 'idProduct', `0x${description.productId}`);
    const strings = join(folder, 'strings', ENGLISH);
    await mkdir(strings);
    await write(strings, 'manufacturer', 'Hall kiosk');
    await write(strings, 'product', id);
    await write(strings, 'serialnumber', description.serialNumber);
    const names: string[] = [];
    const printer = printers;
    for (const [at, one] of description.functions.entries()) {
      const name = `${one.kind}.${id}${at}`;
      const path = join(folder, 'functions', name);
      await mkdir(path, { recursive: true });
      if (one.kind === 'hid') {
        await write(path, 'protocol', one.keyboard ? '1' : '0');
        await write(path, 'subclass', one.keyboard ? '1' : '0');
        await write(path, 'report_length', String(one.reportBytes));
        await writeFile(join(path, 'report_desc'), one.descriptor);
      }
      if (one.kind === 'printer') {
        await write(path, 'q_len', PRINTER_REQUESTS);
        await write(path, 'pnp_string', `MFG:Hall kiosk;MDL:${id};CLS:PRINTER;`);
        printers += 1;
      }
      await symlink(path, join(configuration, name));
      names.push(name);
    }
    return new UsbGadget(folder, names, printer);
  }

  /** The gadget's own end of its first function: `/dev/ttyGS…`, `/dev/hidg…` or, while it is plugged in, `/dev/g_printer…`. */
  async ownEnd(): Promise<string> {
    const name = this.#names[0] ?? '';
    if (name.startsWith('acm.')) return `/dev/ttyGS${await read(this.#folder, 'functions', name, 'port_num')}`;
    if (name.startsWith('printer.')) return `/dev/g_printer${this.#printer}`;
    const [, minor] = (await read(this.#folder, 'functions', name, 'dev')).split(':');
    return `/dev/hidg${minor}`;
  }

  /** Plugs it into a port; the first one that is free unless said. */
  async plug(port?: string): Promise<void> {
    await write(this.#folder, 'UDC', port ?? (await freePorts())[0] ?? '');
  }

  async unplug(): Promise<void> {
    await write(this.#folder, 'UDC', '\n');
  }
}

/** Ports that nothing is plugged into. */
export async function freePorts(): Promise<readonly string[]> {
  const taken = await Promise.all((await readdir(GADGETS)).map((name) => read(GADGETS, name, 'UDC')));
  return (await readdir(CONTROLLERS)).toSorted().filter((port) => !taken.includes(port));
}

async function read(...path: readonly string[]): Promise<string> {
  return (await readFile(join(...path), 'utf8')).trim();
}

function write(folder: string, name: string, text: string): Promise<void> {
  return writeFile(join(folder, name), text);
}
