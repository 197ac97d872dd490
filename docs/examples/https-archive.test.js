const { mockS3 } = require('s3-versioning-mock/jest');
const { getVersioning, putVersioning } = require('./https-archive');
const { show } = require('./show');

const s3 = mockS3({ buckets: { vault: {} } });

const device = s3.createMfaDevice({ serial: 'GAHT12345678' });

afterEach(() => show(s3));

describe.each([
  ['Amazon S3', 'vault.s3.amazonaws.com', 'AWS AKIAIOSFODNN7EXAMPLE:qgk2+6Sv9/oM7G3qLEjTH1a1l1g='],
  ['IBM COS', 'vault.s3.eu-de.cloud-object-storage.appdomain.cloud', 'Bearer a.token.of-ibm-cloud'],
])('https-archive.js, a request by hand to %s', (_name, host, authorization) => {
  test('sets versioning, and MFA Delete with a code that works once', async () => {
    const on = '<Status>Enabled</Status><MfaDelete>Enabled</MfaDelete>';
    const mfa = { authorization, 'x-amz-mfa': device.header() };

    expect((await getVersioning(host, { authorization })).text).toMatch(/<VersioningConfiguration xmlns="[^"]*"\/>$/);
    expect((await putVersioning(host, '<Status>Enabled</Status>', { authorization })).status).toBe(200);
    expect((await putVersioning(host, on, { authorization })).status).toBe(403);
    expect(await putVersioning(host, on, mfa)).toEqual({ status: 200, text: '' });
    expect((await putVersioning(host, '<Status>Suspended</Status>', mfa)).status).toBe(400);
    expect((await getVersioning(host, { authorization })).text).toContain(on);

    expect(s3.bucket('vault')).toHaveMfaDelete('Enabled');
  });
});
