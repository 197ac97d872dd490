import { describe, expect, it } from '@jest/globals';
import type { RoutingRule, WebsiteConfiguration } from '../../src/model/configurations/website';
import { answerVisit, findKeyOfVisit, type Site, type SiteAnswer, type Visit } from '../../src/model/websites';
import { S3Error } from '../../src/refusals';

interface Page {
  readonly of: string;
  readonly location?: string;
}

const index: WebsiteConfiguration = { IndexDocument: { Suffix: 'index.html' } };
const withErrors: WebsiteConfiguration = { ...index, ErrorDocument: { Key: 'error.html' } };

const statuses: Readonly<Record<string, number>> = { AccessDenied: 403, NoSuchKey: 404, NotModified: 304 };

/** Keys whose value begins with a slash lead there; `private` keys are refused, and `unchanged` ones have not changed since the last visit. */
function makeSite(objects: Readonly<Record<string, string>>): Site<Page> {
  const refusalOf = (key: string) => {
    if (key.includes('private')) return new S3Error('AccessDenied');
    if (objects[key] === 'unchanged')
      return new S3Error('NotModified', { etag: 'a', lastModified: 0, versionId: undefined });
    return objects[key] === undefined ? new S3Error('NoSuchKey', { Key: key }) : undefined;
  };
  const read = (key: string): Page | S3Error => {
    const text = objects[key] ?? '';
    return refusalOf(key) ?? { of: key, ...(text.startsWith('/') && { location: text }) };
  };
  return {
    read,
    readWhole: read,
    refusalOf,
    has: (key) => objects[key] !== undefined,
    locationOf: ({ location }) => location,
    statusOf: ({ refusal }) => statuses[refusal] ?? 500,
  };
}

function visit(path: string, more: Partial<Visit> = {}): Visit {
  const key = decodeURIComponent(path);
  return { host: 'vault.test', protocol: 'http', path, key, query: '', isHead: false, ...more };
}

const objects = {
  'index.html': 'root',
  'docs/index.html': 'docs',
  'error.html': 'error',
  'old/a': 'a',
  away: '/elsewhere?a=b',
  'private/index.html': 'private',
};

const answer = (configuration: WebsiteConfiguration, path: string, more: Partial<Visit> = {}): SiteAnswer<Page> =>
  answerVisit(configuration, visit(path, more), makeSite(objects));

const rules = (...RoutingRules: readonly RoutingRule[]): WebsiteConfiguration => ({ ...withErrors, RoutingRules });

const redirect = (location: string, status = 301) => ({ kind: 'redirect', status, location });

describe('the key of a visit', () => {
  it.each([
    ['', 'index.html'],
    ['docs/', 'docs/index.html'],
    ['docs', 'docs'],
    ['/', '/index.html'],
    ['docs//', 'docs//index.html'],
  ])('of %j is %s (F1801)', (path, key) => {
    expect(findKeyOfVisit(index, path)).toBe(key);
  });

  it('is that of the path if all visits are redirected', () => {
    expect(findKeyOfVisit({ RedirectAllRequestsTo: { HostName: 'a' } }, 'docs/')).toBe('docs/');
  });
});

describe('a visit', () => {
  it('is answered with the object or with the index document (F1801)', () => {
    expect(answer(index, '')).toEqual({ kind: 'page', page: { of: 'index.html' } });
    expect(answer(index, 'docs/')).toEqual({ kind: 'page', page: { of: 'docs/index.html' } });
    expect(answer(index, 'old/a')).toEqual({ kind: 'page', page: { of: 'old/a' } });
  });

  it('of a folder without its slash is led to it, if the index document is there for the visitor (F1801)', () => {
    expect(answer(index, 'docs', { query: '?a=b' })).toEqual({ kind: 'folder', location: '/docs/' });
    expect(answer(index, 'private')).toMatchObject({ kind: 'refusal', refusal: { refusal: 'AccessDenied' } });
    expect(answer(index, 'other')).toMatchObject({ kind: 'refusal', refusal: { refusal: 'NoSuchKey' } });
    const site = makeSite({ 'a% b/index.html': '' });
    const folder = { kind: 'folder', location: '/a%25 b/' };
    expect(answerVisit(index, visit('a%25%20b'), site)).toEqual(folder);
  });

  it('of a folder without its slash is 403, if its index document is there and private (F1801)', () => {
    const nested: WebsiteConfiguration = { IndexDocument: { Suffix: 'private.html' } };
    const site = makeSite({ 'docs/private.html': 'hidden' });
    expect(site.read('docs')).toMatchObject({ refusal: 'NoSuchKey' });
    expect(answerVisit(nested, visit('docs'), site)).toMatchObject({
      kind: 'refusal',
      refusal: { refusal: 'AccessDenied' },
    });
  });

  it('of an object that the visitor may not read is not led to the folder of its name (F1801)', () => {
    const site = makeSite({ docs: 'hidden', 'docs/index.html': 'docs' });
    const refused = new S3Error('AccessDenied');
    const closed: Site<Page> = { ...site, read: (key) => (key === 'docs' ? refused : site.read(key)) };
    expect(answerVisit(index, visit('docs'), closed)).toEqual({ kind: 'refusal', refusal: refused });
  });

  it.each(['docs/', ''])('of the folder %j is not led further down (F1801)', (path) => {
    const site = makeSite({ [`${path}/index.html`]: 'further down' });
    expect(answerVisit(index, visit(path), site)).toMatchObject({
      kind: 'refusal',
      refusal: { refusal: 'NoSuchKey', details: { Key: `${path}index.html` } },
    });
  });

  it('that is refused has the error document, except for a HEAD and for errors of S3 (F1802)', () => {
    expect(answer(withErrors, 'other')).toMatchObject({ document: { of: 'error.html' } });
    expect(answer(withErrors, 'other', { isHead: true })).not.toHaveProperty('document');
    expect(answer({ ...index, ErrorDocument: { Key: 'lost' } }, 'other')).toMatchObject({
      refusal: { refusal: 'NoSuchKey', details: { Key: 'other' } },
      document: { refusal: 'NoSuchKey', details: { Key: 'lost' } },
    });
    const failing = { ...makeSite(objects), read: () => new S3Error('InternalError') };
    expect(answerVisit(withErrors, visit('index.html'), failing)).not.toHaveProperty('document');
    expect(answer({ ...index, ErrorDocument: { Key: 'away' } }, 'other')).toMatchObject({
      kind: 'refusal',
      location: '/elsewhere?a=b',
    });
  });

  it('of an object that has not changed has no error document (F1804)', () => {
    const site = makeSite({ ...objects, 'index.html': 'unchanged' });
    const answered = answerVisit(withErrors, visit(''), site);
    expect(answered).toMatchObject({ kind: 'refusal', refusal: { refusal: 'NotModified' } });
    expect(answered).not.toHaveProperty('document');
  });

  it('of an object that leads elsewhere is led there, without its query (F1803)', () => {
    expect(answer(index, 'away', { query: '?c' })).toEqual(redirect('/elsewhere?a=b'));
  });
});

describe('a redirect of all visits', () => {
  const all = (Protocol?: string) =>
    ({ RedirectAllRequestsTo: { HostName: 'example.com', ...(Protocol && { Protocol }) } }) as WebsiteConfiguration;

  it('keeps the path and the query as they were sent (F1803)', () => {
    expect(answer(all(), 'a%2Fb', { query: '?x=%2F' })).toEqual(redirect('http://example.com/a%2Fb?x=%2F'));
    expect(answer(all('https'), '')).toEqual(redirect('https://example.com/'));
    expect(answer(all(), '', { protocol: 'https' })).toEqual(redirect('https://example.com/'));
  });
});

describe('a routing rule', () => {
  const moved: RoutingRule = { Condition: { KeyPrefixEquals: 'old/' }, Redirect: { ReplaceKeyPrefixWith: 'new/' } };

  it('replaces the prefix, and keeps the query (F1803)', () => {
    expect(answer(rules(moved), 'old/a', { query: '?b' })).toEqual(redirect('http://vault.test/new/a?b'));
    expect(answer(rules(moved), 'old/')).toEqual(redirect('http://vault.test/new/'));
    expect(answer(rules(moved), 'old%2Fa')).toEqual({ kind: 'page', page: { of: 'old/a' } });
  });

  it('replaces the whole key, and then the query too', () => {
    const rule: RoutingRule = { Redirect: { ReplaceKeyWith: 'a b', HostName: 'x.test', Protocol: 'https' } };
    expect(answer(rules(rule), 'old/a', { query: '?b' })).toEqual(redirect('https://x.test/a b'));
  });

  it('with an empty replacement removes the prefix or the key', () => {
    const without: RoutingRule = { Condition: { KeyPrefixEquals: 'old/' }, Redirect: { ReplaceKeyPrefixWith: '' } };
    expect(answer(rules(without), 'old/a')).toEqual(redirect('http://vault.test/a'));
    expect(answer(rules({ Redirect: { ReplaceKeyWith: '' } }), 'old/a')).toEqual(redirect('http://vault.test/'));
  });

  it('with another host alone keeps the path', () => {
    const rule: RoutingRule = { Redirect: { HostName: 'x.test', HttpRedirectCode: '307' } };
    expect(answer(rules(rule), 'old/a', { query: '?b' })).toEqual(redirect('http://x.test/old/a?b', 307));
  });

  it('of an error counts for this error alone, before the error document', () => {
    const on404: RoutingRule = {
      Condition: { HttpErrorCodeReturnedEquals: '404', KeyPrefixEquals: 'old/' },
      Redirect: { ReplaceKeyPrefixWith: 'report-404/' },
    };
    expect(answer(rules(on404), 'old/lost')).toEqual(redirect('http://vault.test/report-404/lost'));
    expect(answer(rules(on404), 'old/lost', { isHead: true })).toMatchObject({ kind: 'redirect' });
    expect(answer(rules(on404), 'old/a')).toMatchObject({ kind: 'page' });
    expect(answer(rules(on404), 'old/private')).toMatchObject({ kind: 'refusal' });
    expect(answer(rules(on404), 'lost')).toMatchObject({ kind: 'refusal' });
  });

  it('of a folder without its slash comes after the folder', () => {
    const on404: RoutingRule = { Condition: { HttpErrorCodeReturnedEquals: '404' }, Redirect: { ReplaceKeyWith: 'x' } };
    expect(answer(rules(on404), 'docs')).toEqual({ kind: 'folder', location: '/docs/' });
  });

  it('counts if it is the first whose condition holds, and before the redirect of an object', () => {
    const all: RoutingRule = { Redirect: { ReplaceKeyWith: 'all' } };
    expect(answer(rules(moved, all), 'old/a')).toEqual(redirect('http://vault.test/new/a'));
    expect(answer(rules(all, moved), 'old/a')).toEqual(redirect('http://vault.test/all'));
    expect(answer(rules(all), 'away')).toEqual(redirect('http://vault.test/all'));
  });
});
