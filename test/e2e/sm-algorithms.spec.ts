import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { bareFolder } from '../../scripts/hall/launch.ts';
import { launchElectron } from '../drive/electron.ts';
import { expect, test } from './fixtures.ts';

// Node has SM2, SM3 and SM4 of its own and Electron has not, so what holds in Node's tests says nothing for Electron.
test('[P-23] SM2, SM3, SM4 and SM4-GCM give the answers of GB/T 32918.5, 32905, 32907 and RFC 8998 inside Electron', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'sm-'));
  const app = await launchElectron({ folder: bareFolder, dataDir, size: { width: 320, height: 240 } });
  try {
    const answers = await app.evaluate(
      (_electron, root) => {
        const { createRequire } = process.getBuiltinModule('node:module');
        const { sm2, sm3, sm4 } = createRequire(root)('sm-crypto-v2');
        const key = '3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8';
        const publicKey = sm2.getPublicKeyFromPrivateKey(key);
        const pointPool = [
          {
            k: BigInt('0x59276e27d506861a16680f3ad9c02dccef3cc1fa3cdbe4ce6d54b80deac1bc21'),
            x1: BigInt('0x04ebfc718e8d1798620432268e77feb6415e2ede0e073c0f4f640ecd2e149a73'),
          },
        ];
        const signature = sm2.doSignature('message digest', key, { hash: true, publicKey, pointPool });
        const fresh = sm2.doSignature('message digest', key, { hash: true, publicKey, der: true });
        const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'));
        const hexOf = (from: Uint8Array) => Buffer.from(from).toString('hex');
        const block = bytes('0123456789abcdeffedcba9876543210');
        const gcm = {
          mode: 'gcm',
          iv: bytes('00001234567800000000abcd'),
          associatedData: bytes('feedfacedeadbeeffeedfacedeadbeefabaddad2'),
          output: 'array',
        };
        const plain = bytes(
          'aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccdddddddddddddddd' +
            'eeeeeeeeeeeeeeeeffffffffffffffffeeeeeeeeeeeeeeeeaaaaaaaaaaaaaaaa',
        );
        const sealed = sm4.encrypt(plain, block, { ...gcm, outputTag: true });
        const open = (tag: Uint8Array) => hexOf(sm4.decrypt(sealed.output, block, { ...gcm, tag }));
        let otherTag: string;
        try {
          otherTag = open(new Uint8Array(16));
        } catch (error) {
          otherTag = String(error);
        }
        // CBC over blocks of zero encrypts its own output again and again.
        const chain = { mode: 'cbc', iv: block, padding: 'none', output: 'array' };
        return {
          sm3: [sm3('abc'), sm3('abcd'.repeat(16))],
          sm4: sm4.encrypt(block, block, { padding: 'none' }),
          sm4Often: hexOf(sm4.encrypt(new Uint8Array(16_000_000), block, chain).subarray(-16)),
          sm4Gcm: [hexOf(sealed.output), hexOf(sealed.tag)],
          sm4Opened: open(sealed.tag) === hexOf(plain),
          otherTag,
          publicKey,
          signature,
          verified: sm2.doVerifySignature('message digest', fresh, publicKey, { hash: true, der: true }),
          forged: sm2.doVerifySignature('message digesT', fresh, publicKey, { hash: true, der: true }),
          runsIn: process.versions['electron'],
        };
      },
      resolve(import.meta.dirname, '../../package.json'),
    );
    expect(answers).toEqual({
      sm3: [
        '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0',
        'debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732',
      ],
      sm4: '681edf34d206965e86b3e94f536e4246',
      sm4Often: '595298c7c6fd271f0402f804c33d3f66',
      sm4Gcm: [
        '17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735' +
          'd82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d',
        '83de3541e4c2b58177e065a9bf7b62ec',
      ],
      sm4Opened: true,
      otherTag: 'Error: authentication tag mismatch',
      publicKey:
        '0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020' +
        'ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13',
      signature:
        'f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3' +
        'b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa',
      verified: true,
      forged: false,
      runsIn: expect.stringMatching(/^\d+\./),
    });
  } finally {
    await app.close();
    await rm(dataDir, { recursive: true, force: true });
  }
});
