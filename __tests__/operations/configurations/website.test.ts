import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { malformedXml } from '../../support/documents';
import type { StatusAndText } from '../../support/objects';
import { answered, refusal } from '../../support/objects';
import { send } from '../../support/wire-client';

const s3 = mockS3({ buckets: { vault: {} } });

async function put(content: string): Promise<StatusAndText> {
  const body = `<WebsiteConfiguration>${content}</WebsiteConfiguration>`;
  const { status, text } = await send({ method: 'PUT', path: '/vault?website', body });
  return { status, text };
}

const element = (name: string, content: string) => `<${name}>${content}</${name}>`;
const index = (suffix = 'index.html') => element('IndexDocument', element('Suffix', suffix));
const errors = (key: string) => element('ErrorDocument', element('Key', key));
const redirectAll = (more = '') => element('RedirectAllRequestsTo', element('HostName', 'example.com') + more);
const protocol = (word: string) => element('Protocol', word);
const replaceKey = element('ReplaceKeyWith', 'a');
const replaceBoth = element('ReplaceKeyPrefixWith', 'a') + replaceKey;
const code = (text: string) => element('HttpRedirectCode', text);
const errorCode = (text: string) => element('HttpErrorCodeReturnedEquals', text);
const rule = (redirect: string, condition?: string) =>
  element(
    'RoutingRule',
    (condition === undefined ? '' : element('Condition', condition)) + element('Redirect', redirect),
  );
const routing = (...rules: readonly string[]) => index() + element('RoutingRules', rules.join(''));

const argument = (name: string, value: string, message: string) =>
  refusal(
    400,
    'InvalidArgument',
    message,
    `<ArgumentName>${name}</ArgumentName><ArgumentValue>${value}</ArgumentValue>`,
  );
const invalid = (message: string) => refusal(400, 'InvalidRequest', message);

const notAlone = argument(
  'RedirectAllRequestsTo',
  'not null',
  'RedirectAllRequestsTo cannot be provided in conjunction with other Routing Rules.',
);
const noIndex = argument(
  'IndexDocument',
  'null',
  'A value for IndexDocument Suffix must be provided if RedirectAllRequestsTo is empty',
);
const badSuffix = (suffix: string) => argument('IndexDocument', suffix, 'The IndexDocument Suffix is not well formed');
const badKey = argument('ErrorDocument', '', 'The ErrorDocument Key is not well formed');
const tooMany = invalid(
  '51 routing rules provided, the number of routing rules in a website configuration is limited to 50.',
);
const both = invalid('You can only define ReplaceKeyPrefix or ReplaceKey but not both.');
const badProtocol = invalid(
  'Invalid protocol, protocol can be http or https. If not defined the protocol will be selected automatically.',
);
const badRedirectCode = (given: string) =>
  invalid(`The provided HTTP redirect code (${given}) is not valid. Valid codes are 3XX except 300.`);
const emptyCondition = invalid(
  "Condition cannot be empty. To redirect all requests without a condition, the condition element shouldn't be present.",
);
const badErrorCode = (given: string) =>
  invalid(`The provided HTTP error code (${given}) is not valid. Valid codes are 4XX or 5XX.`);
const malformed = { status: 400, text: malformedXml };

describe('PutBucketWebsite refuses (F350)', () => {
  it.each<{ what: string; content: string; answer: StatusAndText }>`
    what                                     | content                                          | answer
    ${'a redirect beside a wrong index'}     | ${redirectAll() + index('')}                     | ${notAlone}
    ${'a redirect beside an error document'} | ${redirectAll() + errors('')}                    | ${notAlone}
    ${'a redirect beside routing rules'}     | ${`${redirectAll()}<RoutingRules/>`}             | ${notAlone}
    ${'an error document alone'}             | ${errors('')}                                    | ${noIndex}
    ${'routing rules alone'}                 | ${'<RoutingRules/>'}                             | ${noIndex}
    ${'a suffix with a slash'}               | ${index('a/b')}                                  | ${badSuffix('a/b')}
    ${'an empty key'}                        | ${`${index() + errors('')}<RoutingRules/>`}      | ${badKey}
    ${'no rule in the list'}                 | ${routing()}                                     | ${malformed}
    ${'51 rules'}                            | ${routing(rule(replaceBoth).repeat(51))}         | ${tooMany}
    ${'both replacements'}                   | ${routing(rule(replaceBoth + protocol('ftp')))}  | ${both}
    ${'another protocol'}                    | ${routing(rule(protocol('ftp') + code('300')))}  | ${badProtocol}
    ${'an empty protocol'}                   | ${routing(rule(protocol('')))}                   | ${badProtocol}
    ${'the code 300'}                        | ${routing(rule(code('300'), ''))}                | ${badRedirectCode('300')}
    ${'the code 306'}                        | ${routing(rule(code('306')))}                    | ${badRedirectCode('306')}
    ${'the code 309'}                        | ${routing(rule(code('309')))}                    | ${badRedirectCode('309')}
    ${'a code that is not a number'}         | ${routing(rule(code('found'), ''))}              | ${malformed}
    ${'the error code 418'}                  | ${routing(rule(replaceKey, errorCode('418')))}   | ${badErrorCode('418')}
    ${'the error code 506'}                  | ${routing(rule(replaceKey, errorCode('506')))}   | ${badErrorCode('506')}
    ${'the first wrong rule'}                | ${routing(rule(replaceKey, ''), rule(code('')))} | ${emptyCondition}
  `('$what', async ({ content, answer }) => {
    expect(await put(content)).toEqual(answer);
    expect(s3.bucket('vault').website).toBeUndefined();
  });

  it('a document beyond 128 KB', async () => {
    expect(await put(index('a'.repeat(128 * 1024)))).toEqual(
      refusal(
        400,
        'MaxMessageLengthExceeded',
        'Your request was too big.',
        '<MaxMessageLengthBytes>131072</MaxMessageLengthBytes>',
      ),
    );
  });

  it('with a reason that names what was sent', async () => {
    await put(routing(rule(protocol('ftp'))));
    expect(s3.requests.last()?.why).toContain("Protocol is 'ftp'");
    await put(index('a/b'));
    expect(s3.requests.last()?.why).toContain("IndexDocument is 'a/b'");
  });
});

describe('PutBucketWebsite takes (F350)', () => {
  it.each([
    ['50 routing rules', routing(rule(replaceKey).repeat(50))],
    ['an empty replacement of a prefix', routing(rule(element('ReplaceKeyPrefixWith', '')))],
    ['the code 305', routing(rule(code('305')))],
    ...['417', '500', '505'].map((one) => [`the error code ${one}`, routing(rule(replaceKey, errorCode(one)))]),
  ])('%s', async (_what, content = '') => {
    expect(await put(content)).toEqual({ status: 200, text: '' });
    expect((await send({ path: '/vault?website' })).text).toContain(`>${content}</WebsiteConfiguration>`);
  });
});

describe('IBM COS (F351)', () => {
  const host = 's3.us-south.cloud-object-storage.appdomain.cloud';
  const ask = (method: string, body?: string) =>
    send({ method, path: '/vault?website', host, ...(body !== undefined && { body }) });

  it('puts, gets and deletes it', async () => {
    const content = index() + errors('error.html');
    expect((await ask('PUT', element('WebsiteConfiguration', content))).status).toBe(200);
    expect(await answered(ask('GET'))).toEqual({
      status: 200,
      text: expect.stringContaining(`>${content}</WebsiteConfiguration>`),
    });
    expect((await ask('DELETE')).status).toBe(204);
    expect(await answered(ask('GET'))).toEqual({
      status: 404,
      text: expect.stringContaining('<Message>The specified bucket does not have a website configuration</Message>'),
    });
  });

  it('refuses what Amazon S3 refuses', async () => {
    expect(await answered(ask('PUT', element('WebsiteConfiguration', index('a/b'))))).toEqual({
      status: 400,
      text: expect.stringContaining('<Code>InvalidArgument</Code>'),
    });
  });
});

describe('the answer of GetBucketWebsite (F350)', () => {
  it('has the parts in S3’s order, whatever the order in which they were put', async () => {
    const rules = element('RoutingRules', rule(replaceKey));
    expect(await put(rules + errors('e') + index('i'))).toEqual({ status: 200, text: '' });
    expect((await send({ path: '/vault?website' })).text).toContain(`>${index('i')}${errors('e')}${rules}<`);
  });
});
