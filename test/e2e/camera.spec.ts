import type { Page } from '@playwright/test';
import { seniorAllowance } from '../drive/samples.ts';
import { hurry } from '../drive/visit.ts';
import { wholeVisit } from '../drive/whole-visit.ts';
import { expect, test } from './fixtures.ts';

/** What the video element holds: whether its camera runs, and how many colours its picture has. */
async function picture(page: Page): Promise<{ camera: boolean; width: number; colours: number }> {
  return page.evaluate(() => {
    const video = document.querySelector('video');
    const stream = video?.srcObject;
    const camera = stream instanceof MediaStream && stream.active;
    if (!video || video.videoWidth === 0) return { camera, width: 0, colours: 0 };
    const canvas = new OffscreenCanvas(video.videoWidth, video.videoHeight);
    const context = canvas.getContext('2d');
    context?.drawImage(video, 0, 0);
    const pixels = new Uint32Array(context?.getImageData(0, 0, canvas.width, canvas.height).data.buffer ?? []);
    return { camera, width: video.videoWidth, colours: new Set(pixels).size };
  });
}

test('a picture is held at full size after its camera is closed, and nothing of it once it is kept', async ({
  kiosk,
}) => {
  test.setTimeout(90_000);
  const { page } = kiosk;
  await hurry(page);
  const seen: string[] = [];
  await wholeVisit(kiosk, seniorAllowance, {
    reached: async (name) => {
      if (name === 'scan-still') {
        seen.push(name);
        const held = await picture(page);
        expect(held.camera).toBe(false);
        expect(held.width).toBeGreaterThan(1_200);
        // The fake camera shows two greens.
        expect(held.colours).toBeGreaterThan(1);
      } else if (name === 'scan-kept') {
        seen.push(name);
        expect(await picture(page)).toEqual({ camera: false, width: 0, colours: 0 });
      }
    },
  });
  expect(seen).toContain('scan-still');
  expect(seen).toContain('scan-kept');
});
