import { describe, expect, it } from '@jest/globals';
import { exemptFromProxies, findBunEndpoint, publishEndpoint } from '../../../src/capture/environment';
import { createHosts, furtherServices } from '../../../src/capture/hosts';

const processWith = (env: NodeJS.ProcessEnv, versions: object = { bun: '1.4.5' }) =>
  Object.create(process, { env: { value: env }, versions: { value: versions } }) as NodeJS.Process;

const url = 'http://127.0.0.1:9000';

describe("the endpoint of bun's own client in the environment", () => {
  it.each<{ env: NodeJS.ProcessEnv; endpoint: string | undefined }>`
    what                                    | env                                                        | endpoint
    ${'is S3_ENDPOINT before AWS_ENDPOINT'} | ${{ S3_ENDPOINT: url, AWS_ENDPOINT: 'http://other.test' }} | ${url}
    ${'is AWS_ENDPOINT otherwise'}          | ${{ S3_ENDPOINT: '', AWS_ENDPOINT: url }}                  | ${url}
    ${'can lack a scheme'}                  | ${{ S3_ENDPOINT: 'storage.test:9000' }}                    | ${'storage.test:9000'}
    ${'is read without its path'}           | ${{ S3_ENDPOINT: 'https://project.test/storage/v1/s3' }}   | ${'https://project.test'}
    ${'is none if it has another form'}     | ${{ S3_ENDPOINT: 'arn:aws:s3:::vault' }}                   | ${undefined}
    ${'is not AWS_ENDPOINT_URL'}            | ${{ AWS_ENDPOINT_URL: url, AWS_ENDPOINT_URL_S3: url }}     | ${undefined}
  `('$what', ({ env, endpoint }) => {
    expect(findBunEndpoint(processWith(env))).toBe(endpoint);
  });

  it('is not read outside of bun', () => {
    expect(findBunEndpoint(processWith({ S3_ENDPOINT: url }, {}))).toBeUndefined();
  });

  it('is answered, unless it is a host of AWS, which says more of itself', () => {
    const endpointOf = (bunEndpoint: string, host: string, port: number) =>
      createHosts(undefined, 'aws', undefined, { services: furtherServices, bunEndpoint }).endpointOf(host, port);
    expect(endpointOf(url, '127.0.0.1', 9000)).toMatchObject({ service: 's3', own: true });
    expect(endpointOf('https://s3.eu-west-1.amazonaws.com', 's3.eu-west-1.amazonaws.com', 443)).toMatchObject({
      region: 'eu-west-1',
    });
  });

  it('is left alone by a mock that answers only the hosts of a list', () => {
    const hosts = createHosts({ only: [] }, 'aws', undefined, { services: furtherServices, bunEndpoint: url });
    expect(hosts.endpointOf('127.0.0.1', 9000)).toBeUndefined();
  });
});

describe('publishing a port', () => {
  const publish = (env: NodeJS.ProcessEnv, versions?: object) => {
    const before = { ...env };
    const restore = publishEndpoint(processWith(env, versions), url, undefined, false);
    const published = env['S3_ENDPOINT'];
    restore();
    expect(env).toEqual(before);
    return published;
  };

  it('sets S3_ENDPOINT in bun, and takes it away again', () => {
    expect(publish({})).toBe(url);
  });

  it('keeps what the user has set', () => {
    expect(publish({ S3_ENDPOINT: 'http://minio.test' })).toBe('http://minio.test');
    expect(publish({ AWS_ENDPOINT: 'http://minio.test' })).toBeUndefined();
  });

  it('sets no variable of bun in Node', () => {
    expect(publish({}, {})).toBeUndefined();
  });
});

describe('exempting a port from proxies', () => {
  it('adds it behind the list of the user, and restores the list', () => {
    const env: NodeJS.ProcessEnv = { NO_PROXY: 'intranet.test' };
    const ofUser = processWith(env);
    const restore = exemptFromProxies(ofUser, '127.0.0.1:1');
    expect(env).toEqual({ NO_PROXY: 'intranet.test,127.0.0.1:1', no_proxy: 'intranet.test,127.0.0.1:1' });
    restore?.();
    expect(env).toEqual({ NO_PROXY: 'intranet.test' });
  });

  it('keeps the ports of two mocks apart', () => {
    const env: NodeJS.ProcessEnv = {};
    const [first, second] = ['127.0.0.1:1', '127.0.0.1:2'].map((port) => exemptFromProxies(processWith(env), port));
    expect(env['NO_PROXY']).toBe('127.0.0.1:1,127.0.0.1:2');
    second?.();
    expect(env['NO_PROXY']).toBe('127.0.0.1:1');
    first?.();
    expect(env).toEqual({});
  });

  it('does nothing if the list has it already, or all', () => {
    expect(exemptFromProxies(processWith({ no_proxy: 'a.test, 127.0.0.1:1' }), '127.0.0.1:1')).toBeUndefined();
    expect(exemptFromProxies(processWith({ NO_PROXY: '*' }), '127.0.0.1:1')).toBeUndefined();
  });
});
