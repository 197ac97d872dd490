import { describe, expect, it } from '@jest/globals';
import { routedCalls } from '../../src/door/calls';
import { routes } from '../../src/door/index';
import { doorSurface } from '../../src/door/surface';
import { translateCalls } from '../../src/text/calls';

const surface = doorSurface();
const told = (sentence: string) => translateCalls(sentence, surface);

describe('a call of the library, through the door', () => {
  it.each<{ call: string; request: string }>`
    call                                                                                | request
    ${'s3.clock.advance({ days: 31 })'}                                                 | ${'POST /_mock/clock/advance {"days":31}'}
    ${"s3.clock.set('2026-03-01T12:00:00Z')"}                                           | ${'PUT /_mock/clock {"now":"2026-03-01T12:00:00Z"}'}
    ${'s3.mfa.header()'}                                                                | ${'POST /_mock/mfa/code'}
    ${"mfa.header() of account 'partner'"}                                              | ${'POST /_mock/mfa/code {"account":"partner"}'}
    ${"s3.account.user('ann').mfa.nextCode()"}                                          | ${'POST /_mock/mfa/code {"user":"ann"}'}
    ${"user('ann').mfa.nextCode() of account 'partner'"}                                | ${'POST /_mock/mfa/code {"account":"partner","user":"ann"}'}
    ${"s3.actAs('writer')"}                                                             | ${'POST /_mock/act-as {"user":"writer"}'}
    ${"s3.actAs(s3.account.role('deployer').session())"}                                | ${'POST /_mock/act-as'}
    ${"s3.account.user('team/ann', { policy })"}                                        | ${'POST /_mock/accounts/default/users {"name":"team/ann"}'}
    ${"role('reader') of account 'partner'"}                                            | ${'POST /_mock/accounts/partner/roles {"name":"reader"}'}
    ${"s3.account.user('ann').may('s3:GetObject', 'vault')"}                            | ${'POST /_mock/accounts/default/users/ann/may {"action":"s3:GetObject","resource":"vault"}'}
    ${"s3.on('PutObject', { Bucket: 'vault' }).fail('SlowDown', { times: 1 })"}         | ${'POST /_mock/rules {"operation":"PutObject","input":{"Bucket":"vault"},"fail":"SlowDown","times":1}'}
    ${"s3.on('GetObject').reply({ status: 200, body: '...' })"}                         | ${'POST /_mock/rules {"operation":"GetObject","reply":{"status":200,"body":"..."}}'}
    ${"s3.on('DeleteObjects').failEntries({ Key: 'a' }, 'AccessDenied')"}               | ${'POST /_mock/rules {"operation":"DeleteObjects","failEntries":{"entries":{"Key":"a"},"error":"AccessDenied"}}'}
    ${"s3.on('*').fail('SlowDown', { times: 1 }).delay({ milliseconds: 5, times: 2 })"} | ${'POST /_mock/rules {"operation":"*","steps":[{"fail":"SlowDown","times":1},{"delay":{"milliseconds":5,"times":2}}]}'}
    ${"disconnect({ when: 'before' })"}                                                 | ${'POST /_mock/rules {"disconnect":{"when":"before"}}'}
    ${"s3.outage({ region: 'us-east-1', as: 'refused' })"}                              | ${'POST /_mock/outages {"region":"us-east-1","as":"refused"}'}
    ${"s3.requests.of('PutObject', { Bucket: 'vault' }, { status: 403 })"}              | ${'GET /_mock/requests?operation=PutObject&input=%7B%22Bucket%22%3A%22vault%22%7D&status=403'}
    ${"s3.bucket('vault').usage({ prefix: 'a b' })"}                                    | ${'GET /_mock/usage?bucket=vault&prefix=a%20b'}
    ${"s3.bucket('vault').versions('a.txt')"}                                           | ${'GET /_mock/buckets/vault/versions?key=a.txt'}
    ${"s3.bucket('vault').versioning = 'Enabled'"}                                      | ${'PATCH /_mock/buckets/vault {"versioning":"Enabled"}'}
    ${"s3.bucket('vault').lifecycle = undefined"}                                       | ${'PATCH /_mock/buckets/vault {"lifecycle":null}'}
    ${'s3.account.publicAccessBlock = { BlockPublicPolicy: false }'}                    | ${'PATCH /_mock/accounts/default {"publicAccessBlock":{"BlockPublicPolicy":false}}'}
    ${'s3.account.publicAccessBlock = undefined'}                                       | ${'PATCH /_mock/accounts/default {"publicAccessBlock":null}'}
    ${"publicAccessBlock of account 'partner'"}                                         | ${"publicAccessBlock of account 'partner'"}
    ${"s3.account.may('s3:GetObject', 'vault')"}                                        | ${'POST /_mock/accounts/default/may {"action":"s3:GetObject","resource":"vault"}'}
    ${"mfa.activate() of account 'partner'"}                                            | ${'POST /_mock/mfa/activate {"account":"partner"}'}
    ${"s3.account.user('ann').mfa.deactivate()"}                                        | ${'POST /_mock/mfa/deactivate {"user":"ann"}'}
    ${"s3.kmsKeys.set('alias/vault', 'disabled')"}                                      | ${'PUT /_mock/kms-keys/alias%2Fvault {"state":"disabled"}'}
    ${"s3.kmsKeys.set: invalid state 'x'"}                                              | ${"PUT /_mock/kms-keys/{key}: invalid state 'x'"}
    ${'s3.iam.expireTokens()'}                                                          | ${'POST /_mock/iam/expire-tokens'}
    ${"s3.bucket('vault').lifecycle = …"}                                               | ${'PATCH /_mock/buckets/vault'}
    ${"s3.deliverTo('arn:aws:sqs:us-east-1:000000000000:q', handler)"}                  | ${'PUT /_mock/deliver/arn%3Aaws%3Asqs%3Aus-east-1%3A000000000000%3Aq'}
    ${"mockS3({ sseC: 'allowed' })"}                                                    | ${'the option {"sseC":"allowed"} of the mock'}
    ${'mockS3({ conditions: … })'}                                                      | ${'the option conditions of the mock'}
    ${'what s3.clock.advance moves'}                                                    | ${'what POST /_mock/clock/advance moves'}
    ${"s3.clock.advance: invalid days 'x'"}                                             | ${"POST /_mock/clock/advance: invalid days 'x'"}
    ${"createBucket: there is no option 'x'"}                                           | ${"POST /_mock/buckets: there is no option 'x'"}
    ${'mockS3: invalid region 5'}                                                       | ${'invalid region 5'}
  `('$call is $request', ({ call, request }) => {
    expect(told(call)).toBe(request);
  });

  it('is below the path of the door', () => {
    const elsewhere = doorSurface({ path: '/control' });
    expect(translateCalls('s3.reset() does', elsewhere)).toBe('POST /control/reset does');
  });

  it('is one of its routes', () => {
    const known = routes.map(({ method, path }) => `${method} ${path}`);
    expect(routedCalls.map(([, route]) => route).filter((route) => !known.includes(route))).toEqual([]);
  });

  it('is found for each route that names one', () => {
    const named = routes.filter(({ call }) => call !== undefined);
    const pathsOf = (call: string | undefined) =>
      named.filter((one) => one.call === call).map(({ method, path }) => `${method} /_mock${path}`);
    // An entry has another index than number, and one route sets each of the members that have one.
    const others = new Set([
      's3.requests.at',
      's3.account.publicAccessBlock',
      's3.account.user(name).policy',
      's3.account.role(name).policy',
    ]);
    const lost = named.filter(({ call = '' }) => {
      const told = translateCalls(call, surface)
        .replace('/accounts/default', '/accounts/{account}')
        .split(/[? ](?!\/)/)[0];
      return !others.has(call) && !pathsOf(call).includes(told ?? '');
    });
    expect(lost.map(({ call }) => `${call}: ${translateCalls(call ?? '', surface)}`)).toEqual([]);
  });
});
