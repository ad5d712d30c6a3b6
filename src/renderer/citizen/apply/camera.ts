import { chooseCamera } from '../../../domain/camera-choice.ts';
import type { CameraProblem, CameraWish } from '../../../domain/camera-choice.ts';
import { done, refused } from '../../../domain/result.ts';
import type { Result } from '../../../domain/result.ts';
import { CAMERA_START_MS, LARGEST_STILL, STILL_HEIGHT, STILL_QUALITIES, STILL_WIDTH } from './limits.ts';

type CameraFailure = CameraProblem | 'timed-out';
type Cameras = Pick<MediaDevices, 'getUserMedia' | 'enumerateDevices'>;

/**
 * Opens the document camera: the one that is wished for, or the only one, and never another. `arm` opens the permission for this one request. A camera that comes after its time is
 * closed again at once.
 */
export async function openCamera(
  arm: () => Promise<void>,
  devices: Cameras,
  wish: CameraWish | undefined,
): Promise<Result<MediaStream, CameraFailure>> {
  await arm();
  const opening = request(devices, wish);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let late = false;
  const timeout = new Promise<Result<MediaStream, CameraFailure>>((resolve) => {
    timer = setTimeout(() => {
      late = true;
      resolve(refused('timed-out'));
    }, CAMERA_START_MS);
  });
  void opening.then((result) => {
    if (late && result.ok) closeCamera(result.value);
  });
  const result = await Promise.race([opening, timeout]);
  clearTimeout(timer);
  return result;
}

async function request(devices: Cameras, wish: CameraWish | undefined): Promise<Result<MediaStream, CameraFailure>> {
  const size = { width: { ideal: STILL_WIDTH }, height: { ideal: STILL_HEIGHT } };
  const chosen = chooseCamera(await devices.enumerateDevices(), wish ?? {});
  // Nobody asks for a certain one, and a list without ids has no second one to take it for.
  const isOnlyOne = wish === undefined && !chosen.ok && chosen.reason === 'hidden';
  if (!chosen.ok && !isOnlyOne) return chosen;
  const video = chosen.ok ? { ...size, deviceId: { exact: chosen.value } } : size;
  try {
    return done(await devices.getUserMedia({ video, audio: false }));
  } catch (error) {
    // Absent, taken by another program, denied: the person can do the same about each of them.
    if (error instanceof DOMException) return refused('no-camera', error.name);
    throw error;
  }
}

export function closeCamera(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

/**
 * Holds the picture that the video shows now, also after its camera is closed. Nothing is copied or encoded at the press:
 * the picture is on the screen already.
 */
export function holdPicture(video: HTMLVideoElement): void {
  video.pause();
}

/** Drops the pixels, not only the sight of them. */
export function dropPicture(video: HTMLVideoElement): void {
  video.srcObject = null;
}

/** The picture that the video holds, as base64 of a JPEG that core takes; undefined when none can be made. */
export async function pictureAsJpeg(video: HTMLVideoElement): Promise<string | undefined> {
  const canvas = new OffscreenCanvas(video.videoWidth, video.videoHeight);
  // Never shown, and read back at once: else the graphics caches hold on to it long after the visit.
  canvas.getContext('2d', { willReadFrequently: true })?.drawImage(video, 0, 0);
  try {
    for (const quality of STILL_QUALITIES) {
      const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality });
      if (blob.size <= LARGEST_STILL) return await base64Of(blob);
    }
    return undefined;
  } finally {
    canvas.width = 0;
    canvas.height = 0;
  }
}

function base64Of(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('loadend', () => {
      if (typeof reader.result === 'string') resolve(reader.result.replace(/^data:[^,]*,/, ''));
      else reject(reader.error ?? new Error('a picture in memory could not be read'));
    });
    reader.readAsDataURL(blob);
  });
}
