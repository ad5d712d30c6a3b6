import { inspectPageImage } from '../../domain/page-image.ts';
import type { PageImage } from '../../domain/page-image.ts';
import type { ScanFailure } from '../../contract/device-failures.ts';
import type { Result } from '../../domain/result.ts';
import { refused } from '../../domain/result.ts';
import type { ScannedImage } from '../driver.ts';

/** A page is what its bytes are, whatever the scanner calls them; one that is too large, or none, goes no further. */
export function checkPage({ bytes }: ScannedImage): Result<PageImage, ScanFailure> {
  const inspected = inspectPageImage(bytes);
  if (inspected.ok) return inspected;
  const tooLarge = inspected.reason === 'too-many-bytes' || inspected.reason === 'too-many-pixels';
  return refused(tooLarge ? 'page-too-large' : 'scanner-fault', inspected.reason);
}
