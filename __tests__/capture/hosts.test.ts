import { describe, expect, it } from '@jest/globals';
import { awsEndpoint } from '../../src/capture/aws-hosts';
import { createHosts, type HostsOption, overlaps } from '../../src/capture/hosts';
import { dialects } from '../../src/dialects';
import { firstRegion, hasHyphenInHost, regionNames } from '../../src/formats/regions';

const known = createHosts(undefined, 'aws', undefined);

describe('hosts of AWS S3', () => {
  it.each`
    host                                            | base                                            | region
    ${'s3.amazonaws.com'}                           | ${'s3.amazonaws.com'}                           | ${undefined}
    ${'vault.s3.amazonaws.com'}                     | ${'s3.amazonaws.com'}                           | ${undefined}
    ${'my.dotted.vault.s3.amazonaws.com'}           | ${'s3.amazonaws.com'}                           | ${undefined}
    ${'VAULT.S3.amazonaws.com.'}                    | ${'s3.amazonaws.com'}                           | ${undefined}
    ${'s3.s3.amazonaws.com'}                        | ${'s3.amazonaws.com'}                           | ${undefined}
    ${'s3-external-1.amazonaws.com'}                | ${'s3-external-1.amazonaws.com'}                | ${undefined}
    ${'vault.s3-external-1.amazonaws.com'}          | ${'s3-external-1.amazonaws.com'}                | ${undefined}
    ${'vault.s3.eu-west-1.amazonaws.com'}           | ${'s3.eu-west-1.amazonaws.com'}                 | ${'eu-west-1'}
    ${'a.s3.eu-west-1.s3.us-east-2.amazonaws.com'}  | ${'s3.us-east-2.amazonaws.com'}                 | ${'us-east-2'}
    ${'s3-us-west-2.amazonaws.com'}                 | ${'s3-us-west-2.amazonaws.com'}                 | ${'us-west-2'}
    ${'vault.s3-eu-central-1.amazonaws.com'}        | ${'s3-eu-central-1.amazonaws.com'}              | ${'eu-central-1'}
    ${'s3-us-gov-west-1.amazonaws.com'}             | ${'s3-us-gov-west-1.amazonaws.com'}             | ${'us-gov-west-1'}
    ${'vault.s3.dualstack.us-east-1.amazonaws.com'} | ${'s3.dualstack.us-east-1.amazonaws.com'}       | ${'us-east-1'}
    ${'s3-fips-us-gov-west-1.amazonaws.com'}        | ${'s3-fips-us-gov-west-1.amazonaws.com'}        | ${'us-gov-west-1'}
    ${'vault.s3.us-east-1.api.aws'}                 | ${'s3.us-east-1.api.aws'}                       | ${'us-east-1'}
    ${'s3.cn-north-1.api.amazonwebservices.com.cn'} | ${'s3.cn-north-1.api.amazonwebservices.com.cn'} | ${'cn-north-1'}
    ${'s3.eusc-de-east-1.api.amazonwebservices.eu'} | ${'s3.eusc-de-east-1.api.amazonwebservices.eu'} | ${'eusc-de-east-1'}
    ${'s3.us-iso-east-1.api.aws.ic.gov'}            | ${'s3.us-iso-east-1.api.aws.ic.gov'}            | ${'us-iso-east-1'}
    ${'s3.us-isob-east-1.api.aws.scloud'}           | ${'s3.us-isob-east-1.api.aws.scloud'}           | ${'us-isob-east-1'}
    ${'s3.eu-isoe-west-1.api.cloud-aws.adc-e.uk'}   | ${'s3.eu-isoe-west-1.api.cloud-aws.adc-e.uk'}   | ${'eu-isoe-west-1'}
    ${'s3.us-isof-south-1.api.aws.hci.ic.gov'}      | ${'s3.us-isof-south-1.api.aws.hci.ic.gov'}      | ${'us-isof-south-1'}
  `('$host is $base of $region', ({ host = '', base, region }) => {
    expect(known.endpointOf(host, 443)).toEqual({ service: 's3', base, dialect: 'aws', region });
  });
});

// F331
describe('hosts of S3 Transfer Acceleration', () => {
  it.each`
    host                                                       | base                                                 | region
    ${'vault.s3-accelerate.amazonaws.com'}                     | ${'s3-accelerate.amazonaws.com'}                     | ${undefined}
    ${'s3-accelerate.amazonaws.com'}                           | ${'s3-accelerate.amazonaws.com'}                     | ${undefined}
    ${'vault.s3-accelerate.dualstack.amazonaws.com'}           | ${'s3-accelerate.dualstack.amazonaws.com'}           | ${undefined}
    ${'vault.s3-accelerate.dualstack.us-east-1.amazonaws.com'} | ${'s3-accelerate.dualstack.us-east-1.amazonaws.com'} | ${'us-east-1'}
  `('$host is $base of $region', ({ host = '', base, region }) => {
    expect(known.endpointOf(host, 443)).toEqual({ service: 's3', base, dialect: 'aws', region, accelerated: true });
  });
});

// F255
describe('hosts of a VPC endpoint of S3', () => {
  const id = 'vpce-1a2b3c4d-5e6f';
  const american = `bucket.${id}.s3.us-east-1.vpce.amazonaws.com`;
  const european = `bucket.${id}.s3.eu-west-1.vpce.amazonaws.com`;
  const zonal = `bucket.${id}-us-east-1a.s3.us-east-1.vpce.amazonaws.com`;
  const chinese = `bucket.${id}.s3.cn-north-1.vpce.amazonaws.com.cn`;
  const governmental = `bucket.${id}.s3.us-gov-west-1.vpce.amazonaws.com`;
  it.each([
    [american, american, 'us-east-1'],
    [`vault.${american}`, american, 'us-east-1'],
    [`my.dotted.vault.${european}`, european, 'eu-west-1'],
    [`bucket.${american}`, american, 'us-east-1'],
    [`control.${american}`, american, 'us-east-1'],
    [`vault.${zonal}`, zonal, 'us-east-1'],
    [`vault.${chinese}`, chinese, 'cn-north-1'],
    [`VAULT.${governmental}.`, governmental, 'us-gov-west-1'],
  ])('%s is %s of %s', (host, base, region) => {
    expect(known.endpointOf(host, 443)).toEqual({
      service: 's3',
      base,
      dialect: 'aws',
      region,
      vpcEndpoint: 'vpce-1a2b3c4d',
    });
  });

  // F660
  it.each`
    label                                           | id
    ${'vpce-1a2b3c4d'}                              | ${'vpce-1a2b3c4d'}
    ${'vpce-0123456789abcdef0-k3l4m5n6'}            | ${'vpce-0123456789abcdef0'}
    ${'vpce-0123456789abcdef0-k3l4m5n6-eu-west-1b'} | ${'vpce-0123456789abcdef0'}
  `('$label has the id $id', ({ label, id }) => {
    expect(known.endpointOf(`vault.bucket.${label}.s3.eu-west-1.vpce.amazonaws.com`, 443)).toMatchObject({
      service: 's3',
      vpcEndpoint: id,
    });
  });
});

describe('hosts of IBM Cloud Object Storage', () => {
  it.each`
    host                                                             | base                                                       | region
    ${'s3.us-south.cloud-object-storage.appdomain.cloud'}            | ${'s3.us-south.cloud-object-storage.appdomain.cloud'}      | ${'us-south'}
    ${'my.vault.s3.eu-gb.cloud-object-storage.appdomain.cloud'}      | ${'s3.eu-gb.cloud-object-storage.appdomain.cloud'}         | ${'eu-gb'}
    ${'vault.s3.private.eu-de.cloud-object-storage.appdomain.cloud'} | ${'s3.private.eu-de.cloud-object-storage.appdomain.cloud'} | ${'eu-de'}
    ${'vault.s3.direct.jp-tok.cloud-object-storage.appdomain.cloud'} | ${'s3.direct.jp-tok.cloud-object-storage.appdomain.cloud'} | ${'jp-tok'}
    ${'s3.us.cloud-object-storage.appdomain.cloud'}                  | ${'s3.us.cloud-object-storage.appdomain.cloud'}            | ${'us'}
    ${'s3.ams03.cloud-object-storage.appdomain.cloud'}               | ${'s3.ams03.cloud-object-storage.appdomain.cloud'}         | ${'ams03'}
    ${'s3.in-mum.cloud-object-storage.appdomain.cloud'}              | ${'s3.in-mum.cloud-object-storage.appdomain.cloud'}        | ${'in-mum'}
    ${'s3.mars-north.cloud-object-storage.appdomain.cloud'}          | ${'s3.mars-north.cloud-object-storage.appdomain.cloud'}    | ${'mars-north'}
    ${'s3-api.us-geo.objectstorage.softlayer.net'}                   | ${'s3-api.us-geo.objectstorage.softlayer.net'}             | ${'us'}
    ${'vault.s3.us-south.objectstorage.softlayer.net'}               | ${'s3.us-south.objectstorage.softlayer.net'}               | ${'us-south'}
    ${'s3.private.eu-gb.objectstorage.softlayer.net'}                | ${'s3.private.eu-gb.objectstorage.softlayer.net'}          | ${'eu-gb'}
    ${'s3.eu-gb.objectstorage.service.networklayer.com'}             | ${'s3.eu-gb.objectstorage.service.networklayer.com'}       | ${'eu-gb'}
  `('$host is $base of $region', ({ host = '', base, region }) => {
    expect(known.endpointOf(host, 443)).toEqual({ service: 's3', base, dialect: 'ibm-cos', region });
  });

  // IBM's documentation of tethered endpoints, and the hosts of its samples and tests. F252
  const cos = 'cloud-object-storage';
  it.each`
    host                                                 | base                                               | region
    ${`s3.dal.us.${cos}.appdomain.cloud`}                | ${`s3.dal.us.${cos}.appdomain.cloud`}              | ${'us'}
    ${`s3.private.sjc.us.${cos}.appdomain.cloud`}        | ${`s3.private.sjc.us.${cos}.appdomain.cloud`}      | ${'us'}
    ${`s3.direct.ams.eu.${cos}.appdomain.cloud`}         | ${`s3.direct.ams.eu.${cos}.appdomain.cloud`}       | ${'eu'}
    ${`my.vault.s3.tok.ap.${cos}.appdomain.cloud`}       | ${`s3.tok.ap.${cos}.appdomain.cloud`}              | ${'ap'}
    ${`s3.s3.us.${cos}.appdomain.cloud`}                 | ${`s3.us.${cos}.appdomain.cloud`}                  | ${'us'}
    ${`s3.us-west.${cos}.test.appdomain.cloud`}          | ${`s3.us-west.${cos}.test.appdomain.cloud`}        | ${'us-west'}
    ${`vault.s3.private.us.${cos}.test.appdomain.cloud`} | ${`s3.private.us.${cos}.test.appdomain.cloud`}     | ${'us'}
    ${`s3.test.${cos}.sample.appdomain.cloud`}           | ${`s3.test.${cos}.sample.appdomain.cloud`}         | ${'test'}
    ${'s3-api.dal-us-geo.objectstorage.softlayer.net'}   | ${'s3-api.dal-us-geo.objectstorage.softlayer.net'} | ${'us'}
    ${'s3.eu-geo.objectstorage.softlayer.net'}           | ${'s3.eu-geo.objectstorage.softlayer.net'}         | ${'eu'}
  `('$host is $base of the location $region', ({ host = '', base, region }) => {
    expect(known.endpointOf(host, 443)).toEqual({ service: 's3', base, dialect: 'ibm-cos', region });
  });

  // F251
  it.each([
    'iam.cloud.ibm.com',
    'private.iam.cloud.ibm.com',
    'private.us-south.iam.cloud.ibm.com',
    'private.us-east.iam.cloud.ibm.com',
    'identity-2.us-south.iam.cloud.ibm.com',
    'iam-region2.cloud.ibm.com',
    'iam.test.cloud.ibm.com',
    'private.iam.test.cloud.ibm.com',
    'iam.bluemix.net',
    'iam.ng.bluemix.net',
    'iam.eu-gb.bluemix.net',
    'iam.stage1.bluemix.net',
    'iam.stage1.ng.bluemix.net',
    'iam-region2.bluemix.net',
  ])('%s issues tokens', (host) => {
    for (const spelling of [host, `${host.toUpperCase()}.`])
      expect(known.endpointOf(spelling, 443)).toEqual({
        service: 'iam',
        base: host,
        dialect: 'ibm-cos',
        region: undefined,
      });
  });
});

describe('hosts of S3 Control and of access points', () => {
  it.each([
    ['s3-control.us-east-1.amazonaws.com', 's3-control', 'us-east-1', 's3-control.us-east-1.amazonaws.com'],
    [
      '111122223333.s3-control.eu-west-1.amazonaws.com',
      's3-control',
      'eu-west-1',
      's3-control.eu-west-1.amazonaws.com',
    ],
    [
      '111122223333.s3-control-fips.dualstack.us-east-1.amazonaws.com',
      's3-control',
      'us-east-1',
      's3-control-fips.dualstack.us-east-1.amazonaws.com',
    ],
    [
      '1111.control.vpce-1a2b-5e6f.s3.us-east-1.vpce.amazonaws.com',
      's3-control',
      'us-east-1',
      'control.vpce-1a2b-5e6f.s3.us-east-1.vpce.amazonaws.com',
    ],
    [
      'point-111122223333.s3-accesspoint.us-east-1.amazonaws.com',
      's3',
      'us-east-1',
      's3-accesspoint.us-east-1.amazonaws.com',
    ],
    [
      'point-111122223333.s3-accesspoint-fips.dualstack.us-east-1.amazonaws.com',
      's3',
      'us-east-1',
      's3-accesspoint-fips.dualstack.us-east-1.amazonaws.com',
    ],
    [
      'point-111122223333.s3-accesspoint.cn-north-1.amazonaws.com.cn',
      's3',
      'cn-north-1',
      's3-accesspoint.cn-north-1.amazonaws.com.cn',
    ],
    [
      'p-111122223333.accesspoint.vpce-1a2b-5e6f.s3.us-east-1.vpce.amazonaws.com',
      's3',
      'us-east-1',
      'accesspoint.vpce-1a2b-5e6f.s3.us-east-1.vpce.amazonaws.com',
    ],
  ])('%s is %s in %s', (host, service, region, base) => {
    const endpoint = createHosts(undefined, 'aws', undefined).endpointOf(host, 443);
    expect(endpoint).toMatchObject({ service, base, region, ...(service === 's3' && { accessPoint: true }) });
  });
});

describe('the hosts of static websites', () => {
  it.each([
    ['vault.s3-website-us-east-1.amazonaws.com', 's3-website-us-east-1.amazonaws.com', 'us-east-1'],
    ['vault.s3-website.us-east-1.amazonaws.com', 's3-website.us-east-1.amazonaws.com', 'us-east-1'],
    ['www.example.com.s3-website.eu-central-1.amazonaws.com', 's3-website.eu-central-1.amazonaws.com', 'eu-central-1'],
    ['s3-website-us-gov-west-1.amazonaws.com', 's3-website-us-gov-west-1.amazonaws.com', 'us-gov-west-1'],
    ['vault.s3-website.cn-north-1.amazonaws.com.cn', 's3-website.cn-north-1.amazonaws.com.cn', 'cn-north-1'],
    [
      'vault.s3-web.us-south.cloud-object-storage.appdomain.cloud',
      's3-web.us-south.cloud-object-storage.appdomain.cloud',
      'us-south',
    ],
    [
      's3-web.private.dal.us.cloud-object-storage.appdomain.cloud',
      's3-web.private.dal.us.cloud-object-storage.appdomain.cloud',
      'us',
    ],
  ])('%s is below %s, in %s (F1800, F1805)', (host, base, region) => {
    expect(known.endpointOf(host, 80)).toMatchObject({ service: 's3', website: 'in front', base, region });
  });

  it.each([
    [
      'vault.s3-website-eu-central-1.amazonaws.com',
      'the website hosts of eu-central-1 have a dot in front of the region: vault.s3-website.eu-central-1.amazonaws.com',
    ],
    ['vault.s3-website.dualstack.us-east-1.amazonaws.com', 'S3 does not answer website hosts over IPv6'],
    ['vault.s3-website.us-east-1.api.aws', 'S3 does not answer website hosts over IPv6'],
    ['vault.s3-website.amazonaws.com', 'looks like a host of S3'],
    ['vault.s3-website-us-east-1.us-east-1.amazonaws.com', 'looks like a host of S3'],
    ['vault.s3-websites.us-east-1.amazonaws.com', 'looks like a host of S3'],
  ])('%s is refused: %s', (host, why) => {
    expect(known.endpointOf(host, 80)).toMatchObject({ service: 'refused', why: expect.stringContaining(why) });
  });

  it('can be domains of the user, of which a host below is another bucket', () => {
    const expression = /^(?<bucket>[a-z]+)\.sites\.test$/;
    const sites = { websites: ['www.example.com', 'http://shop.test:8080', expression, /^[a-z]+\.pages\.test$/] };
    const hosts = createHosts(sites, 'aws', undefined);
    const found = (host: string, port = 80) => hosts.endpointOf(host, port);
    expect(found('www.example.com')).toMatchObject({
      service: 's3',
      website: 'whole',
      base: 'www.example.com',
      own: true,
    });
    expect(found('a.www.example.com')).toBeUndefined();
    expect(found('shop.test', 8080)).toMatchObject({ website: 'whole', base: 'shop.test' });
    expect(found('shop.test')).toBeUndefined();
    expect(found('vault.sites.test')).toMatchObject({ website: 'in front', base: 'sites.test' });
    expect(found('blog.pages.test')).toMatchObject({ website: 'whole', base: 'blog.pages.test' });
    expect(hosts.unmatchedPatterns()).toEqual([]);
  });

  it('on COS can be domains that answer https (F1805)', () => {
    const found = (port: number) =>
      createHosts({ websites: ['https://www.example.com'] }, 'ibm-cos', undefined).endpointOf('www.example.com', port);
    expect(found(443)).toMatchObject({ website: 'whole', dialect: 'ibm-cos' });
    expect(found(80)).toBeUndefined();
  });

  it.each<[HostsOption, number, string]>([
    [{ pass: ['www.example.com:8080'] }, 8080, 'passes'],
    [{ pass: ['www.example.com:8080'] }, 80, 'is a website'],
    [{ pass: ['example.com'] }, 80, 'is a website'],
    [{ also: ['www.example.com:9000'] }, 9000, 'is S3'],
    [{ also: ['www.example.com:9000'] }, 80, 'is a website'],
    [{ also: ['example.com:80'] }, 80, 'is a website'],
  ])('are less exact than the same domain with its port: beside %j, port %d %s', (others, port, what) => {
    const { endpointOf, passes } = createHosts({ ...others, websites: ['www.example.com'] }, 'aws', undefined);
    const found = endpointOf('www.example.com', port);
    expect(passes('www.example.com', port) ? 'passes' : found?.website ? 'is a website' : 'is S3').toBe(what);
  });

  it('are of the same form, and of the same protocols, as the answers say of them', () => {
    const withHyphen = regionNames.filter((region) => awsEndpoint(`s3-website-${region}.amazonaws.com`)?.website);
    expect(withHyphen).toEqual(regionNames.filter((region) => region === firstRegion || hasHyphenInHost(region)));
    for (const name of ['aws', 'ibm-cos'] as const) {
      const make = () => createHosts({ websites: ['https://www.example.com'] }, name, undefined);
      if (dialects[name].websites.answerHttps) expect(make).not.toThrow();
      else expect(make).toThrow('the websites of S3 answer http alone');
    }
  });

  it.each<[HostsOption, string]>([
    [
      { websites: ['https://www.example.com'] },
      "hosts.websites: invalid host 'https://www.example.com'; expected a host without https://, since the websites of S3 answer http alone",
    ],
    [
      { also: ['shop.test'], websites: ['shop.test'] },
      "mockS3: 'shop.test' is in hosts.also and in hosts.websites. The mock answers the hosts of also as S3, and those of websites as websites: keep it in one of the two lists.",
    ],
    [
      { only: [/shop/], websites: [/shop/] },
      'mockS3: /shop/ is in hosts.only and in hosts.websites. The mock answers the hosts of only as S3, and those of websites as websites: keep it in one of the two lists.',
    ],
    [
      { pass: ['shop.test'], websites: ['shop.test'] },
      "mockS3: 'shop.test' is in hosts.websites and in hosts.pass. The mock answers the hosts of websites, and leaves those of pass alone: keep it in one of the two lists.",
    ],
  ])('are refused as %j', (hosts, message) => {
    expect(() => createHosts(hosts, 'aws', undefined)).toThrow(message);
  });
});

describe('S3 hosts that this library does not answer', () => {
  it.each`
    host                                                              | why
    ${'mfzwi23gnjvgw.mrap.accesspoint.s3-global.amazonaws.com'}       | ${'S3 multi-region access point'}
    ${'lambda-111122223333.s3-object-lambda.us-east-1.amazonaws.com'} | ${'S3 Object Lambda'}
    ${'p-1.op-01ac.s3-outposts.us-west-2.amazonaws.com'}              | ${'S3 on Outposts'}
    ${'v--usw2-az1--x-s3.s3express-usw2-az1.us-west-2.amazonaws.com'} | ${'S3 Express One Zone'}
    ${'s3tables.us-east-1.amazonaws.com'}                             | ${'S3 Tables'}
    ${'s3vectors.us-east-1.api.aws'}                                  | ${'S3 Vectors'}
    ${'s3files.us-east-1.amazonaws.com'}                              | ${'S3 Files'}
    ${'s3files.us-east-1.api.aws'}                                    | ${'S3 Files'}
    ${'vpce-1a2b-5e6f.s3tables.us-east-1.vpce.amazonaws.com'}         | ${'S3 Tables'}
    ${'vpce-1a2b-5e6f.s3-outposts.us-east-1.vpce.amazonaws.com'}      | ${'S3 on Outposts'}
    ${'vpce-1a2b-5e6f.accesspoint.s3-global.vpce.amazonaws.com'}      | ${'S3 multi-region access point'}
    ${'config.cloud-object-storage.cloud.ibm.com'}                    | ${'COS Resource Configuration API'}
    ${'config.private.cloud-object-storage.cloud.ibm.com'}            | ${'COS Resource Configuration API'}
    ${'control.cloud-object-storage.cloud.ibm.com'}                   | ${'COS control'}
    ${'control.cloud-object-storage.test.cloud.ibm.com'}              | ${'COS control'}
  `('$host is refused as $why', ({ host = '', why }) => {
    expect(known.endpointOf(host, 443)).toMatchObject({
      service: 'refused',
      why: `s3-versioning-mock does not answer ${why} endpoints`,
    });
  });

  it.each([
    's3.moon-1.amazonaws.com',
    'vault.s3-next.us-east-1.amazonaws.com',
    's3.newthing.us-east-1.amazonaws.com',
    's3.dualstack.amazonaws.com',
    's3.us-east-1.newthing.amazonaws.com',
    's3-next.amazonaws.com',
    's3.aws-global.amazonaws.com',
    's3.dualstack.moon-1.amazonaws.com.cn',
    'vpce-1a2b3c4d-5e6f.s3.us-east-1.vpce.amazonaws.com',
    'vault.vpce-1a2b3c4d-5e6f.s3.us-east-1.vpce.amazonaws.com',
    'bucket.vpce-1a2b3c4d-5e6f.s3-fips.us-east-1.vpce.amazonaws.com',
    'bucket.vpce-1a2b3c4d-5e6f.s3.vpce.amazonaws.com',
    's3.dall.us.cloud-object-storage.appdomain.cloud',
    's3.dal.usa.cloud-object-storage.appdomain.cloud',
    'something.cloud-object-storage.appdomain.cloud',
    'cloud-object-storage.appdomain.cloud',
    's3.private.cloud-object-storage.appdomain.cloud',
    's3.dal.private.us.cloud-object-storage.appdomain.cloud',
    's3.dal.us-south.cloud-object-storage.appdomain.cloud',
    'something.cloud-object-storage.test.appdomain.cloud',
    'dal.objectstorage.softlayer.net',
  ])('%s looks like S3: refused with the option that adds it', (host) => {
    expect(known.endpointOf(host, 443)).toMatchObject({
      service: 'refused',
      why: expect.stringContaining(`add it: mockS3({ hosts: ['${host}'] })`),
    });
  });
});

it.each([
  ['us-east1', 's3.us-east1.amazonaws.com'],
  ['us-east1', 'vault.s3.us-east1.amazonaws.com'],
  ['eu-west', 'vault.s3.eu-west.amazonaws.com'],
  ['us-east-1a', 'vault.s3.us-east-1a.amazonaws.com'],
  ['us-gov-west', 's3.us-gov-west.amazonaws.com'],
])('the misspelt region %s in %s is named', (region, host) => {
  expect(known.endpointOf(host, 443)).toMatchObject({
    service: 'refused',
    why: `${host} looks like a host of S3 whose region is misspelt: AWS has no region '${region}'; its names are like 'us-east-1'`,
  });
});

it.each(['s3.eastern.amazonaws.com', 's3.users.amazonaws.com', 's3-docs.eu-west.amazonaws.com'])(
  '%s passes',
  (host) => {
    expect(known.endpointOf(host, 443)).toBeUndefined();
  },
);

describe('stores of others that speak S3', () => {
  const account = '0123456789abcdef0123456789abcdef';
  it.each`
    host                                                                | base
    ${`${account}.r2.cloudflarestorage.com`}                            | ${`${account}.r2.cloudflarestorage.com`}
    ${`vault.${account}.r2.cloudflarestorage.com`}                      | ${`${account}.r2.cloudflarestorage.com`}
    ${`my.vault.${account}.eu.r2.cloudflarestorage.com`}                | ${`${account}.eu.r2.cloudflarestorage.com`}
    ${`${account}.fedramp.r2.cloudflarestorage.com`}                    | ${`${account}.fedramp.r2.cloudflarestorage.com`}
    ${`${account}.moon.r2.cloudflarestorage.com`}                       | ${`${account}.moon.r2.cloudflarestorage.com`}
    ${'vault.account.us.r2.cloudflarestorage.com'}                      | ${'account.us.r2.cloudflarestorage.com'}
    ${'ACCOUNT.R2.cloudflarestorage.com.'}                              | ${'account.r2.cloudflarestorage.com'}
    ${'nyc3.digitaloceanspaces.com'}                                    | ${'nyc3.digitaloceanspaces.com'}
    ${'my.vault.fra1.digitaloceanspaces.com'}                           | ${'fra1.digitaloceanspaces.com'}
    ${'s3.wasabisys.com'}                                               | ${'s3.wasabisys.com'}
    ${'vault.s3.eu-central-1.wasabisys.com'}                            | ${'s3.eu-central-1.wasabisys.com'}
    ${'vault.s3.us-west-004.backblazeb2.com'}                           | ${'s3.us-west-004.backblazeb2.com'}
    ${'vault.fly.storage.tigris.dev'}                                   | ${'fly.storage.tigris.dev'}
    ${'vault.t3.storage.dev'}                                           | ${'t3.storage.dev'}
    ${'vault.s3.fr-par.scw.cloud'}                                      | ${'s3.fr-par.scw.cloud'}
    ${'vault.s3.gra.io.cloud.ovh.net'}                                  | ${'s3.gra.io.cloud.ovh.net'}
    ${'s3.gra.perf.cloud.ovh.net'}                                      | ${'s3.gra.perf.cloud.ovh.net'}
    ${'s3.us-east-va.io.cloud.ovh.us'}                                  | ${'s3.us-east-va.io.cloud.ovh.us'}
    ${'vault.us-southeast-1.linodeobjects.com'}                         | ${'us-southeast-1.linodeobjects.com'}
    ${'us-iad-10.linodeobjects.com'}                                    | ${'us-iad-10.linodeobjects.com'}
    ${'vault.fsn1.your-objectstorage.com'}                              | ${'fsn1.your-objectstorage.com'}
    ${'gateway.storjshare.io'}                                          | ${'gateway.storjshare.io'}
    ${'vault.gateway.eu1.storjshare.io'}                                | ${'gateway.eu1.storjshare.io'}
    ${'space.compat.objectstorage.eu-frankfurt-1.oraclecloud.com'}      | ${'space.compat.objectstorage.eu-frankfurt-1.oraclecloud.com'}
    ${'space.compat.objectstorage.us-ashburn-1.oci.customer-oci.com'}   | ${'space.compat.objectstorage.us-ashburn-1.oci.customer-oci.com'}
    ${'vault.vhcompat.objectstorage.us-ashburn-1.oci.customer-oci.com'} | ${'vhcompat.objectstorage.us-ashburn-1.oci.customer-oci.com'}
    ${'vault.s3.oss-cn-hangzhou.aliyuncs.com'}                          | ${'s3.oss-cn-hangzhou.aliyuncs.com'}
    ${'vault.oss-eu-central-1-internal.aliyuncs.com'}                   | ${'oss-eu-central-1-internal.aliyuncs.com'}
    ${'vault.oss-accelerate.aliyuncs.com'}                              | ${'oss-accelerate.aliyuncs.com'}
    ${'vault-1250000000.cos.ap-guangzhou.myqcloud.com'}                 | ${'cos.ap-guangzhou.myqcloud.com'}
    ${'service.cos.myqcloud.com'}                                       | ${'service.cos.myqcloud.com'}
    ${'my.vault.ewr1.vultrobjects.com'}                                 | ${'ewr1.vultrobjects.com'}
    ${'vault.q9d9.la12.idrivee2-5.com'}                                 | ${'q9d9.la12.idrivee2-5.com'}
    ${'my.vault.sos-ch-gva-2.exo.io'}                                   | ${'sos-ch-gva-2.exo.io'}
    ${'vault.eu2.contabostorage.com'}                                   | ${'eu2.contabostorage.com'}
    ${'my.vault.s3.us-east-005.dream.io'}                               | ${'s3.us-east-005.dream.io'}
    ${'vault.s3.eu-central-3.ionoscloud.com'}                           | ${'s3.eu-central-3.ionoscloud.com'}
    ${'my.vault.nl.object-storage.io'}                                  | ${'nl.object-storage.io'}
    ${'vault.eu-001.s3.synologyc2.net'}                                 | ${'eu-001.s3.synologyc2.net'}
    ${'my.vault.s3.filebase.com'}                                       | ${'s3.filebase.com'}
    ${'vault.s3.us-east-1.lyvecloud.seagate.com'}                       | ${'s3.us-east-1.lyvecloud.seagate.com'}
    ${'my.vault.br-se1.magaluobjects.com'}                              | ${'br-se1.magaluobjects.com'}
    ${'vault.s3.eu-luxembourg-1.megas4.com'}                            | ${'s3.eu-luxembourg-1.megas4.com'}
    ${'my.vault.eu-central-2.storage.impossibleapi.net'}                | ${'eu-central-2.storage.impossibleapi.net'}
    ${'vault.s3.cubbit.eu'}                                             | ${'s3.cubbit.eu'}
    ${'my.vault.s3.tebi.io'}                                            | ${'s3.tebi.io'}
    ${'vault.us-east.object.fastlystorage.app'}                         | ${'us-east.object.fastlystorage.app'}
    ${'my.vault.cwobject.com'}                                          | ${'cwobject.com'}
    ${'vault.storage.eu-north1.nebius.cloud'}                           | ${'storage.eu-north1.nebius.cloud'}
    ${'my.vault.objectstore.lon1.civo.com'}                             | ${'objectstore.lon1.civo.com'}
    ${'vault.us-central-1.telnyxcloudstorage.com'}                      | ${'us-central-1.telnyxcloudstorage.com'}
    ${'my.vault.oos.eu-west-2.outscale.com'}                            | ${'oos.eu-west-2.outscale.com'}
    ${'vault.cellar-c2.services.clever-cloud.com'}                      | ${'cellar-c2.services.clever-cloud.com'}
    ${'my.vault.s3.leviia.com'}                                         | ${'s3.leviia.com'}
    ${'vault.de-fra.i3storage.com'}                                     | ${'de-fra.i3storage.com'}
    ${'my.vault.fra1.s3.zeroservices.eu'}                               | ${'fra1.s3.zeroservices.eu'}
    ${'vault.af13.gos3.io'}                                             | ${'af13.gos3.io'}
    ${'my.vault.s-ed1.cloud.gcore.lu'}                                  | ${'s-ed1.cloud.gcore.lu'}
    ${'vault.s3-gw1.relaix.net'}                                        | ${'s3-gw1.relaix.net'}
    ${'my.vault.s3-02.polisystems.ch'}                                  | ${'s3-02.polisystems.ch'}
    ${'vault.eu-east-1.s3.storadera.com'}                               | ${'eu-east-1.s3.storadera.com'}
    ${'my.vault.s3.eu-central-1.internxt.com'}                          | ${'s3.eu-central-1.internxt.com'}
    ${'vault.uk-lon-1.katapultobjects.com'}                             | ${'uk-lon-1.katapultobjects.com'}
    ${'my.vault.s3.pilw.io'}                                            | ${'s3.pilw.io'}
    ${'vault.objects.dinaserver.com'}                                   | ${'objects.dinaserver.com'}
    ${'my.vault.s3.z1storage.com'}                                      | ${'s3.z1storage.com'}
    ${'vault.s3.vitanium.com'}                                          | ${'s3.vitanium.com'}
    ${'my.vault.s3.eu-central-1.myqnapcloud.io'}                        | ${'s3.eu-central-1.myqnapcloud.io'}
    ${'vault.s3-bkk.nipa.cloud'}                                        | ${'s3-bkk.nipa.cloud'}
    ${'my.vault.s3.us-east-1.rabata.io'}                                | ${'s3.us-east-1.rabata.io'}
    ${'vault.s3.petabox.io'}                                            | ${'s3.petabox.io'}
    ${'my.vault.idr01.zata.ai'}                                         | ${'idr01.zata.ai'}
    ${'vault.eu.s5lu.com'}                                              | ${'eu.s5lu.com'}
    ${'my.vault.au-nsw.s3.rackcorp.com'}                                | ${'au-nsw.s3.rackcorp.com'}
    ${'vault.hn.ss.bfcplatform.vn'}                                     | ${'hn.ss.bfcplatform.vn'}
    ${'my.vault.storage.iran.liara.space'}                              | ${'storage.iran.liara.space'}
    ${'vault.s3.ir-thr-at1.arvanstorage.ir'}                            | ${'s3.ir-thr-at1.arvanstorage.ir'}
    ${'my.vault.s3.ru-1.storage.selcloud.ru'}                           | ${'s3.ru-1.storage.selcloud.ru'}
    ${'vault.s3.uz-2.srvstorage.uz'}                                    | ${'s3.uz-2.srvstorage.uz'}
    ${'my.vault.hb.ru-msk.vkcloud-storage.ru'}                          | ${'hb.ru-msk.vkcloud-storage.ru'}
    ${'vault.s3.isk01.sakurastorage.jp'}                                | ${'s3.isk01.sakurastorage.jp'}
    ${'my.vault.kr.object.ncloudstorage.com'}                           | ${'kr.object.ncloudstorage.com'}
    ${'vault.s3-cn-east-1.qiniucs.com'}                                 | ${'s3-cn-east-1.qiniucs.com'}
    ${'my.vault.s3-cn-bj.ufileos.com'}                                  | ${'s3-cn-bj.ufileos.com'}
    ${'vault.tos-s3-cn-beijing.volces.com'}                             | ${'tos-s3-cn-beijing.volces.com'}
    ${'my.vault.eos-wuxi-1.cmecloud.cn'}                                | ${'eos-wuxi-1.cmecloud.cn'}
    ${'vault.objects-us-east-1.dream.io'}                               | ${'objects-us-east-1.dream.io'}
    ${'objects.dreamhost.com'}                                          | ${'objects.dreamhost.com'}
    ${'s3-eu-south-2.ionoscloud.com'}                                   | ${'s3-eu-south-2.ionoscloud.com'}
    ${'vault.s3.eu-amsterdam.megas4.com'}                               | ${'s3.eu-amsterdam.megas4.com'}
    ${'vault.s3.eu-central-1.s4.mega.io'}                               | ${'s3.eu-central-1.s4.mega.io'}
    ${'ca-west-1.s4.mega.io'}                                           | ${'ca-west-1.s4.mega.io'}
    ${'s3.us-west-1.idrivee2.com'}                                      | ${'s3.us-west-1.idrivee2.com'}
    ${'vault.g8p6.ldn.idrivee2-22.com'}                                 | ${'g8p6.ldn.idrivee2-22.com'}
    ${'nj1.vultrobjects.com'}                                           | ${'nj1.vultrobjects.com'}
    ${'usc1.contabostorage.com'}                                        | ${'usc1.contabostorage.com'}
    ${'s3.tenant.cubbit.eu'}                                            | ${'s3.tenant.cubbit.eu'}
    ${'vault.s3.rackcorp.com'}                                          | ${'s3.rackcorp.com'}
    ${'vault.s5lu.com'}                                                 | ${'s5lu.com'}
    ${'vault.gos3.io'}                                                  | ${'gos3.io'}
    ${'s3.us-west-1.global.lyve.seagate.com'}                           | ${'s3.us-west-1.global.lyve.seagate.com'}
    ${'hb.vkcloud-storage.ru'}                                          | ${'hb.vkcloud-storage.ru'}
    ${'eos-yunnan.cmecloud.cn'}                                         | ${'eos-yunnan.cmecloud.cn'}
    ${'s3-cn-guiyang1.ufileos.com'}                                     | ${'s3-cn-guiyang1.ufileos.com'}
    ${'vault.tos-s3-cn-shanghai.ivolces.com'}                           | ${'tos-s3-cn-shanghai.ivolces.com'}
  `('$host is refused, and the lines that answer it and let it pass name $base', ({ host = '', base = '' }) => {
    const endpoint = known.endpointOf(host, 9000);
    expect(endpoint).toMatchObject({ service: 'refused', store: true, base });
    expect(endpoint?.why).toContain(`mockS3({ hosts: ['${base}'] })`);
    expect(endpoint?.why).toContain(`mockS3({ hosts: { pass: ['${base}'] } })`);
    // Both lines do what they say.
    expect(createHosts([base], 'aws', undefined).endpointOf(host, 9000)).toMatchObject({
      service: 's3',
      base,
      own: true,
    });
    expect(createHosts({ pass: [base] }, 'aws', undefined).passes(host, 9000)).toBe(true);
    expect(createHosts({ only: ['a.test'] }, 'aws', undefined).endpointOf(host, 9000)).toBeUndefined();
  });

  it.each([
    'pub-0123456789abcdef.r2.dev',
    'cloudflarestorage.com',
    'r2.cloudflarestorage.com',
    'r2.cloudflarestorage.com.example.org',
    'vault.nyc3.cdn.digitaloceanspaces.com',
    'vault.nyc3-static.digitaloceanspaces.com',
    'iam.wasabisys.com',
    'api.backblazeb2.com',
    'f004.backblazeb2.com',
    'console.storage.dev',
    's3-website.fr-par.scw.cloud',
    'vault.website-us-east-1.linodeobjects.com',
    'link.storjshare.io',
    'objectstorage.us-ashburn-1.oraclecloud.com',
    'cn-hangzhou.oss-vectors.aliyuncs.com',
    'vault.cos-website.ap-guangzhou.myqcloud.com',
    'storage.googleapis.com',
    'vault.storage.googleapis.com',
    'storage.yandexcloud.net',
    'vultrobjects.com',
    'api.idrivee2.com',
    'api-ch-gva-2.exoscale.com',
    'iam.global.lyve.seagate.com',
    'swift.ru-1.storage.selcloud.ru',
    's3.pub1.infomaniak.cloud',
    'obs.cn-north-4.myhuaweicloud.com',
    'cn-bj.ufileos.com',
    'tos-cn-beijing.volces.com',
    'dashboard.civo.com',
    'cr.eu-north1.nebius.cloud',
    'foobar.upcloudobjects.com',
    'docs.filebase.com',
    'www.tebi.io',
  ])('%s passes', (host) => {
    expect(known.endpointOf(host, 443)).toBeUndefined();
  });
});

it.each([
  'dynamodb.us-east-1.amazonaws.com',
  'amazonaws.com',
  's3proxyapi.execute-api.us-east-1.amazonaws.com',
  // The first labels of these are chosen by customers; the service follows the region, or is between the two.
  's3-lb-1234.elb.us-east-1.amazonaws.com',
  's3-docs.cluster-abc.us-east-1.docdb.amazonaws.com',
  's3db.abc.us-east-1.rds.amazonaws.com',
  's3.abc.us-east-1.rds.amazonaws.com',
  's3db.abc.rds.cn-north-1.amazonaws.com.cn',
  's3.abc.rds.cn-north-1.amazonaws.com.cn',
  'clustercfg.s3-sessions.abc.memorydb.us-east-1.amazonaws.com',
  's3-cache.abc.ng.0001.use1.cache.amazonaws.com',
  's3.abc.use1.cache.amazonaws.com',
  'b-1.s3events.abc.c2.kafka.us-east-1.amazonaws.com',
  's3transfer.server.transfer.us-east-1.amazonaws.com',
  's3-search.us-east-1.es.amazonaws.com',
  'vpce-1a2b-5e6f.sqs.us-east-1.vpce.amazonaws.com',
  's3url.lambda-url.us-east-1.on.aws',
  's3.example.com',
  's3.amazonaws.com.example.com',
  'fakes3.amazonaws.com.evil.test',
  'evils3-amazonaws.com',
  'cloud.ibm.com',
  'cloudant.appdomain.cloud',
  'evil-iam.cloud.ibm.com.example.org',
  'evil-iam.cloud.ibm.com',
  'iam.cloud.ibm.com.example.org',
  'iamcloud.ibm.com',
  'iam-policy.cloud.ibm.com',
  'iam.prod.cloud.ibm.com',
  'user-management.cloud.ibm.com',
  'evil-iam-region2.cloud.ibm.com',
  'iam-region2.cloud.ibm.com.example.org',
  'iam-regional.cloud.ibm.com',
  'iam.cloud-ibm.com',
  'iam-cloud.ibm.com',
  'config.evil-cloud-object-storage.cloud.ibm.com',
  's3.us.objectstorage.networklayer.com.example.org',
  'bluemix.net',
  'iamng.bluemix.net',
  'evil-iam.ng.bluemix.net',
  'login.ng.bluemix.net',
  'iam.ng.bluemix.net.example.org',
  'iam.evilbluemix.net',
  's3.us-west.cloud-object-storage.test.appdomain.cloud.example.org',
  's3.us.cloud-object-storage.next.appdomain.cloud',
  's3.us.evilcloud-object-storage.appdomain.cloud',
  's3.us.evil-cloud-object-storage.test.appdomain.cloud',
  'localhost',
  '',
  '169.254.169.254',
])('%s passes', (host) => {
  expect(known.endpointOf(host, 443)).toBeUndefined();
});

describe('hosts of the user', () => {
  const own = { service: 's3', dialect: 'ibm-cos', region: undefined, own: true };

  it.each<{ hosts: (string | RegExp)[]; host: string; port: number; base: string | undefined }>`
    hosts                                          | host                           | port    | base
    ${['http://localhost:9000']}                   | ${'localhost'}                 | ${9000} | ${'localhost'}
    ${['http://localhost:9000']}                   | ${'vault.localhost'}           | ${9000} | ${'localhost'}
    ${['http://localhost:9000']}                   | ${'localhost'}                 | ${9001} | ${undefined}
    ${['http://storage.test']}                     | ${'storage.test'}              | ${80}   | ${'storage.test'}
    ${['http://storage.test']}                     | ${'storage.test'}              | ${443}  | ${undefined}
    ${['https://storage.test/']}                   | ${'a.b.storage.test'}          | ${443}  | ${'storage.test'}
    ${['minio.test:443']}                          | ${'vault.minio.test'}          | ${443}  | ${'minio.test'}
    ${['minio.test:443']}                          | ${'vault.minio.test'}          | ${80}   | ${undefined}
    ${['storage.test']}                            | ${'STORAGE.test.'}             | ${1234} | ${'storage.test'}
    ${['storage.test']}                            | ${'otherstorage.test'}         | ${80}   | ${undefined}
    ${['test', 'storage.test']}                    | ${'vault.storage.test'}        | ${80}   | ${'storage.test'}
    ${['[::1]:9000']}                              | ${'::1'}                       | ${9000} | ${'::1'}
    ${['[::1]:9000']}                              | ${'[::1]'}                     | ${9000} | ${'::1'}
    ${['10.0.0.7:9000']}                           | ${'10.0.0.7'}                  | ${9000} | ${'10.0.0.7'}
    ${[/^node\d+\.test:9000$/g]}                   | ${'node7.test'}                | ${9000} | ${'node7.test'}
    ${[/^node\d+\.test:9000$/g]}                   | ${'node7.test'}                | ${9001} | ${undefined}
    ${[/\.test$/]}                                 | ${'node7.test'}                | ${9001} | ${'node7.test'}
    ${[/^node7\.test/]}                            | ${'NODE7.test.'}               | ${9001} | ${'node7.test'}
    ${[/^(?:(?<bucket>[^.]+)\.)?node7\.test$/]}    | ${'vault.node7.test'}          | ${9001} | ${'node7.test'}
    ${[/:9000$/]}                                  | ${'2001:db8::9000'}            | ${443}  | ${undefined}
    ${[/^\[::1\]:9000$/]}                          | ${'::1'}                       | ${9000} | ${'::1'}
    ${[/^(?:(?<bucket>.+)\.)?node\d\.test:9000$/]} | ${'my.vault.node7.test'}       | ${9000} | ${'node7.test'}
    ${[/^(?:(?<bucket>.+)\.)?node\d\.test:9000$/]} | ${'node7.test'}                | ${9000} | ${'node7.test'}
    ${['s3.moon-1.amazonaws.com']}                 | ${'v.s3.moon-1.amazonaws.com'} | ${443}  | ${'s3.moon-1.amazonaws.com'}
  `('$hosts: $host:$port has the base $base', ({ hosts, host, port, base }) => {
    for (const option of [hosts, { only: hosts }]) {
      const made = createHosts(option, 'ibm-cos', undefined);
      // Twice, since a global expression stores where it stopped.
      for (const endpoint of [made.endpointOf(host, port), made.endpointOf(host, port)]) {
        if (base === undefined) expect(endpoint).toBeUndefined();
        else expect(endpoint).toMatchObject({ ...own, base });
      }
    }
  });

  it.each<{ hosts: HostsOption | undefined; environment: string | undefined; aws: boolean; local: boolean }>`
    hosts                         | environment                | aws      | local
    ${['storage.test']}           | ${undefined}               | ${true}  | ${false}
    ${{ only: ['storage.test'] }} | ${undefined}               | ${false} | ${false}
    ${undefined}                  | ${'http://localhost:4566'} | ${true}  | ${true}
    ${{ only: ['a.test'] }}       | ${'http://localhost:4566'} | ${false} | ${false}
    ${{ only: [] }}               | ${'http://localhost:4566'} | ${false} | ${false}
  `(
    '$hosts with the endpoint $environment answer S3: $aws, that endpoint: $local',
    ({ hosts, environment, aws, local }) => {
      const { endpointOf } = createHosts(hosts, 'aws', environment);
      const answers = (host: string, port: number) => endpointOf(host, port) !== undefined;
      expect({ aws: answers('s3.amazonaws.com', 443), local: answers('localhost', 4566) }).toEqual({ aws, local });
    },
  );

  it('an expression without a group for the bucket is named in its endpoint', () => {
    const { endpointOf } = createHosts([/\.plain\.test$/, /^(?:(?<bucket>.+)\.)?grouped\.test$/], 'aws', undefined);
    expect({
      plain: endpointOf('vault.plain.test', 443)?.wholeHostOf,
      grouped: endpointOf('grouped.test', 443)?.wholeHostOf,
    }).toEqual({ plain: '/\\.plain\\.test$/', grouped: undefined });
  });

  it('an expression that has matched no host is known, whatever list it is in', () => {
    const hosts = createHosts({ also: [/\.a\.test$/, /\.b\.test$/], pass: [/\.c\.test$/] }, 'aws', undefined);
    hosts.endpointOf('vault.a.test', 443);
    expect(hosts.unmatchedPatterns()).toEqual(['/\\.b\\.test$/', '/\\.c\\.test$/']);
    hosts.passes('vault.c.test', 443);
    expect(hosts.unmatchedPatterns()).toEqual(['/\\.b\\.test$/']);
  });

  it.each<{ hosts: HostsOption; host: string; port: number; fate: string }>`
    hosts                                                    | host                              | port    | fate
    ${{ pass: ['a.test'] }}                                  | ${'vault.a.test'}                 | ${443}  | ${'passes'}
    ${{ pass: ['a.test:9000'] }}                             | ${'a.test'}                       | ${443}  | ${'is another'}
    ${{ pass: [/^a\.test$/] }}                               | ${'a.test'}                       | ${9000} | ${'passes'}
    ${{ pass: ['s3.eu-west-1.amazonaws.com'] }}              | ${'v.s3.eu-west-1.amazonaws.com'} | ${443}  | ${'passes'}
    ${{ pass: ['s3.eu-west-1.amazonaws.com'] }}              | ${'v.s3.eu-west-2.amazonaws.com'} | ${443}  | ${'is answered'}
    ${{ also: ['b.test'], pass: ['a.test'] }}                | ${'b.test'}                       | ${443}  | ${'is answered'}
    ${{ only: ['b.test'], pass: ['a.test'] }}                | ${'a.test'}                       | ${443}  | ${'passes'}
    ${{ only: ['b.test'], pass: ['a.test'] }}                | ${'s3.amazonaws.com'}             | ${443}  | ${'is another'}
    ${{ also: ['test'], pass: ['real.test'] }}               | ${'vault.real.test'}              | ${443}  | ${'passes'}
    ${{ also: ['mine.test'], pass: ['test'] }}               | ${'vault.mine.test'}              | ${443}  | ${'is answered'}
    ${{ also: ['a.test:9000'], pass: ['a.test'] }}           | ${'a.test'}                       | ${9000} | ${'is answered'}
    ${{ also: ['a.test:9000'], pass: ['a.test'] }}           | ${'a.test'}                       | ${443}  | ${'passes'}
    ${{ also: ['a.test'], pass: [/test$/] }}                 | ${'a.test'}                       | ${443}  | ${'is answered'}
    ${{ also: [/test$/], pass: [/^a\.test$/] }}              | ${'a.test'}                       | ${443}  | ${'passes'}
    ${{}}                                                    | ${'s3.amazonaws.com'}             | ${443}  | ${'is answered'}
    ${{ also: undefined, only: undefined, pass: undefined }} | ${'s3.amazonaws.com'}             | ${443}  | ${'is answered'}
  `('with $hosts, $host:$port $fate', ({ hosts, host, port, fate }) => {
    const { endpointOf, passes } = createHosts(hosts, 'aws', undefined);
    const found = passes(host, port) ? 'passes' : endpointOf(host, port) === undefined ? 'is another' : 'is answered';
    expect(found).toBe(fate);
  });

  it('a host that passes wins over the endpoint of the environment', () => {
    const { endpointOf, passes } = createHosts({ pass: ['localhost:4566'] }, 'aws', 'http://localhost:4566');
    expect({ passes: passes('localhost', 4566), endpoint: endpointOf('localhost', 4566) }).toEqual({
      passes: true,
      endpoint: undefined,
    });
  });

  it.each<[hosts: unknown, message: string]>([
    [{ alos: ['a.test'] }, "hosts: there is no option 'alos'. Did you mean also?"],
    [{ pas: ['a.test'] }, "hosts: there is no option 'pas'. Did you mean pass?"],
    [{ also: [], only: [] }, 'mockS3: hosts has also and only.'],
    [{ also: ['a.test'], pass: ['A.test'] }, "mockS3: 'a.test' is in hosts.also and in hosts.pass."],
    [{ only: ['http://a.test'], pass: ['a.test:80'] }, "mockS3: 'a.test:80' is in hosts.only and in hosts.pass."],
    [{ also: [/a/], pass: [/a/] }, 'mockS3: /a/ is in hosts.also and in hosts.pass.'],
  ])('refuses $0', (hosts, message) => {
    expect(() => createHosts(hosts as HostsOption, 'aws', undefined)).toThrow(message);
  });

  const circular: Record<string, unknown> = {};
  circular['self'] = circular;

  const forms =
    "expected 'http://localhost:9000', 'minio.test:443', 'storage.test' (any port) or a RegExp on the host or on host:port";

  const refused: readonly (readonly [hosts: unknown, named: string])[] = [
    [[''], "''"],
    [['http://'], "'http://'"],
    [['http://storage.test/s3'], `'http://storage.test/s3'; ${forms}; a host has no path`],
    [
      ['*.storage.test'],
      `'*.storage.test'; ${forms}; without the *, the entry means the host and every bucket in front of it`,
    ],
    [['ftp://storage.test'], "'ftp://storage.test'"],
    [['storage.test:99999'], "'storage.test:99999'"],
    [['storage test'], "'storage test'"],
    [['a..test'], "'a..test'"],
    [[42], '42'],
    [[undefined], 'undefined'],
    [[9000n], '9000n'],
    [[{ host: 9000n }], '{ host: 9000n }'],
    [[circular], '{ self: {'],
    [["a'b"], "'a\\'b'"],
    [['a\n'], "'a\\n'"],
    [circular, '{ self: {'],
    ['storage.test', "'storage.test'; expected a list of hosts, or { also, only, pass, websites }"],
    [
      { only: 'storage.test' },
      "hosts.only 'storage.test'; expected a list of hosts, or { also, only, pass, websites }",
    ],
    [{ pass: /storage/ }, 'hosts.pass /storage/; expected a list of hosts, or { also, only, pass, websites }'],
  ];
  it.each(refused.map(([hosts, named]) => ({ hosts, named })))(
    'refuses $hosts by name and lists the allowed forms',
    ({ hosts, named }) => {
      const create = () => createHosts(hosts as HostsOption, 'aws', undefined);
      expect(create).toThrow(TypeError);
      expect(create).toThrow(/^(?:hosts: invalid host|mockS3: invalid hosts(?:\.\w+)?) /);
      expect(create).toThrow(named);
      expect(create).toThrow("'http://localhost:9000', 'minio.test:443', 'storage.test' (any port) or a RegExp");
    },
  );

  it('names the variable of an endpoint that it cannot read', () => {
    expect(() => createHosts(undefined, 'aws', 'http://localhost:4566/s3')).toThrow(
      "AWS_ENDPOINT_URL_S3 or AWS_ENDPOINT_URL: invalid host 'http://localhost:4566/s3'; expected ",
    );
  });
});

describe('R23 the endpoint of a host', () => {
  it.each(['', '.', '..', ':', '[', ']', '[::1', '\0', 's3', '.s3.', 'é', `${'a.'.repeat(5000)}s3.amazonaws.com`, '%'])(
    'never throws: %j',
    (host) => {
      for (const port of [0, -1, Number.NaN, 65536]) expect(() => known.endpointOf(host, port)).not.toThrow();
    },
  );

  it('is found quickly, of a bounded number of hosts that are stored', () => {
    const { endpointOf } = createHosts(['storage.test', /x:1$/], 'aws', undefined);
    for (let index = 0; index < 50_000; index += 1) endpointOf(`host-${index}.test`, 443);
    expect(endpointOf('host-1.test', 443)).toBeUndefined();
    expect(endpointOf('vault.s3.amazonaws.com', 443)).toBeDefined();
  });
});

describe('two captures', () => {
  const claims = (option?: HostsOption) => createHosts(option, 'aws', undefined).claims;

  it.each<{ one: HostsOption; other: HostsOption; shared: boolean }>`
    one                            | other                                       | shared
    ${undefined}                   | ${undefined}                                | ${true}
    ${undefined}                   | ${['storage.test']}                         | ${true}
    ${undefined}                   | ${{ only: ['storage.test'] }}               | ${false}
    ${undefined}                   | ${{ only: ['s3.eu-west-1.amazonaws.com'] }} | ${true}
    ${{ only: ['a.test'] }}        | ${{ only: ['b.test'] }}                     | ${false}
    ${{ only: ['a.test'] }}        | ${{ only: ['b.test', 'a.test'] }}           | ${true}
    ${{ only: ['a.test:1'] }}      | ${{ only: ['a.test:2'] }}                   | ${false}
    ${{ only: ['a.test:1'] }}      | ${{ only: ['a.test'] }}                     | ${true}
    ${{ only: ['http://a.test'] }} | ${{ only: ['A.test:80'] }}                  | ${true}
    ${{ only: [/a/] }}             | ${{ only: [/a/] }}                          | ${true}
    ${{ only: [/a/] }}             | ${{ only: [/b/] }}                          | ${false}
  `('$one and $other share a host: $shared', ({ one, other, shared }) => {
    expect(overlaps(claims(one), claims(other))).toBe(shared);
    expect(overlaps(claims(other), claims(one))).toBe(shared);
  });
});
