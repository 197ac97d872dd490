import { lackingControlOperation as lacking } from '../operation';

// The operations of S3 Control that this library lacks, by the reason. Those of Outposts have the names of S3's own operations, so they are called
// as policies call their actions.

const accessGrants = {
  AssociateAccessGrantsIdentityCenter: lacking('POST /v20180820/accessgrantsinstance/identitycenter'),
  CreateAccessGrant: lacking('POST /v20180820/accessgrantsinstance/grant'),
  CreateAccessGrantsInstance: lacking('POST /v20180820/accessgrantsinstance'),
  CreateAccessGrantsLocation: lacking('POST /v20180820/accessgrantsinstance/location'),
  DeleteAccessGrant: lacking('DELETE /v20180820/accessgrantsinstance/grant/{AccessGrantId}'),
  DeleteAccessGrantsInstance: lacking('DELETE /v20180820/accessgrantsinstance'),
  DeleteAccessGrantsInstanceResourcePolicy: lacking('DELETE /v20180820/accessgrantsinstance/resourcepolicy'),
  DeleteAccessGrantsLocation: lacking('DELETE /v20180820/accessgrantsinstance/location/{AccessGrantsLocationId}'),
  DissociateAccessGrantsIdentityCenter: lacking('DELETE /v20180820/accessgrantsinstance/identitycenter'),
  GetAccessGrant: lacking('GET /v20180820/accessgrantsinstance/grant/{AccessGrantId}'),
  GetAccessGrantsInstance: lacking('GET /v20180820/accessgrantsinstance'),
  GetAccessGrantsInstanceForPrefix: lacking('GET /v20180820/accessgrantsinstance/prefix'),
  GetAccessGrantsInstanceResourcePolicy: lacking('GET /v20180820/accessgrantsinstance/resourcepolicy'),
  GetAccessGrantsLocation: lacking('GET /v20180820/accessgrantsinstance/location/{AccessGrantsLocationId}'),
  GetDataAccess: lacking('GET /v20180820/accessgrantsinstance/dataaccess'),
  ListAccessGrants: lacking('GET /v20180820/accessgrantsinstance/grants'),
  ListAccessGrantsInstances: lacking('GET /v20180820/accessgrantsinstances'),
  ListAccessGrantsLocations: lacking('GET /v20180820/accessgrantsinstance/locations'),
  ListCallerAccessGrants: lacking('GET /v20180820/accessgrantsinstance/caller/grants'),
  PutAccessGrantsInstanceResourcePolicy: lacking('PUT /v20180820/accessgrantsinstance/resourcepolicy'),
  UpdateAccessGrantsLocation: lacking('PUT /v20180820/accessgrantsinstance/location/{AccessGrantsLocationId}'),
};

const directoryBuckets = {
  DeleteAccessPointScope: lacking('DELETE /v20180820/accesspoint/{Name}/scope'),
  GetAccessPointScope: lacking('GET /v20180820/accesspoint/{Name}/scope'),
  ListAccessPointsForDirectoryBuckets: lacking('GET /v20180820/accesspointfordirectory'),
  PutAccessPointScope: lacking('PUT /v20180820/accesspoint/{Name}/scope'),
};

const objectLambda = {
  CreateAccessPointForObjectLambda: lacking('PUT /v20180820/accesspointforobjectlambda/{Name}'),
  DeleteAccessPointForObjectLambda: lacking('DELETE /v20180820/accesspointforobjectlambda/{Name}'),
  DeleteAccessPointPolicyForObjectLambda: lacking('DELETE /v20180820/accesspointforobjectlambda/{Name}/policy'),
  GetAccessPointConfigurationForObjectLambda: lacking('GET /v20180820/accesspointforobjectlambda/{Name}/configuration'),
  GetAccessPointForObjectLambda: lacking('GET /v20180820/accesspointforobjectlambda/{Name}'),
  GetAccessPointPolicyForObjectLambda: lacking('GET /v20180820/accesspointforobjectlambda/{Name}/policy'),
  GetAccessPointPolicyStatusForObjectLambda: lacking('GET /v20180820/accesspointforobjectlambda/{Name}/policyStatus'),
  ListAccessPointsForObjectLambda: lacking('GET /v20180820/accesspointforobjectlambda'),
  PutAccessPointConfigurationForObjectLambda: lacking('PUT /v20180820/accesspointforobjectlambda/{Name}/configuration'),
  PutAccessPointPolicyForObjectLambda: lacking('PUT /v20180820/accesspointforobjectlambda/{Name}/policy'),
};

const multiRegion = {
  CreateMultiRegionAccessPoint: lacking('POST /v20180820/async-requests/mrap/create'),
  DeleteMultiRegionAccessPoint: lacking('POST /v20180820/async-requests/mrap/delete'),
  DescribeMultiRegionAccessPointOperation: lacking('GET /v20180820/async-requests/mrap/{RequestTokenARN+}'),
  GetMultiRegionAccessPoint: lacking('GET /v20180820/mrap/instances/{Name+}'),
  GetMultiRegionAccessPointPolicy: lacking('GET /v20180820/mrap/instances/{Name+}/policy'),
  GetMultiRegionAccessPointPolicyStatus: lacking('GET /v20180820/mrap/instances/{Name+}/policystatus'),
  GetMultiRegionAccessPointRoutes: lacking('GET /v20180820/mrap/instances/{Mrap+}/routes'),
  ListMultiRegionAccessPoints: lacking('GET /v20180820/mrap/instances'),
  PutMultiRegionAccessPointPolicy: lacking('POST /v20180820/async-requests/mrap/put-policy'),
  SubmitMultiRegionAccessPointRoutes: lacking('PATCH /v20180820/mrap/instances/{Mrap+}/routes'),
};

const outposts = {
  's3-outposts:CreateBucket': lacking('PUT /v20180820/bucket/{Bucket}'),
  's3-outposts:DeleteBucket': lacking('DELETE /v20180820/bucket/{Bucket}'),
  's3-outposts:DeleteBucketLifecycleConfiguration': lacking('DELETE /v20180820/bucket/{Bucket}/lifecycleconfiguration'),
  's3-outposts:DeleteBucketPolicy': lacking('DELETE /v20180820/bucket/{Bucket}/policy'),
  's3-outposts:DeleteBucketReplication': lacking('DELETE /v20180820/bucket/{Bucket}/replication'),
  's3-outposts:DeleteBucketTagging': lacking('DELETE /v20180820/bucket/{Bucket}/tagging'),
  's3-outposts:GetBucket': lacking('GET /v20180820/bucket/{Bucket}'),
  's3-outposts:GetBucketLifecycleConfiguration': lacking('GET /v20180820/bucket/{Bucket}/lifecycleconfiguration'),
  's3-outposts:GetBucketPolicy': lacking('GET /v20180820/bucket/{Bucket}/policy'),
  's3-outposts:GetBucketReplication': lacking('GET /v20180820/bucket/{Bucket}/replication'),
  's3-outposts:GetBucketTagging': lacking('GET /v20180820/bucket/{Bucket}/tagging'),
  's3-outposts:GetBucketVersioning': lacking('GET /v20180820/bucket/{Bucket}/versioning'),
  ListRegionalBuckets: lacking('GET /v20180820/bucket'),
  's3-outposts:PutBucketLifecycleConfiguration': lacking('PUT /v20180820/bucket/{Bucket}/lifecycleconfiguration'),
  's3-outposts:PutBucketPolicy': lacking('PUT /v20180820/bucket/{Bucket}/policy'),
  's3-outposts:PutBucketReplication': lacking('PUT /v20180820/bucket/{Bucket}/replication'),
  's3-outposts:PutBucketTagging': lacking('PUT /v20180820/bucket/{Bucket}/tagging'),
  's3-outposts:PutBucketVersioning': lacking('PUT /v20180820/bucket/{Bucket}/versioning'),
};

const jobs = {
  CreateJob: lacking('POST /v20180820/jobs'),
  DeleteJobTagging: lacking('DELETE /v20180820/jobs/{JobId}/tagging'),
  DescribeJob: lacking('GET /v20180820/jobs/{JobId}'),
  GetJobTagging: lacking('GET /v20180820/jobs/{JobId}/tagging'),
  ListJobs: lacking('GET /v20180820/jobs'),
  PutJobTagging: lacking('PUT /v20180820/jobs/{JobId}/tagging'),
  UpdateJobPriority: lacking('POST /v20180820/jobs/{JobId}/priority'),
  UpdateJobStatus: lacking('POST /v20180820/jobs/{JobId}/status'),
};

const storageLens = {
  CreateStorageLensGroup: lacking('POST /v20180820/storagelensgroup'),
  DeleteStorageLensConfiguration: lacking('DELETE /v20180820/storagelens/{ConfigId}'),
  DeleteStorageLensConfigurationTagging: lacking('DELETE /v20180820/storagelens/{ConfigId}/tagging'),
  DeleteStorageLensGroup: lacking('DELETE /v20180820/storagelensgroup/{Name}'),
  GetStorageLensConfiguration: lacking('GET /v20180820/storagelens/{ConfigId}'),
  GetStorageLensConfigurationTagging: lacking('GET /v20180820/storagelens/{ConfigId}/tagging'),
  GetStorageLensGroup: lacking('GET /v20180820/storagelensgroup/{Name}'),
  ListStorageLensConfigurations: lacking('GET /v20180820/storagelens'),
  ListStorageLensGroups: lacking('GET /v20180820/storagelensgroup'),
  PutStorageLensConfiguration: lacking('PUT /v20180820/storagelens/{ConfigId}'),
  PutStorageLensConfigurationTagging: lacking('PUT /v20180820/storagelens/{ConfigId}/tagging'),
  UpdateStorageLensGroup: lacking('PUT /v20180820/storagelensgroup/{Name}'),
};

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
  [accessGrants, 'access grants give rights beside policies and ACLs, and the mock does not implement them'],
  [directoryBuckets, 'only access points of directory buckets have it, which the mock does not implement'],
  [
    objectLambda,
    'Lambda functions change the answers of an Object Lambda access point, and the mock does not run them',
  ],
  [
    multiRegion,
    'requests to a Multi-Region Access Point are signed for several Regions, and the mock does not answer its hosts',
  ],
  [outposts, 'it applies to buckets on AWS Outposts, which the mock does not implement'],
  [
    jobs,
    "the mock runs no jobs of S3 Batch Operations: let the test send the job's requests itself, or answer CreateJob with aws-sdk-client-mock",
  ],
  [storageLens, 'the mock makes no dashboards of S3 Storage Lens'],
];

export const reasonsOfControl: ReadonlyMap<string, string> = new Map(
  reasons.flatMap(([operations, reason]) => Object.keys(operations).map((name) => [name, reason] as const)),
);
