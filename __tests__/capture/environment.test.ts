import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { prepareEnvironment } from '../../src/capture';

const values = { accessKeyId: 'KEY', secretAccessKey: 'SECRET', region: 'eu-west-1' };
const prepared = {
  AWS_ACCESS_KEY_ID: 'KEY',
  AWS_SECRET_ACCESS_KEY: 'SECRET',
  AWS_REGION: 'eu-west-1',
  AWS_EC2_METADATA_DISABLED: 'true',
};

function withoutRegion({ AWS_REGION: _, ...others }: typeof prepared): Record<string, string> {
  return others;
}

function aws(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => name.startsWith('AWS_')));
}

function setAws(variables: Readonly<Record<string, string>>): void {
  for (const name of Object.keys(aws())) delete process.env[name];
  Object.assign(process.env, variables);
}

const original = aws() as Record<string, string>;
beforeEach(() => setAws({}));
afterEach(() => setAws(original));

describe('preparing the environment', () => {
  it.each<[what: string, before: Record<string, string>, during: Record<string, string>]>([
    ['nothing set', {}, prepared],
    ['a region', { AWS_REGION: 'us-east-2' }, { ...prepared, AWS_REGION: 'us-east-2' }],
    [
      'a default region',
      { AWS_DEFAULT_REGION: 'us-east-2' },
      {
        AWS_DEFAULT_REGION: 'us-east-2',
        AWS_ACCESS_KEY_ID: 'KEY',
        AWS_SECRET_ACCESS_KEY: 'SECRET',
        AWS_EC2_METADATA_DISABLED: 'true',
      },
    ],
    ['half a pair', { AWS_ACCESS_KEY_ID: 'mine' }, prepared],
    ['an empty secret', { AWS_ACCESS_KEY_ID: 'mine', AWS_SECRET_ACCESS_KEY: '' }, prepared],
    [
      'a pair',
      { AWS_ACCESS_KEY_ID: 'mine', AWS_SECRET_ACCESS_KEY: 'too', AWS_SESSION_TOKEN: 't' },
      { AWS_ACCESS_KEY_ID: 'mine', AWS_SECRET_ACCESS_KEY: 'too', AWS_SESSION_TOKEN: 't', AWS_REGION: 'eu-west-1' },
    ],
    [
      'a pair and a region',
      { AWS_ACCESS_KEY_ID: 'mine', AWS_SECRET_ACCESS_KEY: 'too', AWS_REGION: 'r' },
      { AWS_ACCESS_KEY_ID: 'mine', AWS_SECRET_ACCESS_KEY: 'too', AWS_REGION: 'r' },
    ],
    ['profiles and tokens', { AWS_PROFILE: 'p', AWS_DEFAULT_PROFILE: 'p', AWS_SESSION_TOKEN: 't' }, prepared],
    ['a web identity', { AWS_WEB_IDENTITY_TOKEN_FILE: 'f', AWS_ROLE_ARN: 'r' }, prepared],
    [
      'a container',
      { AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: '/c', AWS_CONTAINER_CREDENTIALS_FULL_URI: 'c' },
      prepared,
    ],
    [
      'both files, which have keys and a region',
      { AWS_CONFIG_FILE: 'c', AWS_SHARED_CREDENTIALS_FILE: 's', AWS_PROFILE: 'p' },
      { AWS_CONFIG_FILE: 'c', AWS_SHARED_CREDENTIALS_FILE: 's', AWS_PROFILE: 'p' },
    ],
    [
      'a file of credentials, which has keys',
      { AWS_SHARED_CREDENTIALS_FILE: 's' },
      { AWS_SHARED_CREDENTIALS_FILE: 's', AWS_REGION: 'eu-west-1' },
    ],
    [
      'a file of configuration, which has a region',
      { AWS_CONFIG_FILE: 'c' },
      { AWS_CONFIG_FILE: 'c', ...withoutRegion(prepared) },
    ],
    [
      'a profile of a file of configuration, which has keys as well',
      { AWS_CONFIG_FILE: 'c', AWS_PROFILE: 'p' },
      { AWS_CONFIG_FILE: 'c', AWS_PROFILE: 'p' },
    ],
    [
      'files that say nothing',
      { AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: 'NUL' },
      { ...prepared, AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: 'NUL' },
    ],
    [
      'variables of files that are empty',
      { AWS_CONFIG_FILE: '', AWS_SHARED_CREDENTIALS_FILE: '' },
      { ...prepared, AWS_CONFIG_FILE: '', AWS_SHARED_CREDENTIALS_FILE: '' },
    ],
    ['metadata allowed', { AWS_EC2_METADATA_DISABLED: 'false' }, prepared],
  ])('with %s sets the missing variables and restores all', (_what, before, during) => {
    setAws(before);
    const restore = prepareEnvironment(process, values);
    expect(aws()).toEqual(during);
    restore();
    restore();
    expect(aws()).toEqual(before);
  });

  it('leaves a variable that somebody set in the meantime', () => {
    setAws({ AWS_PROFILE: 'p' });
    const restore = prepareEnvironment(process, values);
    process.env['AWS_REGION'] = 'theirs';
    process.env['AWS_PROFILE'] = 'theirs';
    delete process.env['AWS_SECRET_ACCESS_KEY'];
    restore();
    expect(aws()).toEqual({ AWS_REGION: 'theirs', AWS_PROFILE: 'theirs' });
  });
});

describe('two preparations', () => {
  const other = { accessKeyId: 'KEY2', secretAccessKey: 'SECRET2', region: 'us-west-2' };
  const preparedOther = {
    ...prepared,
    AWS_ACCESS_KEY_ID: 'KEY2',
    AWS_SECRET_ACCESS_KEY: 'SECRET2',
    AWS_REGION: 'us-west-2',
  };
  const before = { AWS_PROFILE: 'p', AWS_ACCESS_KEY_ID: 'mine' };

  it.each<{ what: string; second: typeof values; during: object; ends: readonly [0 | 1, 0 | 1]; left: object }>`
    what                                                          | second    | during           | ends      | left
    ${'in the order of a stack'}                                  | ${other}  | ${preparedOther} | ${[1, 0]} | ${prepared}
    ${'in the order of a queue: the active one keeps its values'} | ${other}  | ${preparedOther} | ${[0, 1]} | ${preparedOther}
    ${'in either order with the same values'}                     | ${values} | ${prepared}      | ${[0, 1]} | ${prepared}
  `('unwind $what', ({ second, during, ends, left }) => {
    setAws(before);
    const restore = [prepareEnvironment(process, values), prepareEnvironment(process, second)] as const;
    expect(aws()).toEqual(during);
    restore[ends[0]]();
    expect(aws()).toEqual(left);
    restore[ends[1]]();
    expect(aws()).toEqual(before);
  });

  it('begin anew after both have ended', () => {
    prepareEnvironment(process, values)();
    setAws({ AWS_REGION: 'later' });
    const restore = prepareEnvironment(process, values);
    restore();
    expect(aws()).toEqual({ AWS_REGION: 'later' });
  });
});
