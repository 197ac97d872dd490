import { afterEach, describe, expect, it } from '@jest/globals';
import { createHosts, type HostsOption } from '../../src/capture/hosts';
import type { FurtherService } from '../../src/wire';
import { ask, startScene, stopScenes } from './scene';

const known = createHosts(undefined, 'aws', undefined);

afterEach(stopScenes);

// F730
const none = new Set<FurtherService>();
const ofSts = new Set<FurtherService>(['sts']);

describe('hosts of STS', () => {
  it.each<{ host: string; region: string | undefined }>`
    host                                                                | region
    ${'sts.amazonaws.com'}                                              | ${undefined}
    ${'sts.us-east-1.amazonaws.com'}                                    | ${'us-east-1'}
    ${'sts.not-real.amazonaws.com'}                                     | ${'not-real'}
    ${'STS.eu-west-1.amazonaws.com.'}                                   | ${'eu-west-1'}
    ${'sts-fips.us-east-1.amazonaws.com'}                               | ${'us-east-1'}
    ${'sts.us-gov-west-1.amazonaws.com'}                                | ${'us-gov-west-1'}
    ${'sts.eu-west-1.api.aws'}                                          | ${'eu-west-1'}
    ${'sts.cn-north-1.amazonaws.com.cn'}                                | ${'cn-north-1'}
    ${'sts.cn-north-1.api.amazonwebservices.com.cn'}                    | ${'cn-north-1'}
    ${'vpce-1a2b3c4d-5e6f.sts.us-east-1.vpce.amazonaws.com'}            | ${'us-east-1'}
    ${'vpce-1a2b3c4d-5e6f-us-east-1a.sts.us-east-1.vpce.amazonaws.com'} | ${'us-east-1'}
  `('$host is of $region', ({ host, region }) => {
    expect(known.endpointOf(host, 443)).toMatchObject({ service: 'sts', dialect: 'aws', region });
    expect(known.endpointOf(host, 443)).not.toHaveProperty('own');
  });

  it('have the id of a VPC endpoint without what follows it', () => {
    const host = 'vpce-1a2b3c4d-5e6f-us-east-1a.sts.us-east-1.vpce.amazonaws.com';
    expect(known.endpointOf(host, 443)?.vpcEndpoint).toBe('vpce-1a2b3c4d');
  });

  it.each([
    'signin.aws.amazon.com',
    'iam.amazonaws.com',
    'oidc.eu-west-1.amazonaws.com',
    'portal.sso.eu-west-1.amazonaws.com',
    'cognito-identity.eu-west-1.amazonaws.com',
    'sso.eu-west-1.amazonaws.com',
    'sqs.eu-west-1.amazonaws.com',
    'sts.amazonaws.com.cn',
    'sts.api.aws',
    'sts.vpce.amazonaws.com',
    'sts.us-east-1.vpce.amazonaws.com',
    'vpce-1a2b.sts.us-east-1.amazonaws.com',
    'ests.us-east-1.amazonaws.com',
    'sts.a.us-east-1.amazonaws.com',
    'my.sts.us-east-1.amazonaws.com',
    'sts.us-east-1.amazonaws.com.evil.test',
    'sts.us-east-1.evilamazonaws.com',
    'sts-us-east-1.amazonaws.com',
    'sts.abc.execute-api.us-east-1.amazonaws.com',
    'sts-lb-1.us-east-1.elb.amazonaws.com',
    'sts.minio.test',
  ])('are not %s, which passes', (host) => {
    expect(known.endpointOf(host, 443)).toBeUndefined();
  });

  it.each(['sts.s3.amazonaws.com', 'sts.s3.eu-west-1.amazonaws.com', 'sts.s3-us-west-2.amazonaws.com'])(
    'are not those of the bucket sts: %s',
    (host) => {
      expect(known.endpointOf(host, 443)).toMatchObject({ service: 's3' });
    },
  );

  it.each<[string, ReturnType<typeof createHosts>]>([
    ['sts: false', createHosts(undefined, 'aws', undefined, { services: none })],
    ['hosts: { only }', createHosts({ only: ['minio.test'] }, 'aws', undefined)],
  ])('pass under %s', (_, hosts) => {
    for (const host of ['sts.amazonaws.com', 'sts.eu-west-1.amazonaws.com'])
      expect(hosts.endpointOf(host, 443)).toBeUndefined();
  });

  it("are the user's own if the user names them", () => {
    const hosts = createHosts(['sts.amazonaws.com'], 'aws', undefined, { services: none });
    expect(hosts.endpointOf('sts.amazonaws.com', 443)).toMatchObject({ service: 's3', own: true });
  });

  it('are also the one that AWS_ENDPOINT_URL_STS names, unless STS is left alone', () => {
    const stsEndpoint = 'http://localhost:4566';
    const answers = (services: ReadonlySet<FurtherService>, hosts?: HostsOption) =>
      createHosts(hosts, 'aws', undefined, { services, stsEndpoint }).endpointOf('localhost', 4566) !== undefined;
    expect([answers(ofSts), answers(none), answers(ofSts, { only: [] })]).toEqual([true, false, false]);
  });

  it('are captured with their requests', async () => {
    const scene = startScene();
    await ask('https://sts.eu-west-1.amazonaws.com/');
    expect(scene.requests[0]?.endpoint).toMatchObject({ service: 'sts', region: 'eu-west-1' });
  });

  it('are refused by the guard of a capture that leaves them alone, which says how they are answered', async () => {
    startScene({ guard: true, services: none });
    await expect(ask('https://sts.eu-west-1.amazonaws.com/')).rejects.toThrow(
      /sts\.eu-west-1\.amazonaws\.com is not one of its hosts; .*This is STS, which the mock answers unless you set sts: false or hosts: \{ only \}\./,
    );
  });
});
