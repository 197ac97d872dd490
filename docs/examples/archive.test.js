const { mockS3 } = require('s3-versioning-mock/jest');
const { archive, describeVersioning, keepVersions, protect, unprotect } = require('./archive');
const { show } = require('./show');

const s3 = mockS3({
  buckets: {
    scratch: {}, // versioning never set
    reports: { versioning: 'Enabled' },
    vault: { versioning: 'Enabled', mfaDelete: 'Enabled' },
  },
});

const device = s3.createMfaDevice({ serial: 'GAHT12345678' });

afterEach(() => show(s3));

describe('archive.js, with the AWS SDK v3', () => {
  test('keeps versions of a bucket whose versioning was never set', async () => {
    expect(await describeVersioning('scratch')).toBe('never set');
    await keepVersions('scratch');
    expect(await describeVersioning('scratch')).toBe('Enabled');
  });

  test('archives a bucket', async () => {
    await archive('reports');
    expect(await describeVersioning('reports')).toBe('Suspended');
    expect(s3).toHaveReceived('PutBucketVersioning', {
      Bucket: 'reports',
      VersioningConfiguration: { Status: 'Suspended' },
    });
    expect(s3.bucket('reports')).toHaveVersioning('Suspended');
  });

  test('turns MFA Delete on and off with codes of the root user', async () => {
    await protect('reports', device.header());
    expect(await describeVersioning('reports')).toBe('Enabled, MFA Delete Enabled');
    await unprotect('reports', device.header());
    expect(s3.bucket('reports')).toHaveMfaDelete('Disabled');
  });

  test('cannot archive a protected bucket without a code, with a wrong one, or with one twice', async () => {
    const header = device.header();

    await expect(archive('vault')).rejects.toThrow('Mfa Authentication must be used for this request');
    await expect(archive('vault', `${device.serial} ${device.wrongCode()}`)).rejects.toThrow(
      'token code you provided is not valid',
    );
    await archive('vault', header);
    await expect(unprotect('vault', header)).rejects.toThrow('token code you provided is not valid');

    expect(s3).toHaveReceivedTimes('PutBucketVersioning', 4, { Bucket: 'vault' });
    expect(s3.bucket('vault')).toHaveVersioning('Suspended');
    expect(s3.bucket('vault')).toHaveMfaDelete('Enabled');
  });
});
