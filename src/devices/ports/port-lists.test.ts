import { expect, test } from 'vitest';
import { listHidPorts, listSerialPorts, listUsbPrinters } from './port-lists.ts';

test.each([
  ['serial', listSerialPorts],
  ['HID', listHidPorts],
  ['printer', listUsbPrinters],
])('%s ports of this machine are listed by four hexadecimal digits', async (_, list) => {
  const listed = await list();
  expect(listed).toMatchObject({ ok: true });
  for (const { vendorId, productId } of listed.ok ? listed.value : [])
    expect(`${vendorId}:${productId}`).toMatch(/^[0-9a-f]{4}:[0-9a-f]{4}$/i);
});
