// Sends documents to the installed library, the same ones in each installation, and prints its answers as JSON: [what was sent, the answer].
const { createHash } = require('node:crypto');
const http = require('node:http');
const { mockS3 } = require('s3-versioning-mock');

const s3 = mockS3({ buckets: { vault: { versioning: 'Enabled' } }, seed: 'x', now: '2026-01-31T10:00:00Z' });

function answerTo(method, path, body) {
  const headers = {
    Authorization: 'AWS AKIA:c2lnbmF0dXJl',
    'Content-MD5': createHash('md5').update(body).digest('base64'),
    'Content-Length': Buffer.byteLength(body),
  };
  return new Promise((resolve, reject) => {
    const request = http.request({ host: 'vault.s3.amazonaws.com', method, path, headers }, (answer) => {
      const chunks = [];
      answer.on('data', (chunk) => chunks.push(chunk));
      answer.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        // An id depends on the number of the answers before it.
        const written = text.replace(/(?<=<DeleteMarkerVersionId>)\w+/, 'id');
        resolve(`${answer.statusCode} ${/<Code>(\w+)<\/Code>/.exec(text)?.[1] ?? written}`);
      });
    });
    request.on('error', reject);
    request.end(body);
  });
}

const rule = (prefix) =>
  `<Rule><ID>r</ID><Filter><Prefix>${prefix}</Prefix></Filter><Status>Enabled</Status><Expiration><Days>1</Days></Expiration></Rule>`;

const documents = {
  delete: ['POST', '/?delete', (text) => `<Delete><Object><Key>${text}</Key></Object></Delete>`],
  tagging: [
    'PUT',
    '/?tagging',
    (text) => `<Tagging><TagSet><Tag><Key>k</Key><Value>${text}</Value></Tag></TagSet></Tagging>`,
  ],
  versioning: [
    'PUT',
    '/?versioning',
    (text) =>
      `<?xml version="1.0" encoding="UTF-8"?><VersioningConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Status>${text}</Status></VersioningConfiguration>`,
  ],
  lifecycle: ['PUT', '/?lifecycle', (text) => `<LifecycleConfiguration>${rule(text)}</LifecycleConfiguration>`],
};

const texts = [
  ...['a', 'Enabled', '😀', 'ü', '&amp;', '&lt;a&gt;', '&quot;&apos;', '&#65;', '&#x41;', '&#X41;', '&#9;', '&#10;'],
  ...['&#13;', '&#0;', '&#1;', '&#x1;', '&#x8;', '&#xB;', '&#x1F;', '&#x7F;', '&#x85;', '&#xD800;', '&#xDFFF;'],
  ...['&#xD83D;&#xDE00;', '&#xFFFD;', '&#xFFFE;', '&#xFFFF;', '&#x10000;', '&#x10FFFF;', '&#x110000;'],
  ...['&#99999999999;', '&#-1;', '&#1e1;', '&#x41 ;', '&#;', '&#x;', '&#65', '&', '& ', '&;', '&nbsp;', '&foo;'],
  ...['&AMP;', '&amp', '&constructor;', '&__proto__;', '\u0001', '\u0008', '\u007f', '\u0085', '\ufffe', '\uffff'],
  ...['\t\n', ']]>', '>', '"', "'", '=', '<![CDATA[<a>&b;]]>', '<![CDATA[a', '<!-- a -->', '<!-- a -- b -->', '<!--->'],
  ...['<?a b?>', '<?xml version="1.0"?>', '<!DOCTYPE a>', '<a/>', '<a>', '</a>', '<a b=c/>', '<a b="c" b="d"/>'],
  ...["<a b='<'/>", '<a b="&#1;"/>', '<a b="&foo;"/>', '<a:b/>', '<1/>', '< a/>'],
];

const pieces = [
  ...texts.filter((text) => text.length < 20),
  ...['<', '/', '?>', '-->', ' ', '\n', 'xmlns="u"', ' b="c"', '\ufeff'],
];

/** Numbers below a limit, the same ones in each run (a linear congruence). */
function numbersFrom(seed) {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

function mutated(document, number) {
  const at = number(document.length);
  return document.slice(0, at) + pieces[number(pieces.length)] + document.slice(at + number(3));
}

const hostile = {
  'many attributes': (length) => `<Tagging ${'a=b '.repeat(length / 4)}/>`,
  'many quoted attributes': (length) =>
    `<Tagging ${Array.from({ length: length / 10 }, (_, index) => `a${index}="b"`).join(' ')}/>`,
  'a comment of hyphens': (length) => `<!--${'-'.repeat(length)}`,
  'many elements within each other': (length) => '<a>'.repeat(length / 3),
  'many references': (length) => documents.delete[2]('&amp;'.repeat(length / 5)),
  'many wrong references': (length) => documents.delete[2]('&#x1;'.repeat(length / 5)),
  'a long name': (length) => `<${'a'.repeat(length)}`,
};

/**
 * Resolves to the answer to a document, and to the milliseconds for which the process was busy with it; or with several of its kind.
 * Lifecycle rules may be longer than these documents, so that they are read to their end.
 */
async function busyWith(document, times = 1) {
  const before = process.cpuUsage();
  let answer;
  for (let count = 0; count < times; count += 1) answer = await answerTo('PUT', '/?lifecycle', document);
  const { user, system } = process.cpuUsage(before);
  return { answer, milliseconds: (user + system) / 1000 };
}

/** Resolves to the answer, with a remark if one document took more than four times the time of sixteen that are as long together. */
async function answerToHostile(documentOf) {
  let [whole, inPieces] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let round = 0; round < 6; round += 1) {
    const { answer, milliseconds } = await busyWith(documentOf(1_000_000));
    whole = Math.min(whole, milliseconds);
    if (whole < 100) return answer;
    inPieces = Math.min(inPieces, (await busyWith(documentOf(62_500), 16)).milliseconds);
    if (whole < inPieces * 4) return answer;
  }
  return 'an answer whose time grows with the square of the length';
}

async function main() {
  const answers = [];
  for (const [name, [method, path, documentOf]] of Object.entries(documents)) {
    for (const text of texts) answers.push([`${name}: ${text}`, await answerTo(method, path, documentOf(text))]);
  }
  const number = numbersFrom(7);
  for (let count = 0; count < 1_500; count += 1) {
    const [method, path, documentOf] = Object.values(documents)[number(4)];
    let document = documentOf('a');
    for (let times = number(3); times >= 0; times -= 1) document = mutated(document, number);
    answers.push([document, await answerTo(method, path, document)]);
  }
  for (const [name, documentOf] of Object.entries(hostile)) answers.push([name, await answerToHostile(documentOf)]);
  await s3.stop();
  process.stdout.write(JSON.stringify(answers));
}

void main();
