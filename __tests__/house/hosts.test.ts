import { describe, expect, it } from '@jest/globals';
import { createHosts } from '../../src/capture/hosts';
import { textOf } from './files';

const book = 'docs/hosts.md';
const [forms = ''] = textOf(book).split('\n## ');
const lines = forms.split('\n').filter((line) => /^\| (?!Form|---)/.test(line));
const form =
  /^\| (?<shape>[^|]+) \| (?<service>[^|]+) \| (?<dialect>aws|ibm-cos|none) \| (?<mock>answered|refused|passed) \| (?:any|`(?<region>[^`]+)`) \| `(?<host>[^`]+)` \|$/;
type Row = Readonly<Record<string, string | undefined>>;
const rows = lines.flatMap((line): readonly Row[] => {
  const row = form.exec(line)?.groups;
  return row === undefined ? [] : [row];
});

const known = createHosts(undefined, 'aws', undefined);

describe(book, () => {
  it('has rows of one form, each host once', () => {
    expect(lines.filter((line) => !form.test(line))).toEqual([]);
    expect(rows.length).toBeGreaterThan(30);
    expect(new Set(rows.map(({ host }) => host)).size).toBe(rows.length);
  });

  it.each(rows)('$host is $mock', ({ host = '', mock, dialect, region }) => {
    const endpoint = known.endpointOf(host, 443);
    const service = endpoint?.service;
    const done = service === undefined ? 'passed' : service === 'refused' ? 'refused' : 'answered';
    expect({ done, dialect: endpoint?.dialect ?? 'none', region: endpoint?.region }).toEqual({
      done: mock,
      dialect,
      region,
    });
  });

  it('names the suffix of every host in it', () => {
    const suffixes = ['amazonaws.com', 'amazonaws.com.cn', 'amazonaws.eu', 'c2s.ic.gov', 'sc2s.sgov.gov'];
    for (const suffix of [...suffixes, 'cloud.adc-e.uk', 'csp.hci.ic.gov', 'api.aws']) {
      expect(textOf(book)).toContain(`\`${suffix}\``);
      expect(known.endpointOf(`s3.us-east-1.${suffix}`, 443)).toBeDefined();
    }
  });
});
