/** What the headers of a picture say. */
export interface PictureOutline {
  /** Pixels, as stored: a camera's remark that the page lies on its side is not applied. */
  readonly width: number;
  readonly height: number;
  /** Bytes up to the end of the picture. What stands behind is no part of it and is not to be kept. */
  readonly length: number;
}
