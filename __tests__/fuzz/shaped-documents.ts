import { notificationEvents } from '../../src/model/configurations/notification';
import { operations } from '../../src/operations/table';
import { wireNameOf } from '../../src/protocol/document/elements';
import type { Members, Shape } from '../../src/shapes/shape';
import { inheritedName, strangeText } from './names';
import type { Random } from './random';

const inXml = (value: string) => value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** Texts that members take, by the end of their name; a member beside them has any text. */
const texts: Readonly<Record<string, readonly string[]>> = {
  Id: ['one', 'two'],
  ID: ['one', 'two', ''],
  TargetBucket: ['vault', 'plain', 'absent'],
  Bucket: ['arn:aws:s3:::vault', 'arn:aws:s3:::aging', 'arn:aws:s3:::absent', 'vault', ''],
  Role: ['arn:aws:iam::000000000000:role/copier'],
  TopicArn: ['arn:aws:sns:us-east-1:000000000000:news'],
  QueueArn: ['arn:aws:sqs:us-east-1:000000000000:jobs', 'arn:aws:sqs:us-east-1:000000000000:jobs.fifo', 'jobs'],
  LambdaFunctionArn: ['arn:aws:lambda:us-east-1:000000000000:function:run'],
  Events: notificationEvents,
  AllowedMethods: ['GET', 'PUT', 'HEAD', 'get'],
  AllowedOrigins: ['*', 'https://*', '**'],
  Status: ['Enabled', 'Disabled', 'Suspended'],
  Name: ['prefix', 'suffix', 'Prefix', 'infix'],
  Suffix: ['index.html', '/', ''],
  Protocol: ['http', 'https', 'ftp'],
  HttpRedirectCode: ['301', '300'],
  AccessTier: ['ARCHIVE_ACCESS', 'DEEP_ARCHIVE_ACCESS'],
  LocationConstraint: ['eu-west-1', 'us-south-standard', 'x'],
  Permission: ['READ', 'FULL_CONTROL', 'x'],
  Type: ['CanonicalUser', 'Group', 'AmazonCustomerByEmail', 'x'],
  URI: ['http://acs.amazonaws.com/groups/global/AllUsers', 'x'],
};

export const shapedDocuments: Readonly<Record<string, (random: Random) => string>> = Object.fromEntries(
  Object.entries<{ readonly input: Members }>(operations).flatMap(([operation, { input }]) =>
    Object.entries(input).flatMap(([name, member]) =>
      member.kind === 'structure' && member.at === 'payload'
        ? [[operation, (random: Random) => elementsOf(random, member.roots?.[0] ?? name, member)]]
        : [],
    ),
  ),
);

function elementsOf(random: Random, name: string, shape: Shape): string {
  if (shape.kind === 'list') {
    const [least, most] = random.chance(0.95) ? [1, Math.min(shape.length?.[1] ?? 2, 2)] : [0, 3];
    const item = typed(name, shape.item);
    const count = random.chance(0.005) ? 1001 : most;
    return random.some(least, count, () => elementsOf(random, shape.itemName || name, item)).join('');
  }
  if (shape.kind === 'wrapped list') {
    const count = random.chance(0.02) ? random.pick([12, 101]) : 3;
    return `<${name}>${random.some(0, count, () => elementsOf(random, shape.itemName ?? name, shape.item)).join('')}</${name}>`;
  }
  if (shape.kind === 'structure')
    return `<${name}${attributesOf(random, shape.members)}>${membersOf(random, shape.members)}</${name}>`;
  return `<${name}>${inXml(textOf(random, name, shape))}</${name}>`;
}

/** An item with the words of its list: the items of `Events` are called `Event`. */
function typed(name: string, item: Shape): Shape {
  const known = texts[name];
  return item.kind === 'text' && known !== undefined ? { kind: 'words', words: known } : item;
}

function membersOf(random: Random, members: Members): string {
  return Object.entries(members)
    .filter(([, member]) => member.at !== 'attribute' && random.chance('isRequired' in member ? 0.97 : 0.5))
    .map(([name, member]) => {
      const shape = texts[name] === undefined ? member : typed(name, member);
      return elementsOf(random, wireNameOf(name, member), shape);
    })
    .join('');
}

function attributesOf(random: Random, members: Members): string {
  const attributes = Object.entries(members).filter(([, member]) => member.at === 'attribute');
  const written = attributes.map(
    ([name, member]) => `${wireNameOf(name, member)}="${inXml(textOf(random, name, member))}"`,
  );
  if (written.length === 0) return '';
  return ` xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" ${written.join(' ')}`;
}

function textOf(random: Random, name: string, shape: Shape): string {
  if (random.chance(0.05))
    return random.one(
      () => strangeText(random),
      () => inheritedName(random),
    );
  switch (shape.kind) {
    case 'words':
      return random.pick(shape.words);
    case 'boolean':
      return random.pick(['true', 'false', 'TRUE']);
    case 'integer':
    case 'long':
      return String(random.pick([0, 1, 15, 90, 180, 730, -1, 2 ** 31]));
    case 'date':
      return random.pick(['2030-01-01T00:00:00Z', '2026-01-01T00:00:00Z', '2026-01-01', 'x']);
    default:
      return random.pick(texts[name] ?? ['a', 'report.pdf', 'folder/']);
  }
}
