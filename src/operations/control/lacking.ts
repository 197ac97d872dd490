import { lackingControlOperation } from '../operation';

// The operations of S3 Control that this library lacks, by the reason. Those of Outposts have the names of S3's own operations, so they are called
// as policies call their actions.

const accessGrants = {
  AssociateAccessGrantsIdentityCenter: lackingControlOperation('POST /v20180820/accessgrantsinstance/identitycenter'),
  CreateAccessGrant: lackingControlOperation('POST /v20180820/accessgrantsinstance/grant'),
  CreateAccessGrantsInstance: lackingControlOperation('POST /v20180820/accessgrantsinstance'),
  CreateAccessGrantsLocation: lackingControlOperation('POST /v20180820/accessgrantsinstance/location'),
  DeleteAccessGrant: lackingControlOperation('DELETE /v20180820/accessgrantsinstance/grant/{AccessGrantId}'),
  DeleteAccessGrantsInstance: lackingControlOperation('DELETE /v20180820/accessgrantsinstance'),
  DeleteAccessGrantsInstanceResourcePolicy: lackingControlOperation(
    'DELETE /v20180820/accessgrantsinstance/resourcepolicy',
  ),
  DeleteAccessGrantsLocation: lackingControlOperation(
    'DELETE /v20180820/accessgrantsinstance/location/{AccessGrantsLocationId}',
  ),
  DissociateAccessGrantsIdentityCenter: lackingControlOperation(
    'DELETE /v20180820/accessgrantsinstance/identitycenter',
  ),
  GetAccessGrant: lackingControlOperation('GET /v20180820/accessgrantsinstance/grant/{AccessGrantId}'),
  GetAccessGrantsInstance: lackingControlOperation('GET /v20180820/accessgrantsinstance'),
  GetAccessGrantsInstanceForPrefix: lackingControlOperation('GET /v20180820/accessgrantsinstance/prefix'),
  GetAccessGrantsInstanceResourcePolicy: lackingControlOperation('GET /v20180820/accessgrantsinstance/resourcepolicy'),
  GetAccessGrantsLocation: lackingControlOperation(
    'GET /v20180820/accessgrantsinstance/location/{AccessGrantsLocationId}',
  ),
  GetDataAccess: lackingControlOperation('GET /v20180820/accessgrantsinstance/dataaccess'),
  ListAccessGrants: lackingControlOperation('GET /v20180820/accessgrantsinstance/grants'),
  ListAccessGrantsInstances: lackingControlOperation('GET /v20180820/accessgrantsinstances'),
  ListAccessGrantsLocations: lackingControlOperation('GET /v20180820/accessgrantsinstance/locations'),
  ListCallerAccessGrants: lackingControlOperation('GET /v20180820/accessgrantsinstance/caller/grants'),
  PutAccessGrantsInstanceResourcePolicy: lackingControlOperation('PUT /v20180820/accessgrantsinstance/resourcepolicy'),
  UpdateAccessGrantsLocation: lackingControlOperation(
    'PUT /v20180820/accessgrantsinstance/location/{AccessGrantsLocationId}',
  ),
};

const directoryBuckets = {
  DeleteAccessPointScope: lackingControlOperation('DELETE /v20180820/accesspoint/{Name}/scope'),
  GetAccessPointScope: lackingControlOperation('GET /v20180820/accesspoint/{Name}/scope'),
  ListAccessPointsForDirectoryBuckets: lackingControlOperation('GET /v20180820/accesspointfordirectory'),
  PutAccessPointScope: lackingControlOperation('PUT /v20180820/accesspoint/{Name}/scope'),
};

const objectLambda = {
  CreateAccessPointForObjectLambda: lackingControlOperation('PUT /v20180820/accesspointforobjectlambda/{Name}'),
  DeleteAccessPointForObjectLambda: lackingControlOperation('DELETE /v20180820/accesspointforobjectlambda/{Name}'),
  DeleteAccessPointPolicyForObjectLambda: lackingControlOperation(
    'DELETE /v20180820/accesspointforobjectlambda/{Name}/policy',
  ),
  GetAccessPointConfigurationForObjectLambda: lackingControlOperation(
    'GET /v20180820/accesspointforobjectlambda/{Name}/configuration',
  ),
  GetAccessPointForObjectLambda: lackingControlOperation('GET /v20180820/accesspointforobjectlambda/{Name}'),
  GetAccessPointPolicyForObjectLambda: lackingControlOperation(
    'GET /v20180820/accesspointforobjectlambda/{Name}/policy',
  ),
  GetAccessPointPolicyStatusForObjectLambda: lackingControlOperation(
    'GET /v20180820/accesspointforobjectlambda/{Name}/policyStatus',
  ),
  ListAccessPointsForObjectLambda: lackingControlOperation('GET /v20180820/accesspointforobjectlambda'),
  PutAccessPointConfigurationForObjectLambda: lackingControlOperation(
    'PUT /v20180820/accesspointforobjectlambda/{Name}/configuration',
  ),
  PutAccessPointPolicyForObjectLambda: lackingControlOperation(
    'PUT /v20180820/accesspointforobjectlambda/{Name}/policy',
  ),
};

const multiRegion = {
  CreateMultiRegionAccessPoint: lackingControlOperation('POST /v20180820/async-requests/mrap/create'),
  DeleteMultiRegionAccessPoint: lackingControlOperation('POST /v20180820/async-requests/mrap/delete'),
  DescribeMultiRegionAccessPointOperation: lackingControlOperation(
    'GET /v20180820/async-requests/mrap/{RequestTokenARN+}',
  ),
  GetMultiRegionAccessPoint: lackingControlOperation('GET /v20180820/mrap/instances/{Name+}'),
  GetMultiRegionAccessPointPolicy: lackingControlOperation('GET /v20180820/mrap/instances/{Name+}/policy'),
  GetMultiRegionAccessPointPolicyStatus: lackingControlOperation('GET /v20180820/mrap/instances/{Name+}/policystatus'),
  GetMultiRegionAccessPointRoutes: lackingControlOperation('GET /v20180820/mrap/instances/{Mrap+}/routes'),
  ListMultiRegionAccessPoints: lackingControlOperation('GET /v20180820/mrap/instances'),
  PutMultiRegionAccessPointPolicy: lackingControlOperation('POST /v20180820/async-requests/mrap/put-policy'),
  SubmitMultiRegionAccessPointRoutes: lackingControlOperation('PATCH /v20180820/mrap/instances/{Mrap+}/routes'),
};

const outposts = {
  's3-outposts:CreateBucket': lackingControlOperation('PUT /v20180820/bucket/{Bucket}'),
  's3-outposts:DeleteBucket': lackingControlOperation('DELETE /v20180820/bucket/{Bucket}'),
  's3-outposts:DeleteBucketLifecycleConfiguration': lackingControlOperation(
    'DELETE /v20180820/bucket/{Bucket}/lifecycleconfiguration',
  ),
  's3-outposts:DeleteBucketPolicy': lackingControlOperation('DELETE /v20180820/bucket/{Bucket}/policy'),
  's3-outposts:DeleteBucketReplication': lackingControlOperation('DELETE /v20180820/bucket/{Bucket}/replication'),
  's3-outposts:DeleteBucketTagging': lackingControlOperation('DELETE /v20180820/bucket/{Bucket}/tagging'),
  's3-outposts:GetBucket': lackingControlOperation('GET /v20180820/bucket/{Bucket}'),
  's3-outposts:GetBucketLifecycleConfiguration': lackingControlOperation(
    'GET /v20180820/bucket/{Bucket}/lifecycleconfiguration',
  ),
  's3-outposts:GetBucketPolicy': lackingControlOperation('GET /v20180820/bucket/{Bucket}/policy'),
  's3-outposts:GetBucketReplication': lackingControlOperation('GET /v20180820/bucket/{Bucket}/replication'),
  's3-outposts:GetBucketTagging': lackingControlOperation('GET /v20180820/bucket/{Bucket}/tagging'),
  's3-outposts:GetBucketVersioning': lackingControlOperation('GET /v20180820/bucket/{Bucket}/versioning'),
  ListRegionalBuckets: lackingControlOperation('GET /v20180820/bucket'),
  's3-outposts:PutBucketLifecycleConfiguration': lackingControlOperation(
    'PUT /v20180820/bucket/{Bucket}/lifecycleconfiguration',
  ),
  's3-outposts:PutBucketPolicy': lackingControlOperation('PUT /v20180820/bucket/{Bucket}/policy'),
  's3-outposts:PutBucketReplication': lackingControlOperation('PUT /v20180820/bucket/{Bucket}/replication'),
  's3-outposts:PutBucketTagging': lackingControlOperation('PUT /v20180820/bucket/{Bucket}/tagging'),
  's3-outposts:PutBucketVersioning': lackingControlOperation('PUT /v20180820/bucket/{Bucket}/versioning'),
};

const jobs = {
  CreateJob: lackingControlOperation('POST /v20180820/jobs'),
  DeleteJobTagging: lackingControlOperation('DELETE /v20180820/jobs/{JobId}/tagging'),
  DescribeJob: lackingControlOperation('GET /v20180820/jobs/{JobId}'),
  GetJobTagging: lackingControlOperation('GET /v20180820/jobs/{JobId}/tagging'),
  ListJobs: lackingControlOperation('GET /v20180820/jobs'),
  PutJobTagging: lackingControlOperation('PUT /v20180820/jobs/{JobId}/tagging'),
  UpdateJobPriority: lackingControlOperation('POST /v20180820/jobs/{JobId}/priority'),
  UpdateJobStatus: lackingControlOperation('POST /v20180820/jobs/{JobId}/status'),
};

const storageLens = {
  CreateStorageLensGroup: lackingControlOperation('POST /v20180820/storagelensgroup'),
  DeleteStorageLensConfiguration: lackingControlOperation('DELETE /v20180820/storagelens/{ConfigId}'),
  DeleteStorageLensConfigurationTagging: lackingControlOperation('DELETE /v20180820/storagelens/{ConfigId}/tagging'),
  DeleteStorageLensGroup: lackingControlOperation('DELETE /v20180820/storagelensgroup/{Name}'),
  GetStorageLensConfiguration: lackingControlOperation('GET /v20180820/storagelens/{ConfigId}'),
  GetStorageLensConfigurationTagging: lackingControlOperation('GET /v20180820/storagelens/{ConfigId}/tagging'),
  GetStorageLensGroup: lackingControlOperation('GET /v20180820/storagelensgroup/{Name}'),
  ListStorageLensConfigurations: lackingControlOperation('GET /v20180820/storagelens'),
  ListStorageLensGroups: lackingControlOperation('GET /v20180820/storagelensgroup'),
  PutStorageLensConfiguration: lackingControlOperation('PUT /v20180820/storagelens/{ConfigId}'),
  PutStorageLensConfigurationTagging: lackingControlOperation('PUT /v20180820/storagelens/{ConfigId}/tagging'),
  UpdateStorageLensGroup: lackingControlOperation('PUT /v20180820/storagelensgroup/{Name}'),
};

/** Every operation of S3 Control that this library lacks. */
export const lackingControlOperations = {
  ...accessGrants,
  ...directoryBuckets,
  ...objectLambda,
  ...multiRegion,
  ...outposts,
  ...jobs,
  ...storageLens,
};

const reasons: readonly (readonly [operations: object, reason: string])[] = [
  [accessGrants, 'access grants are rights beside policies, which the mock does not have'],
  [directoryBuckets, 'only access points of directory buckets have it, which the mock does not answer for'],
  [objectLambda, 'functions of AWS Lambda change what such an access point answers, and the mock runs none'],
  [
    multiRegion,
    'an access point of several Regions signs its requests for all of them, and the mock does not answer at its hosts',
  ],
  [outposts, 'it is about buckets on AWS Outposts, which the mock does not answer for'],
  [
    jobs,
    "the mock runs no jobs of S3 Batch Operations: let the test send the job's requests itself, or answer CreateJob with aws-sdk-client-mock",
  ],
  [storageLens, 'the mock makes no dashboards of S3 Storage Lens'],
];

/** Why this library lacks an operation of S3 Control. */
export const reasonsOfControl: ReadonlyMap<string, string> = new Map(
  reasons.flatMap(([operations, reason]) => Object.keys(operations).map((name) => [name, reason] as const)),
);
