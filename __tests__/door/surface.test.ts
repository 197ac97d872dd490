import { describe, expect, it } from '@jest/globals';
import { routesOfCalls } from '../../src/door/calls';
import { routes } from '../../src/door/index';
import { doorSurface } from '../../src/door/surface';
import { type Call, Code, call, nameCall } from '../../src/text/calls';

const through = doorSurface();
const handler = new Code('handler');
const arn = 'arn:aws:sqs:us-east-1:000000000000:q';

describe('a call of the library, through the door', () => {
  it.each<readonly [call: Call, request: string | undefined]>([
    [call('s3.clock.advance(...)', { '...': { days: 31 } }), 'POST /_mock/clock/advance {"days":31}'],
    [call('s3.clock.set(now)', { now: '2026-03-01T12:00:00Z' }), 'PUT /_mock/clock {"now":"2026-03-01T12:00:00Z"}'],
    [call('s3.mfa.header()', {}), 'POST /_mock/mfa/code'],
    [call('s3.account(account).mfa.header()', { account: 'partner' }), 'POST /_mock/mfa/code {"account":"partner"}'],
    [
      call('s3.account(account).user(user).mfa.nextCode()', { account: 'partner', user: 'ann' }),
      'POST /_mock/mfa/code {"account":"partner","user":"ann"}',
    ],
    [call('s3.mfa.serial', {}), undefined],
    [call('s3.actAs(user)', { user: 'writer' }), 'POST /_mock/act-as {"user":"writer"}'],
    [call('s3.actAs(user)', { user: new Code("s3.account.role('x').session()") }), 'POST /_mock/act-as'],
    [
      call('s3.account(account).user(name, ...)', { name: 'team/ann', '...': { policy: new Code('policy') } }),
      'POST /_mock/accounts/default/users {"name":"team/ann"}',
    ],
    [
      call('s3.account(account).role(name, ...)', { account: 'partner', name: 'reader' }),
      'POST /_mock/accounts/partner/roles {"name":"reader"}',
    ],
    [
      call('s3.account(account).user(user).may(action, resource, conditions)', {
        user: 'ann',
        action: 's3:GetObject',
        resource: 'vault',
      }),
      'POST /_mock/accounts/default/users/ann/may {"action":"s3:GetObject","resource":"vault"}',
    ],
    [
      call('fail(fail, ...)', { fail: 'SlowDown', '...': { times: 1 } }),
      'POST /_mock/rules {"fail":"SlowDown","times":1}',
    ],
    [
      call('s3.on(operation, input).reply(reply, ...)', {
        operation: 'GetObject',
        reply: { status: 200, body: '...' },
      }),
      'POST /_mock/rules {"operation":"GetObject","reply":{"status":200,"body":"..."}}',
    ],
    [
      call('s3.on(operation, input).failEntries(failEntries.entries, failEntries.error, ...)', {
        operation: 'DeleteObjects',
        'failEntries.entries': { Key: 'a' },
        'failEntries.error': 'AccessDenied',
      }),
      'POST /_mock/rules {"operation":"DeleteObjects","failEntries":{"entries":{"Key":"a"},"error":"AccessDenied"}}',
    ],
    [
      call('disconnect(disconnect)', { disconnect: { when: 'before' } }),
      'POST /_mock/rules {"disconnect":{"when":"before"}}',
    ],
    [
      call('delay(delay)', { delay: { milliseconds: new Code('60_000', 60_000) } }),
      'POST /_mock/rules {"delay":{"milliseconds":60000}}',
    ],
    [
      call('s3.outage(...)', { '...': { region: 'us-east-1', as: 'refused' } }),
      'POST /_mock/outages {"region":"us-east-1","as":"refused"}',
    ],
    [
      call('s3.requests.of(operation, input, ...)', {
        operation: 'PutObject',
        input: { Bucket: 'vault' },
        '...': { status: 403 },
      }),
      'GET /_mock/requests?operation=PutObject&input=%7B%22Bucket%22%3A%22vault%22%7D&status=403',
    ],
    [
      call('s3.bucket(bucket).usage(...)', { bucket: 'vault', '...': { prefix: 'a b' } }),
      'GET /_mock/usage?bucket=vault&prefix=a%20b',
    ],
    [
      call('s3.bucket(bucket).versions(key)', { bucket: 'vault', key: 'a.txt' }),
      'GET /_mock/buckets/vault/versions?key=a.txt',
    ],
    [
      call('s3.bucket(bucket).versioning = versioning', { bucket: 'vault', versioning: 'Enabled' }),
      'PATCH /_mock/buckets/vault {"versioning":"Enabled"}',
    ],
    [
      call('s3.account(account).publicAccessBlock = publicAccessBlock', { publicAccessBlock: null }),
      'PATCH /_mock/accounts/default {"publicAccessBlock":null}',
    ],
    [
      call('s3.kmsKeys.set(key, state)', { key: 'alias/vault', state: 'disabled' }),
      'PUT /_mock/kms-keys/alias%2Fvault {"state":"disabled"}',
    ],
    [nameCall('s3.kmsKeys.set(key, state)'), 'PUT /_mock/kms-keys/{key}'],
    [call('s3.deliverTo(arn, ...)', { arn, '...': { handler } }), `PUT /_mock/deliver/${encodeURIComponent(arn)}`],
    [
      call('s3.deliverTo(arn, ...)', { arn, '...': { handler, timeout: { seconds: 120 } } }),
      `PUT /_mock/deliver/${encodeURIComponent(arn)} {"url":"http://127.0.0.1:8000/","timeout":{"seconds":120}}`,
    ],
    [call('mockS3(...)', { '...': { sseC: 'allowed' } }), 'the option {"sseC":"allowed"} of the mock'],
    [call('mockS3(...)', { '...': { conditions: new Code('…') } }), 'the option conditions of the mock'],
    [nameCall('mockS3(...)'), undefined],
    [nameCall('s3.clock.advance(...)'), 'POST /_mock/clock/advance'],
  ])('%j is %s', (given, request) => {
    expect(through.call(given)).toBe(request);
  });

  it('is below the path of the door', () => {
    expect(doorSurface({ path: '/control' }).call(call('s3.reset()', {}))).toBe('POST /control/reset');
  });

  it('is one of its routes', () => {
    const known = routes.map(({ method, path }) => `${method} ${path}`);
    const named = Object.values(routesOfCalls).filter((route) => route !== undefined);
    expect(named.filter((route) => !known.includes(route))).toEqual([]);
  });

  it('is that of the route which names it', () => {
    const others = routes.flatMap(({ method, path, call: name }) =>
      name === undefined || routesOfCalls[name] === `${method} ${path}` ? [] : [`${method} ${path}: ${name}`],
    );
    // A state is restored by two routes, and a member of a bucket is set on its handle.
    expect(others).toEqual(['PUT /state: s3.restore(id)', 'PATCH /buckets/{bucket}: s3.bucket(bucket)']);
  });
});
