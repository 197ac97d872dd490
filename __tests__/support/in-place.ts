/** Loads the engine beside the test, which replaces a part of it. */
process.env['S3_VERSIONING_MOCK_IN_PLACE'] = '1';
