import type { RecordedCases } from '../../src/facts/case';
import { recordings as access } from './access';
import { recordings as accessPoints } from './access-points';
import { recordings as archives } from './archives';
import { recordings as buckets } from './buckets';
import { recordings as checksums } from './checksums';
import { recordings as conditions } from './conditions';
import { recordings as configurations } from './configurations';
import { recordings as cors } from './cors';
import { recordings as customerKeys } from './customer-keys';
import { recordings as deleteMarkers } from './delete-markers';
import { recordings as documents } from './documents';
import { recordings as lifecycle } from './lifecycle';
import { recordings as objectLock } from './object-lock';
import { recordings as ordinaryObjects } from './ordinary-objects';
import { recordings as parts } from './parts';
import { recordings as replication } from './replication';
import { recordings as requesterPays } from './requester-pays';
import { recordings as storageClasses } from './storage-classes';
import { recordings as uploads } from './uploads';
import { recordings as versioning } from './versioning';
import { recordings as webIdentities } from './web-identities';

/** The subjects in the order in which somebody would read about them: the site has a page for each. */
export const subjects = {
  versioning,
  'delete-markers': deleteMarkers,
  'ordinary-objects': ordinaryObjects,
  conditions,
  checksums,
  uploads,
  parts,
  'storage-classes': storageClasses,
  archives,
  lifecycle,
  'object-lock': objectLock,
  replication,
  buckets,
  configurations,
  cors,
  access,
  'access-points': accessPoints,
  'customer-keys': customerKeys,
  'requester-pays': requesterPays,
  documents,
  'web-identities': webIdentities,
} satisfies Readonly<Record<string, readonly RecordedCases[]>>;

export type Subject = keyof typeof subjects;
