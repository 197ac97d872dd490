import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { libraryProject } from '../../support/library-project';
import { root, textOf } from '../files';
import { mendedBy } from '../mended-by';
import { badgeOf, terminalsOf } from '../pictures';

const { engines, license } = JSON.parse(textOf('package.json'));
const download = /^\| Download \| (.*) \|$/m.exec(textOf('docs/benchmarks.md'))?.[1] ?? '';

describe('the pictures of the README', () => {
  const project = libraryProject('pictures');
  const pictures = new Map([
    ['licence', badgeOf('licence', license)],
    ['node', badgeOf('Node', engines.node.replace('>=', '≥ '))],
    ['size', badgeOf('download', download)],
  ]);

  beforeAll(async () => {
    project.write('undo.test.js', textOf('__tests__/house/verify/picture.fixture.js'));
    const config = JSON.stringify({ testMatch: ['**/undo.test.js'], transform: {} });
    const { stderr } = await project.jest(['--config', config, '--color']);
    pictures.set(
      'failed-test',
      terminalsOf('A failed test, and a bucket', [screenOf(stderr), project.read('bucket.txt')]),
    );
    if (process.env['WRITE_PICTURES'])
      for (const [name, picture] of pictures) writeFileSync(join(root, `docs/pictures/${name}.svg`), picture);
  });

  it.each(['licence', 'node', 'size', 'failed-test'])('%s is what the library shows', (name) => {
    const drawn = readFileSync(join(root, `docs/pictures/${name}.svg`), 'utf8');
    mendedBy('npm run pictures', () => expect(drawn).toBe(pictures.get(name)));
  });

  it('are those that the README shows', () => {
    const shown = [...textOf('README.md').matchAll(/!\[[^\]]+\]\(docs\/pictures\/([\w-]+)\.svg\)/g)].map(
      ([, name]) => name,
    );
    expect(shown.toSorted()).toEqual([...pictures.keys()].toSorted());
  });
});

function screenOf(output: string): string {
  const [, failure = ''] = output.split(/^(?=.*●)/m);
  const [screen = ''] = failure.split(/\n.* {6}\S*at \S+ \(/);
  return screen
    .replace(/^(\S*) {2}/gm, '$1')
    .replace(/aws-sdk-js\/3\.[\d.]+/g, 'aws-sdk-js/3')
    .replace(/(?<!T)\d\d:\d\d:\d\d\.\d{3}/g, '12:00:00.000')
    .trimEnd();
}
