import { describe, expect, it } from '@jest/globals';
import { libraryProject } from '../../support/library-project';

const project = libraryProject('matchers');

/** Runs with the package `expect` alone, without jest; returns the message of each expectation by its line, empty if it holds. */
async function messagesOf(lines: readonly string[]): Promise<readonly string[]> {
  project.write(
    'messages.js',
    `const https = require('node:https');
     const { expect } = require('expect');
     const { deleteMarker, mockS3 } = require('s3-versioning-mock');
     const { matchers } = require('s3-versioning-mock/matchers');
     expect.extend(matchers);
     const loaded = Object.keys(require.cache).filter((file) => /@jest.globals|vitest.node_modules|mocha/.test(file));
     const s3 = mockS3({ buckets: { vault: { versioning: 'Enabled', objects: { 'report.pdf': ['first', deleteMarker] } } } });
     const messageOf = (expectation) => {
       try { expectation(); return ''; } catch (error) { return error.message; }
     };
     https.get('https://vault.s3.amazonaws.com/?versioning', async (answer) => {
       await answer.toArray();
       const messages = [${lines.map((line) => `() => ${line}`).join(',\n')}].map(messageOf);
       await s3.stop();
       console.log(JSON.stringify({ loaded, messages }));
     });`,
  );
  const { code, stdout, stderr } = await project.run(['messages.js']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const { loaded, messages } = JSON.parse(stdout);
  expect(loaded).toEqual([]);
  return messages;
}

describe('s3-versioning-mock/matchers', () => {
  it('extends an expect without jest, whose failures read as under jest', async () => {
    const messages = await messagesOf([
      "expect(s3).toHaveReceived('GetBucketVersioning', { Bucket: 'vault' })",
      "expect(s3).not.toHaveReceived('PutObject')",
      "expect(s3.bucket('vault')).toHaveVersioning('Enabled')",
      "expect(s3.bucket('vault')).toHaveVersioning('Suspended')",
      "expect(s3.bucket('vault')).not.toHaveVersioning('Enabled')",
      "expect(s3.bucket('vault')).toHaveDeleteMarker('other.pdf')",
      "expect(5).toHaveReceived('PutObject')",
    ]);
    expect(messages).toEqual([
      '',
      '',
      '',
      "Expected bucket 'vault' to have versioning 'Suspended', but it has 'Enabled'.\n\nNo PutBucketVersioning request came for it.",
      "Expected bucket 'vault' not to have versioning 'Enabled', but it does.\n\nNo PutBucketVersioning request came for it.",
      expect.stringMatching(
        /^Expected bucket 'vault' to have a delete marker as the current version of 'other\.pdf', but there is no such key\.\n\nvault {2}versioning/,
      ),
      'toHaveReceived takes the mock or its requests: expect(s3).toHaveReceived(...). It was given 5.',
    ]);
  });

  it("takes the expect's own asymmetric matchers, and can be one", async () => {
    const messages = await messagesOf([
      "expect(s3).toHaveReceived('GetBucketVersioning', { Bucket: expect.stringMatching(/^v/) })",
      "expect(s3).toHaveReceived('GetBucketVersioning', expect.objectContaining({ Bucket: 'vault' }))",
      "expect(s3.bucket('vault')).toHaveVersions('report.pdf', [{ body: expect.any(Uint8Array) }, deleteMarker])",
      "expect({ s3 }).toEqual({ s3: expect.toHaveReceived('GetBucketVersioning') })",
      "expect({ s3 }).toEqual({ s3: expect.not.toHaveReceived('PutObject') })",
      "expect(s3).toHaveReceived('GetBucketVersioning', { Bucket: expect.stringContaining('scratch') })",
      "expect([s3]).toEqual([expect.toHaveReceived('PutObject')])",
    ]);
    expect(messages).toEqual([
      '',
      '',
      '',
      '',
      '',
      expect.stringContaining("GetBucketVersioning with { Bucket: StringContaining 'scratch' }, but the one"),
      expect.stringContaining('toHaveReceived<PutObject>'),
    ]);
  });
});
