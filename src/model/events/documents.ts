/**
 * An event, for example that an object was put, removed or tagged, as S3 sends it to queues, topics and functions: one record a message.
 */
export interface S3NotificationRecord {
  eventVersion: string;
  eventSource: 'aws:s3';
  /** The region of the bucket. */
  awsRegion: string;
  /** The time in ISO 8601, with milliseconds. */
  eventTime: string;
  /** The name without `s3:`, such as `ObjectCreated:Put`. */
  eventName: string;
  userIdentity: { principalId: string };
  requestParameters: { sourceIPAddress: string };
  responseElements: { 'x-amz-request-id': string; 'x-amz-id-2': string };
  s3: {
    s3SchemaVersion: '1.0';
    configurationId: string;
    bucket: { name: string; ownerIdentity: { principalId: string }; arn: string };
    object: S3NotificationObject;
    /** The annotation that was put or deleted. Only in events of annotations, with version `2.6`. */
    objectAnnotation?: { name: string; size?: number; eTag?: string }[];
  };
  glacierEventData?: {
    restoreEventData: { lifecycleRestorationExpiryTime: string; lifecycleRestoreStorageClass: string };
  };
  lifecycleEventData?: { transitionEventData: { destinationStorageClass: string } };
  intelligentTieringEventData?: { destinationAccessTier: string };
  replicationEventData?: {
    replicationRuleId: string;
    /** The ARN of the destination. */
    destinationBucket: string;
    /** `OBJECT_PUT` for an object. */
    s3Operation: string;
    /** The moment of the request that made the change. */
    requestTime: string;
    /** S3's name of the reason, such as `DstBucketNotFound`. Only in events of failures. */
    failureReason?: string;
    /** The minutes. Only in `OperationMissedThreshold` and `OperationReplicatedAfterThreshold`. */
    threshold?: string;
    /** The moment at which the copy was made. Only in `OperationReplicatedAfterThreshold`. */
    replicationTime?: string;
  };
  objectRetentionEventData?: {
    mode: string;
    retainUntilDate: string;
    eventHold?: 'ON' | 'OFF';
    eventHoldDuration?: { days?: number; years?: number };
  };
}

/**
 * The object of a record. An event leaves out the members that it does not have, such as the size of a removed object. They are declared as
 * `@types/aws-lambda` declares them, so that a handler with those types accepts the message.
 */
export interface S3NotificationObject {
  /** The key as forms encode it: a space is `+`, `/` stays. */
  key: string;
  /** The size in bytes. Only in events that make or restore an object, and in events of transitions and replication. */
  size: number;
  /**
   * The ETag without quotes, in all events except permanent removals. The ETag of a delete marker is `d41d8cd98f00b204e9800998ecf8427e`.
   */
  eTag: string;
  /** The id of the version; left out for null versions. */
  versionId?: string;
  /** A number of 18 hexadecimal digits. It is greater in later events of a key. Only in events that make, remove or restore an object. */
  sequencer: string;
  /** Whether the object has annotations. Only in events of copies, with version `2.6`. */
  hasObjectAnnotation?: boolean;
}

/** The message that S3 sends to queues, topics and functions. */
export interface S3Notification {
  Records: S3NotificationRecord[];
}

/** The message that S3 sends to the queues and topics of a configuration when the configuration is put. The message contains no `Records`. */
export interface S3TestNotification {
  Service: 'Amazon S3';
  Event: 's3:TestEvent';
  Time: string;
  Bucket: string;
  RequestId: string;
  HostId: string;
}

/** An event as S3 sends it to EventBridge. */
export interface S3EventBridgeEvent {
  /** The version `0`, as text like in types of handlers. */
  version: string;
  id: string;
  'detail-type': string;
  /** `aws.s3`. */
  source: string;
  /** The 12 digits of the account that owns the bucket. */
  account: string;
  /** The time in ISO 8601, in whole seconds. */
  time: string;
  region: string;
  resources: string[];
  detail: S3EventBridgeDetail;
}

/** The detail of an event of EventBridge. */
export interface S3EventBridgeDetail {
  version: '0';
  'event-version'?: string;
  bucket: { name: string };
  /** The object. Its key is not encoded. */
  object: {
    key: string;
    size?: number;
    etag?: string;
    'version-id'?: string;
    sequencer?: string;
    /** Whether the object has annotations. Only in events of copies, with version `2.6`. */
    'has-object-annotation'?: boolean;
  };
  'request-id'?: string;
  requester: string;
  'source-ip-address'?: string;
  reason?: string;
  'deletion-type'?: 'Permanently Deleted' | 'Delete Marker Created';
  'source-storage-class'?: string;
  'restore-expiry-time'?: string;
  'destination-storage-class'?: string;
  'destination-access-tier'?: string;
  /** The present retention of the object that was put. */
  'object-retention-event-data'?: {
    mode: string;
    'retain-until-date': string;
    'event-hold'?: 'ON' | 'OFF';
    'event-hold-duration'?: { days?: number; years?: number };
  };
}
