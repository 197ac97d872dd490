export interface Task {
  readonly seed: number;
  readonly from: number;
  readonly to: number;
  /** The index of the present request and the number of its bytes, then its first bytes. */
  readonly present: SharedArrayBuffer;
}

export const bytesKept = 256 * 1024;
