const { mockS3 } = require('s3-versioning-mock/jest');
const { archive, protect, restore, store, versioningOf } = require('..');
const { show } = require('../../show');

const s3 = mockS3({
  buckets: {
    scratch: {},
    reports: { versioning: 'Enabled', region: 'us-south-standard' },
    vault: { versioning: 'Enabled', mfaDelete: 'Enabled', region: 'us-south-standard' },
  },
});

const device = s3.createMfaDevice({ serial: 'GAHT12345678' });

afterEach(() => show(s3));

describe('cos-archive, with ibm-cos-sdk', () => {
  test('archives a bucket, with a token of IBM Cloud', async () => {
    expect(await versioningOf('scratch')).toEqual({});
    await archive('reports');
    expect(await versioningOf('reports')).toEqual({ Status: 'Suspended' });
    expect(s3).toHaveReceived('CreateIamToken', { apikey: 'an-api-key' });
  });

  test('turns MFA Delete on with a code', async () => {
    await protect('reports', device.header());
    expect(await versioningOf('reports')).toEqual({ Status: 'Enabled', MFADelete: 'Enabled' });
  });

  test('cannot archive a protected bucket without a code, or with a wrong one', async () => {
    await expect(archive('vault')).rejects.toMatchObject({ code: 'AccessDenied', statusCode: 403 });
    await expect(archive('vault', `${device.serial} ${device.wrongCode()}`)).rejects.toThrow(
      'token code you provided is not valid',
    );
    expect(s3.bucket('vault')).toHaveVersioning('Enabled');
  });

  test('stores a version, archives, and restores the first one', async () => {
    const first = await store('reports', 'q1/report.pdf', 'first');
    await store('reports', 'q1/report.pdf', 'second');
    await archive('reports');

    await restore('reports', 'q1/report.pdf', first);

    expect(s3.bucket('reports')).toHaveVersions('q1/report.pdf', ['first', 'second', 'first']);
    expect(s3.bucket('reports')).toHaveVersioning('Suspended');
  });

  test('stores nothing if it would overwrite an object', async () => {
    await archive('reports');
    await expect(store('reports', 'report.pdf', 'first')).rejects.toThrow('its versioning is Suspended');
    await expect(store('scratch', 'report.pdf', 'first')).rejects.toThrow('its versioning is not set');
    expect(s3).not.toHaveReceived('PutObject');
  });

  test('suspends versioning again if the version is missing', async () => {
    await archive('reports');
    await expect(restore('reports', 'report.pdf', 'no-such-version')).rejects.toMatchObject({ code: 'NoSuchVersion' });
    expect(s3.bucket('reports')).toHaveVersioning('Suspended');
  });
});
