import type { EventEntry } from './entry';

/** An event as JSON: what was sent, and where. */
export interface EventLiteral {
  /** Its name, without `s3:`. */
  readonly name: string;
  /** The bucket's name. */
  readonly bucket: string;
  /** Not encoded; left out for a test event. */
  readonly key?: string;
  /** Left out for null versions and in buckets whose versioning was never set. */
  readonly versionId?: string;
  /** The ARN of the queue, the topic or the function, or `eventbridge`. */
  readonly destination: string;
  /** Left out for EventBridge and for test events. */
  readonly configurationId?: string;
}

/** An event as JSON, the same in each run with the same seed. */
export function eventLiteral({ name, bucket, key, versionId, destination, configurationId }: EventEntry): EventLiteral {
  return {
    name,
    bucket,
    ...(key !== undefined && { key }),
    ...(versionId !== undefined && { versionId }),
    destination,
    ...(configurationId !== undefined && { configurationId }),
  };
}
