import { describe, expect, it } from '@jest/globals';
import { S3Error, wordRefusal } from '../../src/refusals/index';

const malformed = 'The authorization header is malformed;';
const parsing = 'Error parsing the X-Amz-Credential parameter;';

type Row = readonly [refusal: S3Error, message: string, fields: Readonly<Record<string, string>>];

function wordsOf(refusal: S3Error): unknown {
  const { status, code, message, fields } = wordRefusal(refusal, 'aws');
  return { status, code, message, fields: Object.entries(fields) };
}

function worded(status: number, code: string, message: string, fields: Row[2]): object {
  return { status, code, message, fields: Object.entries(fields) };
}

describe('an AuthorizationHeaderMalformed', () => {
  it.each<Row>([
    [
      new S3Error('AuthorizationHeaderComponentsMissing'),
      'the authorization header requires three components: Credential, SignedHeaders, and Signature.',
      {},
    ],
    [
      new S3Error('AuthorizationHeaderCredentialMalformed'),
      'the Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request".',
      {},
    ],
    [
      new S3Error('AuthorizationHeaderRegionlessCredentialMalformed'),
      'the Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/SERVICE/aws4_request".',
      {},
    ],
    [
      new S3Error('AuthorizationHeaderDateMalformed', { date: '2026-03-31' }),
      'incorrect date format "2026-03-31". This date in the credential must be in the format "yyyyMMdd".',
      {},
    ],
    [new S3Error('AuthorizationHeaderRegionMissing'), 'a non-empty region must be provided in the credential.', {}],
    [
      new S3Error('AuthorizationHeaderRegionWrong', { region: 'eu-west-1', Region: 'us-east-1' }),
      "the region 'eu-west-1' is wrong; expecting 'us-east-1'",
      { Region: 'us-east-1' },
    ],
    [
      new S3Error('AuthorizationHeaderServiceWrong', { service: 'ec2' }),
      'incorrect service "ec2". This endpoint belongs to "s3".',
      {},
    ],
    [
      new S3Error('AuthorizationHeaderTerminalWrong', { terminal: 'y' }),
      'incorrect terminal "y". This endpoint uses "aws4_request".',
      {},
    ],
    [new S3Error('AuthorizationHeaderDayDiffers'), 'Invalid credential date. Date is not the same as X-Amz-Date.', {}],
  ])('%s: %s', (refusal, problem, fields) => {
    expect(wordsOf(refusal)).toEqual(worded(400, 'AuthorizationHeaderMalformed', `${malformed} ${problem}`, fields));
  });
});

describe('an AuthorizationQueryParametersError', () => {
  it.each<Row>([
    [
      new S3Error('AuthorizationQueryCredentialMalformed'),
      `${parsing} the Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request".`,
      {},
    ],
    [
      new S3Error('AuthorizationQueryRegionlessCredentialMalformed'),
      `${parsing} the Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/SERVICE/aws4_request".`,
      {},
    ],
    [
      new S3Error('AuthorizationQueryDateMalformed', { date: '2026-03-31' }),
      `${parsing} incorrect date format "2026-03-31". This date in the credential must be in the format "yyyyMMdd".`,
      {},
    ],
    [
      new S3Error('AuthorizationQueryRegionMissing'),
      `${parsing} a non-empty region must be provided in the credential.`,
      {},
    ],
    [
      new S3Error('AuthorizationQueryRegionWrong', { region: 'eu-west-1', Region: 'us-east-1' }),
      `${parsing} the region 'eu-west-1' is wrong; expecting 'us-east-1'`,
      { Region: 'us-east-1' },
    ],
    [
      new S3Error('AuthorizationQueryServiceWrong', { service: 'sqs' }),
      `${parsing} incorrect service "sqs". This endpoint belongs to "s3".`,
      {},
    ],
    [
      new S3Error('AuthorizationQueryTerminalWrong', { terminal: 'y' }),
      `${parsing} incorrect terminal "y". This endpoint uses "aws4_request".`,
      {},
    ],
    [
      new S3Error('AuthorizationQueryDayDiffers', { date: '20260330', day: '20260331' }),
      'Invalid credential date "20260330". This date is not the same as X-Amz-Date: "20260331".',
      {},
    ],
    [new S3Error('PresignedDateMalformed'), `X-Amz-Date must be in the ISO8601 Long Format "yyyyMMdd'T'HHmmss'Z'"`, {}],
    [new S3Error('PresignedExpiresNotANumber'), 'X-Amz-Expires should be a number', {}],
    [new S3Error('PresignedExpiresNegative'), 'X-Amz-Expires must be non-negative', {}],
    [
      new S3Error('PresignedExpiresTooLong', { limit: 604800 }),
      'X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds',
      {},
    ],
    [new S3Error('RegionSetEmpty'), 'SigV4a query auth requires a non empty x-amz-region-set parameter.', {}],
  ])('%s: %s', (refusal, message, fields) => {
    expect(wordsOf(refusal)).toEqual(worded(400, 'AuthorizationQueryParametersError', message, fields));
  });
});

it('RegionSetMissing: the answer is an InvalidRequest', () => {
  expect(wordsOf(new S3Error('RegionSetMissing'))).toEqual(
    worded(400, 'InvalidRequest', 'Missing required header for this request: x-amz-region-set', {}),
  );
});
