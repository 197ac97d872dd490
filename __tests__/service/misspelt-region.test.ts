import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { describe, expect, it } from '@jest/globals';
import { startedMocks } from '../support/started-mocks';
import { send } from '../support/wire-client';

const start = startedMocks();
const credentials = { accessKeyId: 'TESTKEY', secretAccessKey: 'secret' };
const aws = (region: string) => `s3.${region}.amazonaws.com`;
const cos = (region: string) => `s3.${region}.cloud-object-storage.appdomain.cloud`;
const noteOf = (region: string, meant: string) =>
  `the client called the region ${region}, which the mock does not know; the nearest that it knows is ${meant}`;

describe('a request to a region that is nearly spelled like a known one', () => {
  it.each`
    host                  | region           | meant
    ${aws('eu-centrl-1')} | ${'eu-centrl-1'} | ${'eu-central-1'}
    ${aws('eu-wst-1')}    | ${'eu-wst-1'}    | ${'eu-west-1'}
    ${aws('us-esat-1')}   | ${'us-esat-1'}   | ${'us-east-1'}
    ${aws('us-east-11')}  | ${'us-east-11'}  | ${'us-east-1'}
    ${cos('us-sout')}     | ${'us-sout'}     | ${'us-south'}
  `('is answered, with a note that names the probable region: $host', async ({ host, region, meant }) => {
    const s3 = start({ buckets: { vault: {} } });
    const { status } = await send({ path: '/vault?versioning', host: String(host) });
    expect({ status, notes: s3.requests.last()?.notes }).toEqual({
      status: 200,
      notes: [noteOf(String(region), String(meant))],
    });
  });

  it.each(['eu-west1', 'eu-wset-1'])('is noted at STS as well: %s', async (region) => {
    const s3 = start();
    await new STSClient({ region, credentials }).send(new GetCallerIdentityCommand({}));
    expect(s3.requests.last()?.notes).toEqual([noteOf(region, 'eu-west-1')]);
  });

  it('is named in the reason of a 301', async () => {
    const s3 = start({ buckets: { vault: { region: 'eu-central-1' } } });
    const { status } = await send({ path: '/vault?versioning', host: aws('eu-centrl-1') });
    expect({ status, why: s3.requests.last()?.why }).toEqual({
      status: 301,
      why: expect.stringContaining(
        "bucket 'vault' is in eu-central-1, and the client called eu-centrl-1, which the mock does not know (the nearest that it knows is eu-central-1). Give",
      ),
    });
  });
});

describe('a request has no note of its region', () => {
  it.each`
    what                            | host
    ${'a known one'}                | ${aws('eu-central-1')}
    ${'none'}                       | ${'s3.amazonaws.com'}
    ${'the next of an area'}        | ${aws('ap-southeast-8')}
    ${'the next of another'}        | ${aws('us-east-3')}
    ${'one like no known one'}      | ${aws('zz-equatorial-1')}
    ${'a known one of COS'}         | ${cos('eu-de')}
    ${'a cross region of COS'}      | ${cos('us')}
    ${'the city of a cross region'} | ${cos('dal.us')}
    ${'a new one of COS'}           | ${cos('za-johannesburg')}
  `('if it is $what', async ({ host }) => {
    const s3 = start({ buckets: { vault: {} } });
    const { status } = await send({ path: '/vault?versioning', host: String(host) });
    expect({ status, notes: s3.requests.last()?.notes }).toEqual({ status: 200, notes: [] });
  });

  it('if it is that of a host of the user, which serves any region', async () => {
    const s3 = start({ hosts: ['minio.test'], buckets: { vault: {} } });
    const headers = {
      Authorization:
        'AWS4-HMAC-SHA256 Credential=a/20260301/eu-centrl-1/s3/aws4_request, SignedHeaders=host, Signature=b',
    };
    await send({ path: '/vault?versioning', host: 'minio.test', headers });
    expect(s3.requests.last()?.notes).toEqual([]);
  });
});

describe('a LocationConstraint that is nearly spelled like a known one', () => {
  it.each([
    ['eu-centrl-1', aws('us-east-1'), "LocationConstraint is 'eu-centrl-1'. Did you mean eu-central-1?"],
    ['us-south', cos('us-south'), "LocationConstraint is 'us-south'. Did you mean us-south-standard?"],
    ['eu-de-smrt', cos('eu-de'), "LocationConstraint is 'eu-de-smrt'. Did you mean eu-de-smart?"],
    [
      'eu-de-smrt',
      cos('us-south'),
      "Container storage location with specified provisioning code not available; LocationConstraint is 'eu-de-smrt'",
    ],
    ['mars', aws('us-east-1'), "The specified location-constraint is not valid; LocationConstraint is 'mars'"],
  ])('is refused with a reason: %s', async (constraint, host, why) => {
    const s3 = start();
    const body = `<CreateBucketConfiguration><LocationConstraint>${constraint}</LocationConstraint></CreateBucketConfiguration>`;
    const { status } = await send({ method: 'PUT', path: '/fresh', host: String(host), body });
    const entry = s3.requests.last();
    expect({ status, code: entry?.error?.code, why: entry?.why }).toEqual({
      status: 400,
      code: 'InvalidLocationConstraint',
      why,
    });
  });
});
