import {
  assert,
  boolean,
  constantFrom,
  integer,
  property,
  record,
  subarray,
  uint8Array,
  uniqueArray,
} from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  A4,
  nextDocument,
  offerOf,
  readCapabilities,
  readLocation,
  readSettings,
  readStatus,
  resources,
  settingsFor,
  writeCapabilities,
  writeSettings,
  writeStatus,
} from './protocol.ts';
import type { EsclCapabilities, ScanSettings, ScannerStatus, SourceCapabilities } from './protocol.ts';
import { loadXml } from './xml.ts';
import type { ReadXml, XmlElement } from './xml.ts';

// Thousands of runs each, on computers that have other work.

let read: ReadXml;
beforeAll(async () => {
  read = await loadXml();
});

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
function parsed(bytes: Uint8Array | string): XmlElement {
  const root = read(typeof bytes === 'string' ? utf8(bytes) : bytes);
  if (!root) throw new Error('not well formed');
  return root;
}

const capabilitiesOf = (content: string): EsclCapabilities | undefined =>
  readCapabilities(parsed(`<scan:ScannerCapabilities>${content}</scan:ScannerCapabilities>`));
const profileWith = (content: string): string =>
  `<scan:SettingProfiles><scan:SettingProfile>${content}</scan:SettingProfile></scan:SettingProfiles>`;
const colours = '<scan:ColorModes><scan:ColorMode>RGB24</scan:ColorMode></scan:ColorModes>';
const formats = '<scan:DocumentFormats><pwg:DocumentFormat>image/jpeg</pwg:DocumentFormat></scan:DocumentFormats>';
const dpi300 =
  '<scan:DiscreteResolution><scan:XResolution>300</scan:XResolution><scan:YResolution>300</scan:YResolution></scan:DiscreteResolution>';
const discrete = `<scan:SupportedResolutions><scan:DiscreteResolutions>${dpi300}</scan:DiscreteResolutions></scan:SupportedResolutions>`;
const platenOf = (content: string): string =>
  `<scan:Platen><scan:PlatenInputCaps>${content}</scan:PlatenInputCaps></scan:Platen>`;

describe('capabilities', () => {
  it('are read as a device writes them, with attributes, other prefixes, comments and things of no interest', () => {
    const capabilities = readCapabilities(
      parsed(`<?xml version="1.0" encoding="UTF-8"?>
<!-- THIS DATA SUBJECT TO DISCLAIMER(S) INCLUDED WITH THE PRODUCT OF ORIGIN. -->
<x:ScannerCapabilities xmlns:x="http://schemas.hp.com/imaging/escl/2011/05/03" xmlns:y="http://www.pwg.org/schemas/2010/12/sm">
  <y:Version>2.63</y:Version>
  <y:MakeAndModel>Made &amp; Up 1</y:MakeAndModel>
  <x:Platen><x:PlatenInputCaps>
    <x:MinWidth>16</x:MinWidth><x:MaxWidth>2550</x:MaxWidth><x:MinHeight>16</x:MinHeight><x:MaxHeight>3508</x:MaxHeight>
    <x:SettingProfiles>
      <x:SettingProfile name="p1">
        <x:ColorModes><x:ColorMode>RGB24</x:ColorMode><x:ColorMode>RGB48</x:ColorMode><x:ColorMode>Grayscale8</x:ColorMode></x:ColorModes>
        <x:DocumentFormats>
          <y:DocumentFormat>application/pdf</y:DocumentFormat><y:DocumentFormat>image/JPEG</y:DocumentFormat>
          <x:DocumentFormatExt>image/jpeg</x:DocumentFormatExt>
        </x:DocumentFormats>
        <x:SupportedResolutions><x:DiscreteResolutions>
          <x:DiscreteResolution><x:XResolution>600</x:XResolution><x:YResolution>600</x:YResolution></x:DiscreteResolution>
          <x:DiscreteResolution><x:XResolution>300</x:XResolution><x:YResolution>300</x:YResolution></x:DiscreteResolution>
          <x:DiscreteResolution><x:XResolution>300</x:XResolution><x:YResolution>600</x:YResolution></x:DiscreteResolution>
          <x:DiscreteResolution><x:XResolution>0</x:XResolution><x:YResolution>0</x:YResolution></x:DiscreteResolution>
        </x:DiscreteResolutions></x:SupportedResolutions>
      </x:SettingProfile>
      <x:SettingProfile><x:ColorModes><x:ColorMode>BlackAndWhite1</x:ColorMode></x:ColorModes></x:SettingProfile>
    </x:SettingProfiles>
    <x:SupportedIntents><x:Intent>Photo</x:Intent><x:Intent>Document</x:Intent></x:SupportedIntents>
  </x:PlatenInputCaps></x:Platen>
  <x:CompressionFactorSupport><x:Min>0</x:Min><x:Max>100</x:Max><x:Normal>25</x:Normal></x:CompressionFactorSupport>
</x:ScannerCapabilities>`),
    );
    expect(capabilities).toEqual({
      platen: {
        width: 2_550,
        height: 3_508,
        colours: ['colour', 'grey', 'black-white'],
        formats: ['image/jpeg'],
        formatExt: true,
        resolutions: [300, 600],
        documentIntent: true,
      },
      compression: 25,
    });
    // One bit a pixel cannot be had as a JPEG.
    expect(offerOf(capabilities ?? {})).toEqual({
      sources: ['platen'],
      colours: ['colour', 'grey'],
      resolutions: [300, 600],
      duplex: false,
    });
  });

  it('take the usual resolutions out of a range, under either name, that both axes have', () => {
    const range = (axis: string, name: string, most: number, step: string) =>
      `<scan:${axis}${name}><scan:Min>75</scan:Min><scan:Max>${most}</scan:Max>${step}</scan:${axis}${name}>`;
    const source = (x: string, y: string) =>
      capabilitiesOf(
        platenOf(
          profileWith(
            `${colours}${formats}<scan:SupportedResolutions><scan:ResolutionRange>${x}${y}</scan:ResolutionRange></scan:SupportedResolutions>`,
          ),
        ),
      )?.platen?.resolutions;
    const step = '<scan:Step>25</scan:Step>';
    expect(source(range('X', 'Resolution', 600, ''), range('Y', 'Resolution', 300, ''))).toEqual([
      75, 100, 150, 200, 300,
    ]);
    expect(source(range('X', 'ResolutionRange', 200, step), range('Y', 'ResolutionRange', 1_200, step))).toEqual([
      75, 100, 150, 200,
    ]);
    expect(
      source(range('X', 'Resolution', 600, '<scan:Step>75</scan:Step>'), range('Y', 'Resolution', 600, '')),
    ).toEqual([75, 150, 300, 600]);
    expect(source(range('X', 'Resolution', 600, ''), '')).toBeUndefined();
  });

  it('have A4 where a size is missing, and no source without colours, formats, resolutions or room', () => {
    const whole = colours + formats + discrete;
    expect(capabilitiesOf(platenOf(profileWith(whole)))?.platen).toMatchObject(A4);
    for (const part of [colours + formats, colours + discrete, formats + discrete]) {
      expect(capabilitiesOf(platenOf(profileWith(part)))).toBeUndefined();
    }
    expect(capabilitiesOf(platenOf(`<scan:MaxWidth>0</scan:MaxWidth>${profileWith(whole)}`))).toBeUndefined();
    expect(capabilitiesOf(platenOf(`<scan:MaxHeight>0</scan:MaxHeight>${profileWith(whole)}`))).toBeUndefined();
    expect(capabilitiesOf('')).toBeUndefined();
    expect(readCapabilities(parsed('<html><title>Login</title></html>'))).toBeUndefined();
  });

  it('offer nothing that nobody could ask for', () => {
    const source: SourceCapabilities = {
      ...A4,
      colours: ['black-white'],
      formats: ['image/jpeg'],
      formatExt: false,
      resolutions: [300],
      documentIntent: false,
    };
    expect(offerOf({ platen: source })).toBeUndefined();
    expect(offerOf({ platen: { ...source, colours: ['grey'], resolutions: [50, 2_400] } })).toBeUndefined();
    expect(offerOf({ platen: { ...source, formats: ['image/png'] } })).toMatchObject({ colours: ['black-white'] });
    expect(offerOf({ duplexFeeder: { ...source, colours: ['grey'] } })).toMatchObject({
      sources: ['feeder'],
      duplex: true,
    });
  });
});

describe('a job', () => {
  const source: SourceCapabilities = {
    width: 2_550,
    height: 4_200,
    colours: ['colour', 'grey', 'black-white'],
    formats: ['image/jpeg', 'image/png'],
    formatExt: true,
    resolutions: [200, 300],
    documentIntent: true,
  };
  const request = { source: 'feeder', colour: 'grey', resolution: 300, duplex: true } as const;

  it('is written in the order that strict devices insist on', () => {
    const settings = settingsFor({ duplexFeeder: source, compression: 25 }, request);
    expect(settings).toBeDefined();
    expect(new TextDecoder().decode(settings && writeSettings(settings))).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n' +
        '<scan:ScanSettings xmlns:pwg="http://www.pwg.org/schemas/2010/12/sm" xmlns:scan="http://schemas.hp.com/imaging/escl/2011/05/03">' +
        '<pwg:Version>2.0</pwg:Version><scan:Intent>Document</scan:Intent>' +
        '<pwg:ScanRegions><pwg:ScanRegion><pwg:ContentRegionUnits>escl:ThreeHundredthsOfInches</pwg:ContentRegionUnits>' +
        '<pwg:XOffset>0</pwg:XOffset><pwg:YOffset>0</pwg:YOffset><pwg:Width>2480</pwg:Width><pwg:Height>3508</pwg:Height>' +
        '</pwg:ScanRegion></pwg:ScanRegions><pwg:InputSource>Feeder</pwg:InputSource>' +
        '<scan:CompressionFactor>25</scan:CompressionFactor><scan:ColorMode>Grayscale8</scan:ColorMode>' +
        '<pwg:DocumentFormat>image/jpeg</pwg:DocumentFormat><scan:DocumentFormatExt>image/jpeg</scan:DocumentFormatExt>' +
        '<scan:XResolution>300</scan:XResolution><scan:YResolution>300</scan:YResolution><scan:Duplex>true</scan:Duplex>' +
        '</scan:ScanSettings>',
    );
  });

  it('leaves out what the device does not know, and both sides on the glass', () => {
    const plain = { ...source, formatExt: false, documentIntent: false };
    const settings = settingsFor({ platen: plain }, { ...request, source: 'platen', duplex: false });
    const text = new TextDecoder().decode(settings && writeSettings(settings));
    for (const name of ['Intent', 'CompressionFactor', 'DocumentFormatExt', 'Duplex']) expect(text).not.toContain(name);
  });

  it('fits what the source can, or is none', () => {
    const all = { platen: source, feeder: source, duplexFeeder: source };
    expect(settingsFor(all, { ...request, colour: 'black-white' })).toMatchObject({ format: 'image/png' });
    expect(
      settingsFor({ feeder: { ...source, width: 1_000, height: 1_200 } }, { ...request, duplex: false }),
    ).toMatchObject({
      width: 1_000,
      height: 1_200,
    });
    expect(settingsFor({ platen: source, feeder: source }, request)).toBeUndefined();
    expect(settingsFor(all, { ...request, source: 'platen' })).toBeUndefined();
    expect(settingsFor(all, { ...request, resolution: 600 })).toBeUndefined();
    const grey: SourceCapabilities = { ...source, colours: ['grey'], formats: ['image/jpeg'] };
    expect(settingsFor({ duplexFeeder: grey }, { ...request, colour: 'colour' })).toBeUndefined();
    expect(settingsFor({ duplexFeeder: grey }, { ...request, colour: 'black-white' })).toBeUndefined();
  });

  it('has no second side on the platen, whatever it says', () => {
    const job = { ...A4, source: 'feeder', duplex: true, documentIntent: false } as const;
    const picture = { colour: 'grey', format: 'image/png', formatExt: false, resolution: 300 } as const;
    const onFeeder = new TextDecoder().decode(writeSettings({ ...job, ...picture }));
    expect(readSettings(parsed(onFeeder))).toMatchObject({ source: 'feeder', duplex: true });
    const onPlaten = onFeeder.replace('>Feeder<', '>Platen<');
    expect(readSettings(parsed(onPlaten))).toMatchObject({ source: 'platen', duplex: false });
  });

  it('is not read from anything less', () => {
    const whole = new TextDecoder().decode(
      writeSettings({
        ...A4,
        source: 'platen',
        duplex: false,
        documentIntent: false,
        colour: 'grey',
        format: 'image/png',
        formatExt: false,
        resolution: 300,
      }),
    );
    expect(readSettings(parsed(whole))).toBeDefined();
    for (const [part, other] of [
      ['ScanSettings', 'Settings'],
      ['Platen', 'Table'],
      ['Grayscale8', 'Grayscale16'],
      ['image/png', 'image/gif'],
      ['pwg:Width', 'pwg:Breadth'],
      ['pwg:Height', 'pwg:Depth'],
      ['scan:XResolution', 'scan:Resolution'],
    ] as const) {
      expect(readSettings(parsed(whole.replaceAll(part, other)))).toBeUndefined();
    }
  });
});

describe('a status', () => {
  it.each([
    ['<State>Idle</State>', { state: 'idle' }],
    ['<State>Testing</State><AdfState>ScannerAdfLoaded</AdfState>', { state: 'testing', feeder: 'loaded' }],
    [
      '<State>Processing</State><AdfState>ScannerAdfProcessing</AdfState>',
      { state: 'processing', feeder: 'processing' },
    ],
    ['<State>Stopped</State><AdfState>ScannerAdfJam</AdfState>', { state: 'stopped', feeder: 'jam' }],
    ['<State>Idle</State><AdfState>ScannerAdfMispick</AdfState>', { state: 'idle', feeder: 'jam' }],
    ['<State>Idle</State><AdfState>ScannerAdfHatchOpen</AdfState>', { state: 'idle', feeder: 'cover-open' }],
    ['<State>Idle</State><AdfState>toString</AdfState>', { state: 'idle', feeder: 'unknown' }],
    ['<State>constructor</State>', { state: 'unknown' }],
    ['', { state: 'unknown' }],
  ])('%s', (content, expected) => {
    expect(readStatus(parsed(`<scan:ScannerStatus>${content}</scan:ScannerStatus>`))).toEqual(expected);
  });

  it('is no other document', () => {
    expect(readStatus(parsed('<scan:ScannerCapabilities/>'))).toBeUndefined();
  });
});

describe('the location of a job', () => {
  it.each([
    ['http://192.168.1.20/eSCL/ScanJobs/8a3c', '/eSCL/ScanJobs/8a3c'],
    ['HTTPS://printer.local:443/eSCL/ScanJobs/8a3c/', '/eSCL/ScanJobs/8a3c'],
    ['/eSCL/ScanJobs/8a3c', '/eSCL/ScanJobs/8a3c'],
    ['ScanJobs/8a3c', '/eSCL/ScanJobs/8a3c'],
    // A host that is none: no closing bracket, too many colons.
    ['http://[fe80::9e93:4eff:fe00/eSCL/ScanJobs/8a3c', '/eSCL/ScanJobs/8a3c'],
    ['http://fe80:::1:80/eSCL/ScanJobs/8a3c', '/eSCL/ScanJobs/8a3c'],
    ['', undefined],
    ['/', undefined],
    ['http://evil.example', undefined],
    ['/eSCL/Scan Jobs/1', undefined],
    ['/eSCL/ScanJobs/1\r\nHost: evil', undefined],
    [`/${'a'.repeat(1_024)}`, undefined],
  ])('%j is %j', (location, path) => {
    expect(readLocation(location, '/eSCL')).toBe(path);
  });

  it('is always a path of one line on the same host', () => {
    assert(
      property(uint8Array({ maxLength: 60 }), (bytes) => {
        expect(readLocation(String.fromCharCode(...bytes), '/eSCL') ?? '/').toMatch(/^\/[\x21-\x7e]*$/u);
      }),
    );
  });

  it('has its next page under it', () => {
    expect(nextDocument('/eSCL/ScanJobs/1')).toBe('/eSCL/ScanJobs/1/NextDocument');
    expect(resources('/rs')).toEqual({
      capabilities: '/rs/ScannerCapabilities',
      status: '/rs/ScannerStatus',
      jobs: '/rs/ScanJobs',
    });
  });
});

describe('every message', () => {
  const source = record({
    width: integer({ min: 1, max: 9_999 }),
    height: integer({ min: 1, max: 9_999 }),
    colours: subarray(['colour', 'grey', 'black-white'] as const, { minLength: 1 }),
    formats: subarray(['image/jpeg', 'image/png'] as const, { minLength: 1 }),
    formatExt: boolean(),
    resolutions: uniqueArray(integer({ min: 1, max: 9_999 }), { minLength: 1, maxLength: 8 }).map((all) =>
      all.toSorted((left, right) => left - right),
    ),
    documentIntent: boolean(),
  });

  it('of capabilities is read as it was written', () => {
    const capabilities = record(
      { platen: source, feeder: source, duplexFeeder: source, compression: integer({ min: 0, max: 100 }) },
      { requiredKeys: [] },
    );
    assert(
      property(capabilities, (written: EsclCapabilities) => {
        const isScanner = written.platen ?? written.feeder ?? written.duplexFeeder;
        expect(readCapabilities(parsed(writeCapabilities(written)))).toEqual(isScanner ? written : undefined);
      }),
      { numRuns: 300 },
    );
  });

  it('of a job is read as it was written', () => {
    const settings = record(
      {
        source: constantFrom('platen' as const, 'feeder' as const),
        duplex: boolean(),
        documentIntent: boolean(),
        width: integer({ min: 0, max: 9_999 }),
        height: integer({ min: 0, max: 9_999 }),
        compression: integer({ min: 0, max: 100 }),
        colour: constantFrom('colour' as const, 'grey' as const, 'black-white' as const),
        format: constantFrom('image/jpeg' as const, 'image/png' as const),
        formatExt: boolean(),
        resolution: integer({ min: 1, max: 1_200 }),
      },
      {
        requiredKeys: [
          'source',
          'duplex',
          'documentIntent',
          'width',
          'height',
          'colour',
          'format',
          'formatExt',
          'resolution',
        ],
      },
    );
    assert(
      property(settings, (written: ScanSettings) => {
        const duplex = written.duplex && written.source === 'feeder';
        expect(readSettings(parsed(writeSettings(written)))).toEqual({ ...written, duplex });
      }),
    );
  });

  it('of status is read as it was written', () => {
    const status = record(
      {
        state: constantFrom(...(['idle', 'processing', 'testing', 'stopped', 'unknown'] as const)),
        feeder: constantFrom(...(['loaded', 'empty', 'processing', 'jam', 'cover-open', 'unknown'] as const)),
      },
      { requiredKeys: ['state'] },
    );
    assert(
      property(status, (written: ScannerStatus) => {
        expect(readStatus(parsed(writeStatus(written)))).toEqual(written);
      }),
    );
  });
});
