import type { ScannerCapabilities, ScanRequest } from '../../src/domain/document-scan.ts';
import type { XmlElement } from './xml.ts';

/** Messages of eSCL, both directions. Pure. The wire format and its sources stand in the README. */

type Colour = ScanRequest['colour'];
export type PictureFormat = 'image/jpeg' | 'image/png';

/** What one way of feeding paper can do. */
export interface SourceCapabilities {
  /** Largest region, in 1/300 inch. */
  readonly width: number;
  readonly height: number;
  readonly colours: readonly Colour[];
  readonly formats: readonly PictureFormat[];
  /** It names formats by `DocumentFormatExt`, too, and wants to be told by it. */
  readonly formatExt: boolean;
  /** Dots per inch that go in both directions, ascending. */
  readonly resolutions: readonly number[];
  /** It knows the intent `Document`. */
  readonly documentIntent: boolean;
}

export interface EsclCapabilities {
  readonly platen?: SourceCapabilities;
  readonly feeder?: SourceCapabilities;
  readonly duplexFeeder?: SourceCapabilities;
  /** The compression it calls normal. */
  readonly compression?: number;
}

/** One job, as it is asked for. */
export interface ScanSettings {
  readonly source: ScanRequest['source'];
  readonly duplex: boolean;
  readonly documentIntent: boolean;
  /** Region from the upper left corner, in 1/300 inch. */
  readonly width: number;
  readonly height: number;
  readonly compression?: number;
  readonly colour: Colour;
  readonly format: PictureFormat;
  readonly formatExt: boolean;
  readonly resolution: number;
}

export interface ScannerStatus {
  readonly state: 'idle' | 'processing' | 'testing' | 'stopped' | 'unknown';
  /** Absent without a feeder. */
  readonly feeder?: 'loaded' | 'empty' | 'processing' | 'jam' | 'cover-open' | 'unknown';
}

/** A4 in 1/300 inch: 2480 x 3508. */
export const A4 = { width: 2_480, height: 3_508 } as const;

export const resources = (root: string) => ({
  capabilities: `${root}/ScannerCapabilities`,
  status: `${root}/ScannerStatus`,
  jobs: `${root}/ScanJobs`,
});
export const nextDocument = (job: string): string => `${job}/NextDocument`;

/**
 * The path of a job out of the `Location` of its creation. Whatever stands for a host is dropped unread: it is the scanner's
 * idea of its own name, some write one that is none, and no other host may be asked.
 */
export function readLocation(location: string, root: string): string | undefined {
  if (!/^[\x21-\x7e]{1,1024}$/u.test(location)) return undefined;
  const path = location.replace(/^[a-z]+:\/\/[^/]*/iu, '');
  const job = path.endsWith('/') ? path.slice(0, -1) : path;
  if (job === '') return undefined;
  return job.startsWith('/') ? job : `${root}/${job}`;
}

const PWG = 'http://www.pwg.org/schemas/2010/12/sm';
const SCAN = 'http://schemas.hp.com/imaging/escl/2011/05/03';

const document = (name: string, content: string): Uint8Array =>
  new TextEncoder().encode(
    `<?xml version="1.0" encoding="UTF-8"?>\n<scan:${name} xmlns:pwg="${PWG}" xmlns:scan="${SCAN}">${content}</scan:${name}>`,
  );
/** Everything written is a number or a word of ours: nothing to escape. */
const tag = (name: string, content: string | number | boolean): string => `<${name}>${content}</${name}>`;

const children = (element: XmlElement | undefined, name: string): readonly XmlElement[] =>
  element?.children.filter((child) => child.name === name) ?? [];
const child = (element: XmlElement | undefined, ...path: readonly string[]): XmlElement | undefined =>
  path.reduce<XmlElement | undefined>((at, name) => children(at, name)[0], element);
const textOf = (element: XmlElement | undefined, ...path: readonly string[]): string =>
  child(element, ...path)?.text ?? '';

function numberOf(element: XmlElement | undefined, ...path: readonly string[]): number | undefined {
  const text = textOf(element, ...path);
  return /^\d{1,6}$/u.test(text) ? Number(text) : undefined;
}

function keyOf<K extends string>(table: Readonly<Record<K, string>>, text: string): K | undefined {
  const keys = Object.keys(table) as K[];
  return keys.find((key) => table[key] === text);
}

const colourModes = { colour: 'RGB24', grey: 'Grayscale8', 'black-white': 'BlackAndWhite1' } as const;
const inputSources = { platen: 'Platen', feeder: 'Feeder' } as const;
const pictureFormats: readonly PictureFormat[] = ['image/jpeg', 'image/png'];
const formatOf = (text: string): PictureFormat | undefined =>
  pictureFormats.find((format) => format === text.toLowerCase());

/** Resolutions in use; a scanner that takes any in a range is offered these. */
const usualResolutions = [75, 100, 150, 200, 300, 400, 600, 1_200];

/** Undefined for what is no scanner, or one without any source that we can ask. */
export function readCapabilities(root: XmlElement): EsclCapabilities | undefined {
  if (root.name !== 'ScannerCapabilities') return undefined;
  const platen = readSource(child(root, 'Platen', 'PlatenInputCaps'));
  const feeder = readSource(child(root, 'Adf', 'AdfSimplexInputCaps'));
  const duplexFeeder = readSource(child(root, 'Adf', 'AdfDuplexInputCaps'));
  if (!platen && !feeder && !duplexFeeder) return undefined;
  const compression = numberOf(root, 'CompressionFactorSupport', 'Normal');
  return {
    ...(platen && { platen }),
    ...(feeder && { feeder }),
    ...(duplexFeeder && { duplexFeeder }),
    ...(compression !== undefined && { compression }),
  };
}

function readSource(element: XmlElement | undefined): SourceCapabilities | undefined {
  const settings = children(child(element, 'SettingProfiles'), 'SettingProfile');
  const inEach = (name: string, ...path: readonly string[]): XmlElement[] =>
    settings.flatMap((one) => children(child(one, ...path), name));
  const colours = inEach('ColorMode', 'ColorModes').map(({ text }) => keyOf(colourModes, text));
  const extended = inEach('DocumentFormatExt', 'DocumentFormats');
  const formats = [...inEach('DocumentFormat', 'DocumentFormats'), ...extended].map(({ text }) => formatOf(text));
  const resolutions = [
    ...inEach('DiscreteResolution', 'SupportedResolutions', 'DiscreteResolutions').map(readDiscrete),
    ...inEach('ResolutionRange', 'SupportedResolutions').flatMap(readRange),
  ];
  const found = {
    width: numberOf(element, 'MaxWidth') ?? A4.width,
    height: numberOf(element, 'MaxHeight') ?? A4.height,
    colours: known(colours),
    formats: known(formats),
    formatExt: extended.length > 0,
    resolutions: known(resolutions).toSorted((left, right) => left - right),
    documentIntent: children(child(element, 'SupportedIntents'), 'Intent').some(({ text }) => text === 'Document'),
  };
  const isUsable = [found.colours, found.formats, found.resolutions].every(({ length }) => length > 0);
  return isUsable && found.width > 0 && found.height > 0 ? found : undefined;
}

/** Each value once, without the gaps. */
const known = <T>(values: readonly (T | undefined)[]): T[] =>
  [...new Set(values)].filter((value) => value !== undefined);

function readDiscrete(element: XmlElement): number | undefined {
  const [x, y] = [numberOf(element, 'XResolution'), numberOf(element, 'YResolution')];
  return x === y && x !== 0 ? x : undefined;
}

function readRange(element: XmlElement): number[] {
  const ranges = ['X', 'Y'].map((axis) => {
    const range = child(element, `${axis}ResolutionRange`) ?? child(element, `${axis}Resolution`);
    return {
      least: numberOf(range, 'Min') ?? 0,
      most: numberOf(range, 'Max') ?? 0,
      step: numberOf(range, 'Step') || 1,
    };
  });
  return usualResolutions.filter((resolution) =>
    ranges.every(({ least, most, step }) => {
      return resolution >= least && resolution <= most && (resolution - least) % step === 0;
    }),
  );
}

/** What a scanner says of itself; the simulator's side. */
export function writeCapabilities({ platen, feeder, duplexFeeder, compression }: EsclCapabilities): Uint8Array {
  const adf =
    (feeder ? tag('scan:AdfSimplexInputCaps', writeSource(feeder)) : '') +
    (duplexFeeder ? tag('scan:AdfDuplexInputCaps', writeSource(duplexFeeder)) : '');
  return document(
    'ScannerCapabilities',
    tag('pwg:Version', '2.63') +
      tag('pwg:MakeAndModel', 'Simulated eSCL scanner') +
      (platen ? tag('scan:Platen', tag('scan:PlatenInputCaps', writeSource(platen))) : '') +
      (adf === '' ? '' : tag('scan:Adf', adf)) +
      (compression === undefined ? '' : tag('scan:CompressionFactorSupport', tag('scan:Normal', compression))),
  );
}

function writeSource(source: SourceCapabilities): string {
  const each = <T>(values: readonly T[], write: (value: T) => string): string => values.map(write).join('');
  const formats = each(source.formats, (format) => tag('pwg:DocumentFormat', format));
  const extended = source.formatExt ? each(source.formats, (format) => tag('scan:DocumentFormatExt', format)) : '';
  const resolutions = each(source.resolutions, (resolution) =>
    tag('scan:DiscreteResolution', tag('scan:XResolution', resolution) + tag('scan:YResolution', resolution)),
  );
  return (
    tag('scan:MinWidth', 16) +
    tag('scan:MaxWidth', source.width) +
    tag('scan:MinHeight', 16) +
    tag('scan:MaxHeight', source.height) +
    tag(
      'scan:SettingProfiles',
      tag(
        'scan:SettingProfile',
        tag(
          'scan:ColorModes',
          each(source.colours, (colour) => tag('scan:ColorMode', colourModes[colour])),
        ) +
          tag('scan:DocumentFormats', formats + extended) +
          tag('scan:SupportedResolutions', tag('scan:DiscreteResolutions', resolutions)),
      ),
    ) +
    (source.documentIntent ? tag('scan:SupportedIntents', tag('scan:Intent', 'Document')) : '')
  );
}

/** Black and white has one bit a pixel, which no JPEG has. */
const formatFor = (colour: Colour, { formats }: SourceCapabilities): PictureFormat | undefined =>
  formats.find((format) => format === 'image/jpeg' && colour !== 'black-white') ??
  formats.find((format) => format === 'image/png');

const isRequestable = (resolution: number): boolean => resolution >= 75 && resolution <= 1_200;

/** What a page can ask of it; undefined when nothing fits. */
export function offerOf(capabilities: EsclCapabilities): ScannerCapabilities | undefined {
  const { platen, feeder, duplexFeeder } = capabilities;
  const all = [platen, feeder, duplexFeeder].filter((source) => source !== undefined);
  const colours = all.flatMap((source) => source.colours.filter((colour) => formatFor(colour, source)));
  const resolutions = all.flatMap((source) => source.resolutions).filter(isRequestable);
  if (colours.length === 0 || resolutions.length === 0) return undefined;
  return {
    sources: [...(platen ? ['platen' as const] : []), ...(feeder || duplexFeeder ? ['feeder' as const] : [])],
    colours: known(colours),
    resolutions: known(resolutions).toSorted((left, right) => left - right),
    duplex: duplexFeeder !== undefined,
  };
}

/** The job for a request; undefined when the source asked for cannot do it. */
export function settingsFor(capabilities: EsclCapabilities, request: ScanRequest): ScanSettings | undefined {
  const { source, colour, resolution, duplex } = request;
  const { platen, feeder, duplexFeeder, compression } = capabilities;
  const used = source === 'platen' ? (duplex ? undefined : platen) : duplex ? duplexFeeder : feeder;
  const format = used && formatFor(colour, used);
  if (!format || !used.colours.includes(colour) || !used.resolutions.includes(resolution)) return undefined;
  return {
    source,
    duplex,
    documentIntent: used.documentIntent,
    width: Math.min(A4.width, used.width),
    height: Math.min(A4.height, used.height),
    ...(compression !== undefined && { compression }),
    colour,
    format,
    formatExt: used.formatExt,
    resolution,
  };
}

/** The elements in the order that strict devices insist on. */
export function writeSettings(settings: ScanSettings): Uint8Array {
  const { source, duplex, width, height, compression, colour, format, resolution } = settings;
  return document(
    'ScanSettings',
    tag('pwg:Version', '2.0') +
      (settings.documentIntent ? tag('scan:Intent', 'Document') : '') +
      tag(
        'pwg:ScanRegions',
        tag(
          'pwg:ScanRegion',
          tag('pwg:ContentRegionUnits', 'escl:ThreeHundredthsOfInches') +
            tag('pwg:XOffset', 0) +
            tag('pwg:YOffset', 0) +
            tag('pwg:Width', width) +
            tag('pwg:Height', height),
        ),
      ) +
      tag('pwg:InputSource', inputSources[source]) +
      (compression === undefined ? '' : tag('scan:CompressionFactor', compression)) +
      tag('scan:ColorMode', colourModes[colour]) +
      tag('pwg:DocumentFormat', format) +
      (settings.formatExt ? tag('scan:DocumentFormatExt', format) : '') +
      tag('scan:XResolution', resolution) +
      tag('scan:YResolution', resolution) +
      (source === 'feeder' ? tag('scan:Duplex', duplex) : ''),
  );
}

/** Reads a job; the simulator's side. Undefined when something is missing or unknown. */
export function readSettings(root: XmlElement): ScanSettings | undefined {
  const source = keyOf(inputSources, textOf(root, 'InputSource'));
  const colour = keyOf(colourModes, textOf(root, 'ColorMode'));
  const format = formatOf(textOf(root, 'DocumentFormat'));
  const region = child(root, 'ScanRegions', 'ScanRegion');
  const [width, height] = [numberOf(region, 'Width'), numberOf(region, 'Height')];
  const resolution = numberOf(root, 'XResolution');
  if (root.name !== 'ScanSettings' || !source || !colour || !format) return undefined;
  if (width === undefined || height === undefined || resolution === undefined) return undefined;
  const compression = numberOf(root, 'CompressionFactor');
  return {
    source,
    duplex: source === 'feeder' && textOf(root, 'Duplex') === 'true',
    documentIntent: textOf(root, 'Intent') === 'Document',
    width,
    height,
    ...(compression !== undefined && { compression }),
    colour,
    format,
    formatExt: child(root, 'DocumentFormatExt') !== undefined,
    resolution,
  };
}

const states = { idle: 'Idle', processing: 'Processing', testing: 'Testing', stopped: 'Stopped' } as const;
const feederStates = {
  loaded: 'ScannerAdfLoaded',
  empty: 'ScannerAdfEmpty',
  processing: 'ScannerAdfProcessing',
  jam: 'ScannerAdfJam',
  'cover-open': 'ScannerAdfDoorOpen',
} as const;
/** Further words for the same trouble: the sheet needs a hand, or the hatch does. */
const alsoFeederStates: Readonly<Record<string, keyof typeof feederStates>> = {
  ScannerAdfMispick: 'jam',
  ScannerAdfMultipickDetected: 'jam',
  ScannerAdfHatchOpen: 'cover-open',
};

/** Undefined for what is no status of a scanner. */
export function readStatus(root: XmlElement): ScannerStatus | undefined {
  if (root.name !== 'ScannerStatus') return undefined;
  const state = keyOf(states, textOf(root, 'State')) ?? 'unknown';
  const feeder = child(root, 'AdfState')?.text;
  if (feeder === undefined) return { state };
  const also = Object.hasOwn(alsoFeederStates, feeder) ? alsoFeederStates[feeder] : undefined;
  return { state, feeder: keyOf(feederStates, feeder) ?? also ?? 'unknown' };
}

/** How a scanner is; the simulator's side. */
export function writeStatus({ state, feeder }: ScannerStatus): Uint8Array {
  return document(
    'ScannerStatus',
    tag('pwg:Version', '2.63') +
      tag('pwg:State', state === 'unknown' ? 'Pondering' : states[state]) +
      (feeder === undefined
        ? ''
        : tag('scan:AdfState', feeder === 'unknown' ? 'ScannerAdfPondering' : feederStates[feeder])),
  );
}
