import type { StaffAccount } from '../../src/contract/staff-account.ts';

/** Made-up people who may sign in at the demonstration kiosk; their PINs are in the README and open nothing else. */
export const sampleStaff: readonly StaffAccount[] = [
  {
    number: '100001',
    name: '周试样',
    role: 'hall-staff',
    pin: {
      salt: 'ca7ee543222f8f7cd96eb8848ef01e0c',
      hash: '1c52ac619e2cfa55dbe32cc83c4599b64ab5ddde7a37d5d1a34f49f6b7dbcba0',
    },
  },
  {
    number: '200001',
    name: '孙样本',
    role: 'maintainer',
    pin: {
      salt: '68f39a43e99c3ee46396e056392553a8',
      hash: '7c749dbee89f510abe2d6ff8c9f298614a7a5d70f95beae7e0113750fe61b559',
    },
  },
];
export const samplePins = { 'hall-staff': '246810', maintainer: '135790' } as const;
