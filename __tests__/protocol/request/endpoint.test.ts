import { describe, expect, it } from '@jest/globals';
import { readRegion, readService } from '../../../src/protocol/request/address';
import type { Identity } from '../../../src/protocol/request/identity';
import type { DialectName, Endpoint } from '../../../src/wire';

const endpointOf = (host: 'own' | 'known', dialect: DialectName, region?: string): Endpoint => ({
  service: 's3',
  base: 'storage.test',
  dialect,
  region,
  ...(host === 'own' && { own: true }),
});

const signedFor = (region: string): Identity => ({ scheme: 'sigv4', accessKeyId: 'AKIA', region, service: 's3' });

describe('the region that a request is for', () => {
  it.each<{ host: 'own' | 'known'; dialect: DialectName; named?: string; identity?: Identity; region?: string }>`
    host       | dialect      | named          | identity                                    | region
    ${'own'}   | ${'aws'}     | ${undefined}   | ${signedFor('eu-west-1')}                   | ${'eu-west-1'}
    ${'own'}   | ${'aws'}     | ${undefined}   | ${signedFor('us-east-1')}                   | ${'us-east-1'}
    ${'own'}   | ${'aws'}     | ${undefined}   | ${signedFor('local')}                       | ${undefined}
    ${'own'}   | ${'aws'}     | ${undefined}   | ${signedFor('')}                            | ${undefined}
    ${'own'}   | ${'aws'}     | ${undefined}   | ${{ scheme: 'sigv2', accessKeyId: 'AKIA' }} | ${undefined}
    ${'own'}   | ${'aws'}     | ${undefined}   | ${{ scheme: 'anonymous' }}                  | ${undefined}
    ${'own'}   | ${'aws'}     | ${undefined}   | ${undefined}                                | ${undefined}
    ${'own'}   | ${'ibm-cos'} | ${undefined}   | ${signedFor('eu-west-1')}                   | ${undefined}
    ${'known'} | ${'aws'}     | ${undefined}   | ${signedFor('eu-west-1')}                   | ${undefined}
    ${'known'} | ${'aws'}     | ${'eu-west-1'} | ${signedFor('us-east-1')}                   | ${'eu-west-1'}
  `('is $region at a host ($host, $dialect) that names $named', ({ host, dialect, named, identity, region }) => {
    const endpoint = endpointOf(host, dialect, named);
    expect(readRegion(endpoint, identity)).toEqual({ ...endpoint, region });
  });
});

describe('the service that a request is for', () => {
  it.each<{ host: 'own' | 'known'; dialect: DialectName; method: string; path: string; service: string }>`
    host       | dialect      | method    | path                  | service
    ${'own'}   | ${'ibm-cos'} | ${'POST'} | ${'/identity/token'}  | ${'iam'}
    ${'own'}   | ${'ibm-cos'} | ${'POST'} | ${'/oidc/token'}      | ${'iam'}
    ${'own'}   | ${'ibm-cos'} | ${'PUT'}  | ${'/identity/token'}  | ${'s3'}
    ${'own'}   | ${'ibm-cos'} | ${'GET'}  | ${'/oidc/token'}      | ${'s3'}
    ${'own'}   | ${'ibm-cos'} | ${'POST'} | ${'/a/oidc/token'}    | ${'s3'}
    ${'own'}   | ${'ibm-cos'} | ${'POST'} | ${'/identity/tokens'} | ${'s3'}
    ${'own'}   | ${'aws'}     | ${'POST'} | ${'/identity/token'}  | ${'s3'}
    ${'known'} | ${'ibm-cos'} | ${'POST'} | ${'/identity/token'}  | ${'s3'}
  `('is $service for $method $path at a host $host of $dialect', ({ host, dialect, method, path, service }) => {
    const endpoint = endpointOf(host, dialect);
    expect(readService({ endpoint, method }, path)).toEqual({ ...endpoint, service });
  });
});
