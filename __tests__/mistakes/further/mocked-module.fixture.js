// As in jest.fixture.js, in a file of its own, since jest.mock concerns a whole file.
jest.mock('node:https');

const { mockS3 } = require('s3-versioning-mock/jest');
const https = require('node:https');

// ## jest around the code under test

// Cause: jest.mock('node:https') replaces the functions by which clients connect
// Cure: remove it. The mock answers the calls of real clients
describe('A module of Node is mocked', () => {
  mockS3({ buckets: { vault: {} } });

  test('reads the report', () => {
    https.request('https://vault.s3.amazonaws.com/report.pdf').on('error', () => undefined);
  });
});
