import { describe, expect, it } from '@jest/globals';
import { configurations } from '../../src/model/configurations';
import { operations } from '../../src/operations/table';
import type { Members } from '../../src/shapes/shape';
import { textOf } from './files';

interface SdkMember extends SdkShape {
  readonly location?: string;
  readonly locationName?: string;
}

interface SdkShape {
  readonly shape?: string;
  readonly members?: Readonly<Record<string, SdkMember>>;
}

interface SdkOperation {
  readonly http: { readonly method?: string; readonly requestUri: string };
  readonly input: SdkShape;
  readonly output?: SdkShape;
}

const api = JSON.parse(textOf('node_modules/ibm-cos-sdk/apis/s3-2006-03-01.min.json')) as {
  readonly operations: Readonly<Record<string, SdkOperation>>;
  readonly shapes: Readonly<Record<string, SdkShape>>;
}; // the SDK generates the file in this form

const membersOf = (shape: SdkShape | undefined) =>
  (shape?.shape === undefined ? shape : api.shapes[shape.shape])?.members ?? {};

/** The headers of IBM's retention among the members of the SDK or of a row. */
const retention = /^(?:retention-|additional-retention|extend-retention|new-retention|mirror-)/i;
const headersOf = (members: Readonly<Record<string, SdkMember>>) =>
  Object.entries(members)
    .filter(([, { location, locationName = '' }]) => location === 'header' && retention.test(locationName))
    .map(([name, { locationName }]) => `${name}: ${locationName}`)
    .toSorted();
const declaredHeaders = (members: Members) =>
  Object.entries(members)
    .filter(([, { at, wireName = '' }]) => at === 'header' && retention.test(String(wireName)))
    .map(([name, { wireName }]) => `${name}: ${wireName}`)
    .toSorted();

const written = [
  'PutObject',
  'CopyObject',
  'CompleteMultipartUpload',
  'ExtendObjectRetention',
  'ListLegalHolds',
] as const;

describe('the members of IBM’s own SDK for retention', () => {
  it.each(written)('in a request are those of %s', (name) => {
    const ofSdk = headersOf(membersOf(api.operations[name]?.input));
    expect(ofSdk.length).toBeGreaterThan(0);
    expect(declaredHeaders(operations[name].input)).toEqual(ofSdk);
  });

  it.each(['GetObject', 'HeadObject'] as const)('in an answer are those of %s', (name) => {
    const ofSdk = headersOf(membersOf(api.operations[name]?.output));
    expect(ofSdk).toHaveLength(4);
    expect(declaredHeaders(operations[name].output)).toEqual(ofSdk);
  });

  it('are those of the policy', () => {
    const sdk: SdkShape =
      membersOf(api.operations['PutBucketProtectionConfiguration']?.input)['ProtectionConfiguration'] ?? {};
    const { protection } = configurations;
    expect(Object.keys(protection.shape.members).toSorted()).toEqual(Object.keys(membersOf(sdk)).toSorted());
  });

  it('are those of the list of legal holds', () => {
    const { RetentionPeriod, CreateTime, LegalHolds, RetentionPeriodExpirationDate, ...others } = membersOf(
      api.operations['ListLegalHolds']?.output,
    );
    expect(others).toEqual({});
    expect([RetentionPeriod, CreateTime, LegalHolds, RetentionPeriodExpirationDate]).not.toContain(undefined);
    expect(Object.keys(operations.ListLegalHolds.output).toSorted()).toEqual(
      Object.keys(membersOf(api.operations['ListLegalHolds']?.output)).toSorted(),
    );
  });

  it.each(['AddLegalHold', 'DeleteLegalHold'] as const)('name the hold of %s by a parameter', (name) => {
    const parameter = /&(\w+)=\{RetentionLegalHoldId\}$/.exec(api.operations[name]?.http.requestUri ?? '')?.[1];
    const { RetentionLegalHoldId } = operations[name].input as Members;
    expect({ at: RetentionLegalHoldId?.at, wireName: RetentionLegalHoldId?.wireName }).toEqual({
      at: 'query',
      wireName: parameter,
    });
  });
});

describe('the members of IBM’s own SDK for failures of replication', () => {
  const { input, output } = api.operations['ListBucketReplicationFailures'] ?? {};
  const own = operations.ListBucketReplicationFailures;

  it('in a request are those of the row', () => {
    const ofSdk = Object.entries(membersOf(input)).flatMap(([name, { location, locationName }]) =>
      location === 'querystring' ? [[name, locationName]] : [],
    );
    const ofRow = Object.entries(own.input as Members).map(([name, { wireName }]) => [name, wireName]);
    expect(ofSdk.length).toBeGreaterThan(0);
    expect(ofRow).toEqual(expect.arrayContaining(ofSdk));
  });

  it('in an answer are those of the row, in their order', () => {
    const list: SdkShape = membersOf(output)['ListReplicationFailureResult'] ?? {};
    expect(Object.keys(own.output)).toEqual(Object.keys(membersOf(list)));
  });

  it('of a reattempt are the bucket alone', () => {
    expect(Object.keys(membersOf(api.operations['PutBucketReplicationReattempt']?.input))).toEqual(['Bucket']);
  });
});
