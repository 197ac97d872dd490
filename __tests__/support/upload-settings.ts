import type { UploadSettings } from '../../src/model/uploads/upload';

/** The settings of an upload whose request names none. */
export const plainSettings: UploadSettings = {
  metadata: {},
  headers: {},
  encryption: {},
  storageClass: 'STANDARD',
  tags: [],
  lock: undefined,
  checksumAlgorithm: undefined,
  checksumType: undefined,
};
