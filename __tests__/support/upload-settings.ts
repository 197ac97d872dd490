import type { UploadSettings } from '../../src/model/uploads/upload';

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
