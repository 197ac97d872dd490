import { writeHttpDate } from '../../formats/dates';
import type { AccessTier, Restore } from '../../model/archives/archive-state';
import { findDueArchival } from '../../model/lifecycle/due-actions';
import { archiveStorageClasses } from '../../model/versions/content';
import type { ObjectVersion } from '../../model/versions/version';
import { S3Error } from '../../refusals/s3-error';
import { element } from '../../shapes/elements';
import { header } from '../../shapes/places';
import { boolean, converted, dateWithMilliseconds, httpDate, judged, text, wordList, words } from '../../shapes/values';
import type { Context } from '../operation';

const ofCos = { dialect: 'ibm-cos' } as const;

export const archiveMembers = {
  Restore: header('x-amz-restore'),
  IBMArchiveTransitionTime: header('x-ibm-archive-transition-time', httpDate, ofCos),
  IBMTransition: header('x-ibm-transition', text, ofCos),
  IBMRestoredCopyStorageClass: header('x-ibm-restored-copy-storage-class', text, ofCos),
};

export const archiveStatusMember = {
  ArchiveStatus: header('x-amz-archive-status', words<AccessTier>('ARCHIVE_ACCESS', 'DEEP_ARCHIVE_ACCESS')),
};

interface ArchiveOutput {
  readonly Restore?: string | undefined;
  readonly IBMArchiveTransitionTime?: Date | undefined;
  readonly IBMTransition?: string | undefined;
  readonly IBMRestoredCopyStorageClass?: string | undefined;
}

// Nearly all versions are in no archive, and share it.
const nothing: ArchiveOutput = {};

export function archiveOutput({ request: { dialect }, bucket }: Context, version: ObjectVersion): ArchiveOutput {
  const { restore, content, moved, created } = version;
  const ofRestore = restore && { Restore: restoreOutput(restore) };
  if (!dialect.objects.tellTransitions) return ofRestore ?? nothing;
  if (!archiveStorageClasses.has(content.storageClass)) {
    const due = findDueArchival(bucket.actingLifecycle, version);
    return due === undefined ? nothing : { IBMArchiveTransitionTime: new Date(due.at) };
  }
  // IBM's word for the class GLACIER is that of its policy (F814).
  const transition = content.storageClass === 'GLACIER' ? 'ARCHIVE' : content.storageClass;
  return {
    ...ofRestore,
    IBMTransition: `transition="${transition}", date="${writeHttpDate(moved ?? created)}"`,
    IBMRestoredCopyStorageClass: restore && classOfBucket(dialect.buckets.locationOf(bucket)),
  };
}

function restoreOutput({ isOngoing, expires }: Restore): string {
  if (isOngoing || expires === undefined) return `ongoing-request="${isOngoing}"`;
  return `ongoing-request="false", expiry-date="${writeHttpDate(expires)}"`;
}

/** The storage class that the location of a bucket of COS names: `Standard` of `us-south-standard`. */
function classOfBucket(location = 'standard'): string {
  const word = location.slice(location.lastIndexOf('-') + 1);
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** The attributes that a listing returns in addition to its own. S3 refuses an unknown name (F806), and COS reads none. */
export const optionalAttributesMember = {
  OptionalObjectAttributes: header(
    'x-amz-optional-object-attributes',
    judged(
      converted(wordList('RestoreStatus'), (characters) => attributesIn(characters) as readonly 'RestoreStatus'[]), // the others are refused
      (characters, ArgumentName) => {
        const ArgumentValue = attributesIn(characters).find((name) => name !== 'RestoreStatus');
        return ArgumentValue === undefined
          ? undefined
          : new S3Error('AttributeNameInvalid', { ArgumentName, ArgumentValue });
      },
    ),
    { dialect: 'aws' },
  ),
};

function attributesIn(characters: string): readonly string[] {
  return characters.split(',').map((name) => name.trim());
}

export const restoreStatusMember = {
  RestoreStatus: element({
    IsRestoreInProgress: element(boolean),
    RestoreExpiryDate: element(dateWithMilliseconds),
  }),
};

/** The restored copy of an object, as listings return it. */
export interface RestoreStatus {
  readonly IsRestoreInProgress: boolean;
  readonly RestoreExpiryDate?: Date;
}

export function writeRestoreStatus({ isOngoing, expires }: Restore): RestoreStatus {
  if (isOngoing || expires === undefined) return { IsRestoreInProgress: isOngoing };
  return { IsRestoreInProgress: false, RestoreExpiryDate: new Date(expires) };
}
