import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The kernel's configuration of gadgets: a folder for each (Documentation/usb/gadget_configfs.rst). */
const GADGETS = '/sys/kernel/config/usb_gadget';
const CONTROLLERS = '/sys/class/udc';
const ENGLISH = '0x409';

export type GadgetFunction =
  | { readonly kind: 'acm' }
  | { readonly kind: 'hid'; readonly reportBytes: number; readonly descriptor: Uint8Array; readonly keyboard?: true }
  | { readonly kind: 'mass_storage' };

export interface GadgetDescription {
  /** Four hexadecimal digits each. */
  readonly vendorId: string;
  readonly productId: string;
  readonly serialNumber: string;
  readonly functions: readonly GadgetFunction[];
}

/** A USB device made of the kernel's gadget functions. Giving it a controller plugs it in, taking that away pulls it out. */
export class UsbGadget {
  readonly #folder: string;
  readonly #names: readonly string[];

  private constructor(folder: string, names: readonly string[]) {
    this.#folder = folder;
    this.#names = names;
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
      await symlink(path, join(configuration, name));
      names.push(name);
    }
    return new UsbGadget(folder, names);
  }

  /** The gadget's own end of its first function: `/dev/ttyGS…` or `/dev/hidg…`. */
  async ownEnd(): Promise<string> {
    const name = this.#names[0] ?? '';
    if (name.startsWith('acm.')) return `/dev/ttyGS${await read(this.#folder, 'functions', name, 'port_num')}`;
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
