import { describe, expect, it } from '@jest/globals';
import { readRegion, readService } from '../../../src/protocol/request/endpoint';
import type { Credentials } from '../../../src/protocol/request/identity';
import type { Dialect, Endpoint } from '../../../src/wire';

const endpointOf = (host: 'own' | 'known', dialect: Dialect, region?: string): Endpoint => ({
  service: 's3',
  base: 'storage.test',
  dialect,
  region,
  ...(host === 'own' && { own: true }),
});

const signedFor = (region: string): Credentials => ({ scheme: 'sigv4', accessKeyId: 'AKIA', region, service: 's3' });

describe('the region that a request asks', () => {
  it.each<{ host: 'own' | 'known'; dialect: Dialect; named?: string; credentials?: Credentials; region?: string }>`
    host       | dialect      | named          | credentials                                 | region
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
  `('is $region at a host $host of $dialect that names $named', ({ host, dialect, named, credentials, region }) => {
    expect(readRegion(endpointOf(host, dialect, named), credentials).region).toBe(region);
  });
});

describe('the service that a request asks', () => {
  it.each<{ host: 'own' | 'known'; dialect: Dialect; method: string; path: string; service: string }>`
    host       | dialect      | method    | path                  | service
    ${'own'}   | ${'ibm-cos'} | ${'POST'} | ${'/identity/token'}  | ${'iam'}
    ${'own'}   | ${'ibm-cos'} | ${'PUT'}  | ${'/identity/token'}  | ${'s3'}
    ${'own'}   | ${'ibm-cos'} | ${'POST'} | ${'/identity/tokens'} | ${'s3'}
    ${'own'}   | ${'aws'}     | ${'POST'} | ${'/identity/token'}  | ${'s3'}
    ${'known'} | ${'ibm-cos'} | ${'POST'} | ${'/identity/token'}  | ${'s3'}
  `('is $service for $method $path at a host $host of $dialect', ({ host, dialect, method, path, service }) => {
    expect(readService({ endpoint: endpointOf(host, dialect), method }, path).service).toBe(service);
  });
});
