import type { RequestEntry } from '../journal/entry';
import { writeCall } from '../journal/entry-text';
import type { Journal } from '../journal/journal';
import type { ObjectEventName } from '../model/events/event-kinds';
import { memberOf } from '../text/value-kinds';
import { writeKey } from '../text/values';

/** The event of a request, by its operation. Another operation has no event, or its event follows from the state of the bucket. */
const eventsOfRequests: Readonly<Record<string, ObjectEventName>> = {
  PutObject: 'ObjectCreated:Put',
  PostObject: 'ObjectCreated:Post',
  CopyObject: 'ObjectCreated:Copy',
  CompleteMultipartUpload: 'ObjectCreated:CompleteMultipartUpload',
  PutObjectTagging: 'ObjectTagging:Put',
  DeleteObjectTagging: 'ObjectTagging:Delete',
  PutObjectAcl: 'ObjectAcl:Put',
  RestoreObject: 'ObjectRestore:Post',
};

/** What changed an object, and the event of that change. */
export interface Changed {
  readonly key: string;
  readonly event: ObjectEventName;
  /** The subject and the verb of a sentence: `DeleteObject vault/a made a delete marker`. */
  readonly call: string;
  /** Whether the object came into the bucket, which is what most handlers are for. */
  readonly isCreation: boolean;
}

export function listChanges(entry: RequestEntry): readonly Changed[] {
  const { key, error, operation = '', input, output } = entry;
  if (error !== undefined) return [];
  const call = writeCall(entry);
  if (operation === 'DeleteObject' && key !== undefined) return [makeDeletion(key, call, readDeletion(output, input))];
  if (operation === 'DeleteObjects') {
    const deleted = memberOf(output, 'Deleted');
    return (Array.isArray(deleted) ? deleted : []).flatMap((one: unknown) => {
      const name = memberOf(one, 'Key');
      return typeof name === 'string'
        ? [makeDeletion(name, `${call} with ${writeKey(name)}`, readDeletion(one, one))]
        : [];
    });
  }
  const event = eventsOfRequests[operation];
  if (key === undefined || event === undefined) return [];
  const isCreation = event.startsWith('ObjectCreated:');
  return [{ key, event, call: isCreation ? `${call} wrote an object` : `${call} came`, isCreation }];
}

function makeDeletion(key: string, call: string, { isMarker, isOfVersion }: Deletion): Changed {
  const removed = isOfVersion ? 'a version' : 'the object';
  return isMarker
    ? { key, event: 'ObjectRemoved:DeleteMarkerCreated', call: `${call} made a delete marker`, isCreation: false }
    : {
        key,
        event: 'ObjectRemoved:Delete',
        call: `${call} removed ${removed}`,
        isCreation: false,
      };
}

interface Deletion {
  readonly isMarker: boolean;
  readonly isOfVersion: boolean;
}

/** The entry of an answer and the input of a request have members of the same names. */
function readDeletion(output: unknown, input: unknown): Deletion {
  const isOfVersion = memberOf(input, 'VersionId') !== undefined;
  return { isMarker: memberOf(output, 'DeleteMarker') === true && !isOfVersion, isOfVersion };
}

/** What lifecycle ended. Its events are not those of requests that delete. */
export function listExpirations(requests: Journal, bucket: string): readonly Changed[] {
  return requests.serviceActions.flatMap((one) =>
    one.action === 'expire' && one.bucket === bucket && one.key !== undefined
      ? [
          {
            key: one.key,
            event: 'LifecycleExpiration:Delete' as const,
            call: `lifecycle ended ${bucket}/${one.key}`,
            isCreation: false,
          },
        ]
      : [],
  );
}
