import type { ConfigurationValues, DocumentName } from '../../src/model/configurations';
import type { BucketFixture } from '../../src/preset/bucket-fixture';
import { familyValues } from './configuration-families';
import { oneLine } from './documents';

/** The content of the root, or the code and message of the refusal. */
type Answer = string | readonly [code: string, message: string];

/** Documents are the content of the root. */
export interface ConfigurationCase<Name extends DocumentName> {
  /** A value with all members of the shape. */
  readonly value: ConfigurationValues[Name];
  readonly query: string;
  readonly root: string;
  readonly document: string;
  readonly written?: (content: string) => string;
  /** The value in a fixture, if that is not the value itself. */
  readonly literal?: unknown;
  readonly initially: Answer;
  /** S3's answer after a DELETE; left out if S3 has no DELETE of it. */
  readonly deleted?: Answer;
  /** Documents that do not fit the schema, beside those which the test makes of `document`: a wrong word, a missing member. */
  readonly malformed: Readonly<Record<string, string>>;
  /** An empty root is malformed, unless this says that it is accepted or how it is refused. */
  readonly emptyRoot?: 'accepted' | readonly [code: string, message: string, elements?: string];
  readonly digest?: 'required';
  readonly awsOnly?: true;
  readonly bucket?: BucketFixture;
  readonly others?: Readonly<Record<string, BucketFixture>>;
}

const encryptionBy = (algorithm: string) =>
  `<Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>${algorithm}</SSEAlgorithm></ApplyServerSideEncryptionByDefault></Rule>`;
const blocking = (word: string) =>
  `<Rule><BlockedEncryptionTypes><EncryptionType>${word}</EncryptionType></BlockedEncryptionTypes></Rule>`;

const defaultEncryption = oneLine(`
  <Rule>
    <BucketKeyEnabled>false</BucketKeyEnabled>
    <ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256</SSEAlgorithm></ApplyServerSideEncryptionByDefault>
    <BlockedEncryptionTypes><EncryptionType>SSE-C</EncryptionType></BlockedEncryptionTypes>
  </Rule>
`);

const typed = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type';
const logging = (more: string) =>
  `<LoggingEnabled><TargetBucket>vault</TargetBucket><TargetPrefix/>${more}</LoggingEnabled>`;
const granting = (grant: string) => logging(`<TargetGrants><Grant>${grant}</Grant></TargetGrants>`);

const queue = 'arn:aws:sqs:eu-west-1:111122223333:jobs';
const filtering = (rule: string) =>
  oneLine(`
  <QueueConfiguration>
    <Queue>${queue}</Queue><Event>s3:ObjectCreated:*</Event>
    <Filter><S3Key><FilterRule>${rule}</FilterRule></S3Key></Filter>
  </QueueConfiguration>
`);

const routing = (rule: string) =>
  `<IndexDocument><Suffix>a</Suffix></IndexDocument><RoutingRules><RoutingRule>${rule}</RoutingRule></RoutingRules>`;

const toCopies = '<Destination><Bucket>arn:aws:s3:::copies</Bucket></Destination>';
const replicating = (more: string) => `<Role>r</Role><Rule><Prefix/>${more}</Rule>`;

/** IBM COS alone has `protection`: `operations/protection/policy.test.ts` tries it. */
type TriedName = Exclude<DocumentName, 'protection'>;

export const configurationCases: { readonly [Name in TriedName]: ConfigurationCase<Name> } = {
  abac: {
    value: { Status: 'Enabled' },
    query: 'abac',
    root: 'AbacStatus',
    document: '<Status>Enabled</Status>',
    literal: 'Enabled',
    initially: '<Status>Disabled</Status>',
    malformed: { 'a wrong word': '<Status>On</Status>', 'a word in another case': '<Status>enabled</Status>' },
    awsOnly: true,
  },
  accelerate: {
    value: { Status: 'Suspended' },
    query: 'accelerate',
    root: 'AccelerateConfiguration',
    document: '<Status>Suspended</Status>',
    literal: 'Suspended',
    initially: '',
    emptyRoot: ['IllegalAccelerateConfigurationException', 'The Accelerate element must be specified'],
    malformed: { 'a wrong word': '<Status>Disabled</Status>', 'a word in another case': '<Status>enabled</Status>' },
    awsOnly: true,
  },
  encryption: {
    value: {
      Rules: [
        {
          BucketKeyEnabled: true,
          ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'alias/vault' },
          BlockedEncryptionTypes: { EncryptionType: ['SSE-C'] },
        },
      ],
    },
    query: 'encryption',
    root: 'ServerSideEncryptionConfiguration',
    document: oneLine(`
      <Rule>
        <BucketKeyEnabled>true</BucketKeyEnabled>
        <ApplyServerSideEncryptionByDefault>
          <SSEAlgorithm>aws:kms</SSEAlgorithm><KMSMasterKeyID>alias/vault</KMSMasterKeyID>
        </ApplyServerSideEncryptionByDefault>
        <BlockedEncryptionTypes><EncryptionType>SSE-C</EncryptionType></BlockedEncryptionTypes>
      </Rule>
    `),
    initially: defaultEncryption,
    deleted: defaultEncryption,
    malformed: {
      'two rules': '<Rule/><Rule/>',
      'a wrong algorithm': encryptionBy('aes256'),
      'an algorithm of other buckets': encryptionBy('aws:fsx'),
      'another algorithm of other buckets': encryptionBy('aws:backup'),
      'a default without an algorithm': '<Rule><ApplyServerSideEncryptionByDefault/></Rule>',
      'a wrong word that is blocked': blocking('SSE-S3'),
    },
    awsOnly: true,
  },
  cors: {
    value: {
      CORSRules: [
        {
          ID: 'pages',
          AllowedHeaders: ['X-Amz-*', 'content-type'],
          AllowedMethods: ['GET', 'PUT'],
          AllowedOrigins: ['https://*.example.com', ''],
          ExposeHeaders: ['ETag'],
          MaxAgeSeconds: 3000,
        },
        { AllowedMethods: ['HEAD'], AllowedOrigins: ['*'] },
      ],
    },
    query: 'cors',
    root: 'CORSConfiguration',
    document: oneLine(`
      <CORSRule>
        <ID>pages</ID><AllowedOrigin>https://*.example.com</AllowedOrigin><AllowedOrigin></AllowedOrigin>
        <AllowedMethod>GET</AllowedMethod><AllowedMethod>PUT</AllowedMethod><MaxAgeSeconds>3000</MaxAgeSeconds>
        <ExposeHeader>ETag</ExposeHeader><AllowedHeader>X-Amz-*</AllowedHeader>
        <AllowedHeader>content-type</AllowedHeader>
      </CORSRule>
      <CORSRule><AllowedOrigin>*</AllowedOrigin><AllowedMethod>HEAD</AllowedMethod></CORSRule>
    `),
    initially: ['NoSuchCORSConfiguration', 'The CORS configuration does not exist'],
    deleted: ['NoSuchCORSConfiguration', 'The CORS configuration does not exist'],
    malformed: {
      'a rule without an origin': '<CORSRule><AllowedMethod>GET</AllowedMethod></CORSRule>',
      'a rule without a method': '<CORSRule><AllowedOrigin>*</AllowedOrigin></CORSRule>',
      'an empty rule': '<CORSRule/>',
      'an age that is not a number':
        '<CORSRule><AllowedMethod>GET</AllowedMethod><AllowedOrigin>*</AllowedOrigin><MaxAgeSeconds>day</MaxAgeSeconds></CORSRule>',
      'two ids':
        '<CORSRule><ID>a</ID><ID>b</ID><AllowedMethod>GET</AllowedMethod><AllowedOrigin>*</AllowedOrigin></CORSRule>',
    },
    digest: 'required',
  },
  logging: {
    value: {
      LoggingEnabled: {
        TargetBucket: 'vault',
        TargetPrefix: 'log/',
        TargetGrants: [
          { Grantee: { Type: 'CanonicalUser', ID: 'c0ffee', DisplayName: 'partner' }, Permission: 'READ_ACP' },
          {
            Grantee: { Type: 'Group', URI: 'http://acs.amazonaws.com/groups/global/AuthenticatedUsers' },
            Permission: 'READ',
          },
        ],
        TargetObjectKeyFormat: { PartitionedPrefix: { PartitionDateSource: 'EventTime' } },
      },
    },
    query: 'logging',
    root: 'BucketLoggingStatus',
    document: oneLine(`
      <LoggingEnabled>
        <TargetBucket>vault</TargetBucket><TargetPrefix>log/</TargetPrefix>
        <TargetGrants>
          <Grant>
            <Grantee ${typed}="CanonicalUser">
              <ID>c0ffee</ID><DisplayName>partner</DisplayName>
            </Grantee>
            <Permission>READ_ACP</Permission>
          </Grant>
          <Grant>
            <Grantee ${typed}="Group">
              <URI>http://acs.amazonaws.com/groups/global/AuthenticatedUsers</URI>
            </Grantee>
            <Permission>READ</Permission>
          </Grant>
        </TargetGrants>
        <TargetObjectKeyFormat>
          <PartitionedPrefix><PartitionDateSource>EventTime</PartitionDateSource></PartitionedPrefix>
        </TargetObjectKeyFormat>
      </LoggingEnabled>
    `),
    written: (content) =>
      content === ''
        ? '<?xml version="1.0" encoding="UTF-8"?>\n\n<BucketLoggingStatus xmlns="http://s3.amazonaws.com/doc/2006-03-01/">\n  <!--<LoggingEnabled><TargetBucket>myLogsBucket</TargetBucket><TargetPrefix>add/this/prefix/to/my/log/files/access_log-</TargetPrefix></LoggingEnabled>-->\n</BucketLoggingStatus>\n'
        : `<?xml version="1.0" encoding="UTF-8"?>\n\n<BucketLoggingStatus xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${content}</BucketLoggingStatus>`,
    initially: '',
    malformed: {
      'no target': '<LoggingEnabled><TargetPrefix/></LoggingEnabled>',
      'no prefix': '<LoggingEnabled><TargetBucket>vault</TargetBucket></LoggingEnabled>',
      'a grantee without a type': granting('<Grantee><ID>c0ffee</ID></Grantee><Permission>READ</Permission>'),
      'a grantee of another type': granting(
        `<Grantee ${typed}="User"><ID>c0ffee</ID></Grantee><Permission>READ</Permission>`,
      ),
      'a permission that ACLs do not have': granting(
        `<Grantee ${typed}="CanonicalUser"><ID>c0ffee</ID></Grantee><Permission>ALL</Permission>`,
      ),
      'another source of dates': logging(
        '<TargetObjectKeyFormat><PartitionedPrefix><PartitionDateSource>Now</PartitionDateSource></PartitionedPrefix></TargetObjectKeyFormat>',
      ),
    },
    emptyRoot: 'accepted',
    awsOnly: true,
    bucket: { ownershipControls: 'BucketOwnerPreferred' },
  },
  notification: {
    value: {
      TopicConfigurations: [
        {
          Id: 'topic',
          TopicArn: 'arn:aws:sns:eu-west-1:111122223333:news',
          Events: ['s3:ObjectRemoved:*', 's3:ObjectTagging:Put'],
          Filter: { Key: { FilterRules: [{ Name: 'Prefix', Value: 'reports/' }] } },
        },
      ],
      QueueConfigurations: [
        {
          Id: 'queue',
          QueueArn: 'arn:aws:sqs:eu-west-1:111122223333:jobs',
          Events: ['s3:ObjectCreated:Put'],
          Filter: {
            Key: {
              FilterRules: [
                { Name: 'Suffix', Value: '.pdf' },
                { Name: 'Prefix', Value: '' },
              ],
            },
          },
        },
      ],
      LambdaFunctionConfigurations: [
        {
          Id: 'function',
          LambdaFunctionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:resize:live',
          Events: ['s3:LifecycleTransition'],
          Filter: { Key: { FilterRules: [{ Name: 'Suffix', Value: '.png' }] } },
        },
      ],
      EventBridgeConfiguration: {},
    },
    query: 'notification',
    root: 'NotificationConfiguration',
    document: oneLine(`
      <TopicConfiguration>
        <Id>topic</Id><Topic>arn:aws:sns:eu-west-1:111122223333:news</Topic><Event>s3:ObjectRemoved:*</Event>
        <Event>s3:ObjectTagging:Put</Event>
        <Filter><S3Key><FilterRule><Name>Prefix</Name><Value>reports/</Value></FilterRule></S3Key></Filter>
      </TopicConfiguration>
      <QueueConfiguration>
        <Id>queue</Id><Queue>arn:aws:sqs:eu-west-1:111122223333:jobs</Queue><Event>s3:ObjectCreated:Put</Event>
        <Filter>
          <S3Key>
            <FilterRule><Name>Suffix</Name><Value>.pdf</Value></FilterRule>
            <FilterRule><Name>Prefix</Name><Value></Value></FilterRule>
          </S3Key>
        </Filter>
      </QueueConfiguration>
      <CloudFunctionConfiguration>
        <Id>function</Id>
        <CloudFunction>arn:aws:lambda:eu-west-1:111122223333:function:resize:live</CloudFunction>
        <Event>s3:LifecycleTransition</Event>
        <Filter><S3Key><FilterRule><Name>Suffix</Name><Value>.png</Value></FilterRule></S3Key></Filter>
      </CloudFunctionConfiguration>
      <EventBridgeConfiguration/>
    `),
    initially: '',
    malformed: {
      'a queue without events':
        '<QueueConfiguration><Queue>arn:aws:sqs:eu-west-1:111122223333:jobs</Queue></QueueConfiguration>',
      'a queue without an ARN': '<QueueConfiguration><Event>s3:ObjectCreated:*</Event></QueueConfiguration>',
      'a filter rule without a name': filtering('<Value>a</Value>'),
      'a filter rule without a value': filtering('<Name>prefix</Name>'),
    },
    emptyRoot: 'accepted',
    awsOnly: true,
  },
  ownershipControls: {
    value: { Rules: [{ ObjectOwnership: 'ObjectWriter' }] },
    query: 'ownershipControls',
    root: 'OwnershipControls',
    document: '<Rule><ObjectOwnership>ObjectWriter</ObjectOwnership></Rule>',
    literal: 'ObjectWriter',
    initially: '<Rule><ObjectOwnership>BucketOwnerEnforced</ObjectOwnership></Rule>',
    deleted: ['OwnershipControlsNotFoundError', 'The bucket ownership controls were not found'],
    malformed: {
      'a wrong word': '<Rule><ObjectOwnership>Nobody</ObjectOwnership></Rule>',
      'a word in another case': '<Rule><ObjectOwnership>objectwriter</ObjectOwnership></Rule>',
      'a word between spaces': '<Rule><ObjectOwnership> ObjectWriter </ObjectOwnership></Rule>',
      'a rule without ObjectOwnership': '<Rule/>',
      'two rules':
        '<Rule><ObjectOwnership>ObjectWriter</ObjectOwnership></Rule><Rule><ObjectOwnership>ObjectWriter</ObjectOwnership></Rule>',
    },
    awsOnly: true,
  },
  publicAccessBlock: {
    value: {
      BlockPublicAcls: true,
      IgnorePublicAcls: false,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: false,
    },
    query: 'publicAccessBlock',
    root: 'PublicAccessBlockConfiguration',
    document: oneLine(`
      <BlockPublicAcls>true</BlockPublicAcls><IgnorePublicAcls>false</IgnorePublicAcls>
      <BlockPublicPolicy>true</BlockPublicPolicy><RestrictPublicBuckets>false</RestrictPublicBuckets>
    `),
    initially:
      '<BlockPublicAcls>true</BlockPublicAcls><IgnorePublicAcls>true</IgnorePublicAcls><BlockPublicPolicy>true</BlockPublicPolicy><RestrictPublicBuckets>true</RestrictPublicBuckets>',
    deleted: ['NoSuchPublicAccessBlockConfiguration', 'The public access block configuration was not found'],
    malformed: {},
    emptyRoot: ['InvalidRequest', 'Must specify at least one configuration.'],
  },
  replication: {
    value: {
      Role: 'arn:aws:iam::111122223333:role/replication',
      Rules: [
        {
          ID: 'reports',
          Priority: 1,
          Filter: { And: { Prefix: 'reports/', Tags: [{ Key: 'copy', Value: 'yes' }] } },
          Status: 'Enabled',
          SourceSelectionCriteria: {
            SseKmsEncryptedObjects: { Status: 'Enabled' },
            ReplicaModifications: { Status: 'Disabled' },
          },
          Destination: {
            Bucket: 'arn:aws:s3:::copies',
            Account: '111122223333',
            StorageClass: 'STANDARD_IA',
            AccessControlTranslation: { Owner: 'Destination' },
            EncryptionConfiguration: { ReplicaKmsKeyID: 'arn:aws:kms:us-east-1:111122223333:key/1' },
            ReplicationTime: { Status: 'Enabled', Time: { Minutes: 15 } },
            Metrics: { Status: 'Enabled', EventThreshold: { Minutes: 15 } },
          },
          DeleteMarkerReplication: { Status: 'Disabled' },
        },
      ],
    },
    query: 'replication',
    root: 'ReplicationConfiguration',
    document: oneLine(`
      <Role>arn:aws:iam::111122223333:role/replication</Role>
      <Rule>
        <ID>reports</ID><Priority>1</Priority>
        <Filter><And><Prefix>reports/</Prefix><Tag><Key>copy</Key><Value>yes</Value></Tag></And></Filter>
        <Status>Enabled</Status>
        <SourceSelectionCriteria>
          <SseKmsEncryptedObjects><Status>Enabled</Status></SseKmsEncryptedObjects>
          <ReplicaModifications><Status>Disabled</Status></ReplicaModifications>
        </SourceSelectionCriteria>
        <Destination>
          <Bucket>arn:aws:s3:::copies</Bucket><Account>111122223333</Account>
          <StorageClass>STANDARD_IA</StorageClass>
          <AccessControlTranslation><Owner>Destination</Owner></AccessControlTranslation>
          <EncryptionConfiguration>
            <ReplicaKmsKeyID>arn:aws:kms:us-east-1:111122223333:key/1</ReplicaKmsKeyID>
          </EncryptionConfiguration>
          <ReplicationTime><Status>Enabled</Status><Time><Minutes>15</Minutes></Time></ReplicationTime>
          <Metrics><Status>Enabled</Status><EventThreshold><Minutes>15</Minutes></EventThreshold></Metrics>
        </Destination>
        <DeleteMarkerReplication><Status>Disabled</Status></DeleteMarkerReplication>
      </Rule>
    `),
    initially: ['ReplicationConfigurationNotFoundError', 'The replication configuration was not found'],
    deleted: ['ReplicationConfigurationNotFoundError', 'The replication configuration was not found'],
    malformed: {
      'no rule': '<Role>arn:aws:iam::111122223333:role/replication</Role>',
      'a rule without a destination': replicating('<Status>Enabled</Status>'),
      'a rule without a status': replicating(toCopies),
      'a status in another case': replicating(`<Status>enabled</Status>${toCopies}`),
      'a destination without a bucket': replicating('<Status>Enabled</Status><Destination/>'),
      'another storage class': replicating(
        '<Status>Enabled</Status><Destination><Bucket>arn:aws:s3:::copies</Bucket><StorageClass>COLD</StorageClass></Destination>',
      ),
    },
    bucket: { versioning: 'Enabled' },
    others: { copies: { versioning: 'Enabled' } },
  },
  requestPayment: {
    value: { Payer: 'Requester' },
    query: 'requestPayment',
    root: 'RequestPaymentConfiguration',
    document: '<Payer>Requester</Payer>',
    literal: 'Requester',
    initially: '<Payer>BucketOwner</Payer>',
    malformed: { 'a wrong word': '<Payer>Nobody</Payer>', 'a word in another case': '<Payer>requester</Payer>' },
    awsOnly: true,
  },
  website: {
    value: {
      IndexDocument: { Suffix: 'index.html' },
      ErrorDocument: { Key: 'errors/all.html' },
      RoutingRules: [
        {
          Condition: { HttpErrorCodeReturnedEquals: '404', KeyPrefixEquals: 'docs/' },
          Redirect: {
            HostName: 'example.com',
            HttpRedirectCode: '302',
            Protocol: 'https',
            ReplaceKeyPrefixWith: 'documents/',
          },
        },
        { Redirect: { ReplaceKeyWith: 'all.html' } },
      ],
    },
    query: 'website',
    root: 'WebsiteConfiguration',
    document: oneLine(`
      <IndexDocument><Suffix>index.html</Suffix></IndexDocument>
      <ErrorDocument><Key>errors/all.html</Key></ErrorDocument>
      <RoutingRules>
        <RoutingRule>
          <Condition>
            <HttpErrorCodeReturnedEquals>404</HttpErrorCodeReturnedEquals>
            <KeyPrefixEquals>docs/</KeyPrefixEquals>
          </Condition>
          <Redirect>
            <HostName>example.com</HostName><HttpRedirectCode>302</HttpRedirectCode><Protocol>https</Protocol>
            <ReplaceKeyPrefixWith>documents/</ReplaceKeyPrefixWith>
          </Redirect>
        </RoutingRule>
        <RoutingRule><Redirect><ReplaceKeyWith>all.html</ReplaceKeyWith></Redirect></RoutingRule>
      </RoutingRules>
    `),
    initially: ['NoSuchWebsiteConfiguration', 'The specified bucket does not have a website configuration'],
    deleted: ['NoSuchWebsiteConfiguration', 'The specified bucket does not have a website configuration'],
    malformed: {
      'a redirect of all without a host': '<RedirectAllRequestsTo><Protocol>http</Protocol></RedirectAllRequestsTo>',
      'an index document without a suffix': '<IndexDocument/>',
      'an error document without a key': '<IndexDocument><Suffix>a</Suffix></IndexDocument><ErrorDocument/>',
      'an empty list of routing rules': '<IndexDocument><Suffix>a</Suffix></IndexDocument><RoutingRules/>',
      'a routing rule without a redirect':
        '<IndexDocument><Suffix>a</Suffix></IndexDocument><RoutingRules><RoutingRule/></RoutingRules>',
      'a redirect code that is not a number': routing(
        '<Redirect><HttpRedirectCode>found</HttpRedirectCode></Redirect>',
      ),
    },
    emptyRoot: [
      'InvalidArgument',
      'A value for IndexDocument Suffix must be provided if RedirectAllRequestsTo is empty',
      '<ArgumentName>IndexDocument</ArgumentName><ArgumentValue>null</ArgumentValue>',
    ],
  },
};

export const documentNames = Object.keys(configurationCases) as readonly TriedName[]; // its own keys

export const configurationValues = {
  ...Object.fromEntries(documentNames.map((name) => [name, configurationCases[name].value])),
  ...familyValues,
} as ConfigurationValues; // of the same names

export const configurationNames = Object.keys(configurationValues) as readonly (keyof ConfigurationValues)[]; // its own keys
