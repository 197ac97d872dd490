/** The requests of a thread, and the memory in which it names the present one. */
export interface Task {
  readonly seed: number;
  readonly from: number;
  readonly to: number;
  /** The index of the present request and the number of its bytes, then its first bytes. */
  readonly present: SharedArrayBuffer;
}

/** The bytes of a request that are kept for a thread that is ended. */
export const bytesKept = 256 * 1024;
