import type { BucketFixture } from '../../src/preset/bucket-fixture';
import type { ConfigurationValues, DocumentName } from '../../src/shapes/configurations';
import { familyValues } from './configuration-families';

/** The answer to a GET: the content of the root, or the code and message of the refusal. */
type Answer = string | readonly [code: string, message: string];

/** The values that a configuration is tried with. Documents are the content of the root. */
export interface ConfigurationCase<Name extends DocumentName> {
  /** A value with all members of the shape. */
  readonly value: ConfigurationValues[Name];
  readonly query: string;
  readonly root: string;
  /** The value as a client sends it and as S3 answers it. */
  readonly document: string;
  /** The value in a fixture, if that is not the value itself. */
  readonly literal?: unknown;
  /** S3's answer for a new bucket. */
  readonly initially: Answer;
  /** S3's answer after a DELETE; left out if S3 has no DELETE of it. */
  readonly deleted?: Answer;
  /** Documents that do not fit the schema, beside those which the test makes of `document`: a wrong word, a missing member. */
  readonly malformed: Readonly<Record<string, string>>;
  /** An empty root is malformed, unless this says that it is accepted or how it is refused. */
  readonly emptyRoot?: 'accepted' | readonly [code: string, message: string];
  readonly statusOfPut?: 204;
  /** S3 refuses a document without a digest. */
  readonly digest?: 'required';
  /** IBM COS does not have it. */
  readonly awsOnly?: true;
  /** The state of the bucket that it is put on. */
  readonly bucket?: BucketFixture;
  /** Other buckets that it names. */
  readonly others?: Readonly<Record<string, BucketFixture>>;
}

export const configurationCases: { readonly [Name in DocumentName]: ConfigurationCase<Name> } = {
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
    document:
      '<BlockPublicAcls>true</BlockPublicAcls><IgnorePublicAcls>false</IgnorePublicAcls><BlockPublicPolicy>true</BlockPublicPolicy><RestrictPublicBuckets>false</RestrictPublicBuckets>',
    initially:
      '<BlockPublicAcls>true</BlockPublicAcls><IgnorePublicAcls>true</IgnorePublicAcls><BlockPublicPolicy>true</BlockPublicPolicy><RestrictPublicBuckets>true</RestrictPublicBuckets>',
    deleted: ['NoSuchPublicAccessBlockConfiguration', 'The public access block configuration was not found'],
    malformed: { 'a wrong word': '<BlockPublicAcls>yes</BlockPublicAcls>' },
    emptyRoot: ['InvalidRequest', 'Must specify at least one configuration.'],
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
};

export const documentNames = Object.keys(configurationCases) as readonly DocumentName[]; // its own keys

/** A value of each configuration with all its members. */
export const configurationValues = {
  ...Object.fromEntries(documentNames.map((name) => [name, configurationCases[name].value])),
  ...familyValues,
} as ConfigurationValues; // of the same names

export const configurationNames = Object.keys(configurationValues) as readonly (keyof ConfigurationValues)[]; // its own keys
