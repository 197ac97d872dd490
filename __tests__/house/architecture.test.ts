import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import { arrowsOf } from './diagrams';
import { textOf } from './files';
import { fencesOf } from './markdown';
import { collect } from './nodes';
import { type Import, placeOf, type Source, sources } from './sources';

/** Rooms, or single files, that the files of a room may import beside each other and the leaves `s3-mock-error`, `thrown-errors` and `callback`. */
interface Arrows {
  readonly values?: readonly string[];
  /** Rooms of which they may import types only. */
  readonly types?: readonly string[];
  readonly packages?: readonly string[];
}

const leaves = ['formats', 'shapes', 'text'];

/** The rooms of src, leaves first. An arrow points from a row to rows above it. */
const arrows: Readonly<Record<string, Arrows>> = {
  'core-modules': {},
  wire: {},
  callback: {},
  'test-file': {},
  'thrown-errors': {},
  // What a tried suite shares with the entries and with the hooks of runners, each of which is loaded by itself.
  'tried-tests': {},
  formats: { packages: ['hash-wasm', 'node:crypto', 'node:util', 'node:zlib'] },
  text: { values: ['core-modules', 'formats'], packages: ['node:url', 'node:util'] },
  // A refusal has a reason.
  refusals: { values: ['formats', 'text'] },
  // A shape names the refusals of texts that do not fit it, and says what is wrong with a value that a test gives.
  shapes: { values: ['text'], types: ['refusals', 'wire'], packages: ['node:util'] },
  's3-mock-error': { values: ['text/mistakes', 'text/kept-reasons'], types: ['text/reason'] },
  // The reason of a refusal quotes what was sent.
  model: { values: ['refusals', ...leaves], packages: ['node:crypto', 'otplib', 'sorted-btree'] },
  // The model has the rules of bucket names and of lifecycle; a dialect chooses the ones of its service.
  dialects: { values: ['formats', 'refusals', 'model', 'text'] },
  protocol: {
    values: ['refusals', 'dialects', ...leaves],
    types: ['wire', 'model'],
    packages: ['node:crypto', 'node:url', 'node:util', 'xml2js', 'xml2js/lib/parser'],
  },
  operations: {
    values: ['protocol', 'model', 'refusals', 'dialects', ...leaves],
    types: ['wire'],
    packages: ['node:url'],
  },
  // STS is no part of S3: of its protocol it reads how SigV4 signs, and how XML is escaped (decision 51).
  sts: {
    values: ['protocol', 'model', 'refusals', ...leaves],
    types: ['wire'],
    packages: ['node:url'],
  },
  // Its options are a shape. Long bytes are written as their digest; a wait for a request needs a timer that nobody fakes. What S3 did by itself comes from the model.
  journal: {
    values: ['text', 'formats', 'shapes'],
    types: ['operations/table', 'operations/control/table', 'sts/table', 'model/schedule/service-action', 'wire'],
    packages: ['node:assert', 'node:timers', 'node:url', 'node:util', 'node:zlib'],
  },
  // A failure says why an event was not sent: the configuration of the bucket, or what S3 answered.
  events: {
    values: ['model', 'journal', 'formats', 'shapes', 'text'],
    // Handlers are called in a later turn, that nobody fakes; their requests are known by their asynchronous context.
    packages: ['node:async_hooks', 'node:timers', 'node:util'],
  },
  service: {
    values: ['operations', 'sts', 'protocol', 'model', 'journal', 'refusals', 'dialects', ...leaves],
    types: ['wire'],
    // A rule of `s3.on` prints itself.
    packages: ['node:util'],
  },
  // A fixture may name the dialect that its lifecycle rules follow.
  preset: {
    values: ['model', 'dialects', 'refusals', ...leaves],
    packages: ['node:fs', 'node:path', 'node:url', 'node:util'],
  },
  capture: {
    values: ['text'],
    types: ['test-file', 'wire'],
    packages: 'async_hooks crypto diagnostics_channel dns events http https module net path stream timers tls url util'
      .split(' ')
      .map((name) => `node:${name}`),
  },
  mock: {
    values: [
      'service',
      'preset',
      'events',
      'journal',
      'capture',
      'model',
      'operations',
      'sts',
      'refusals',
      'formats',
      'shapes',
      'text',
    ],
    types: ['test-file', 'wire'],
    packages: ['node:child_process', 'node:diagnostics_channel', 'node:path', 'node:url', 'node:util'],
  },
  // What a failed test shows. It is loaded for the first test that fails, and tries what it says by requests to a copy of the state.
  screen: {
    values: ['events', 'journal', 'operations/table', 'preset', 'service', 'protocol', 'model', ...leaves],
    types: ['mock', 'wire'],
    packages: ['node:url', 'node:util'],
  },
  // A world is a mock. It is loaded for the first test that forks or explores.
  worlds: {
    // Whether two requests commute follows from what the model read and wrote for them. The clock of a way moves to the next moment of the model.
    values: ['capture', 'journal', 'mock', 'model/schedule/next-moment', 'model/touches', 'shapes', 'text'],
    types: ['mock', 'service'],
    // Node tells of the timers that code of a way sets, and undici of the requests that it writes.
    packages: ['node:async_hooks', 'node:diagnostics_channel', 'node:perf_hooks', 'node:util', 'node:vm'],
  },
  // What a mock notes while `s3-versioning-mock try` runs the suite, and what the command makes of the notes. Both are loaded for that command alone.
  tried: {
    // A failure is what explorations take it for. Where code makes a request, the stack has its line. A bucket that is encrypted with KMS has other ETags.
    values: ['tried-tests', 'worlds', 'capture', 'mock', 'model', 'preset/object-literals', 'text'],
    types: ['events', 'journal', 'service', 'test-file'],
    packages: ['node:child_process', 'node:fs', 'node:os', 'node:path', 'node:test', 'node:worker_threads'],
  },
  matchers: {
    values: ['events', 'journal', 'preset', 'shapes', 'text'],
    types: ['mock', 'model'],
    packages: ['node:util'],
  },
  // It knows no value by its meaning, only by its kind.
  border: {
    values: ['core-modules', 'text'],
    types: ['test-file'],
    packages: ['node:events', 'node:url', 'node:util'],
  },
  // What programs in other languages call. It calls the mock as a test does, and shows what its logs have.
  // Beside that it signs URLs, as S3's signatures are computed.
  door: {
    values: [
      ...['protocol/signature/canonical-request', 'protocol/signature/keys', 'protocol/signature/service-time'],
      ...['formats', 'shapes', 'text'],
    ],
    types: ['capture', 'events', 'journal', 'mock', 'model', 'preset', 'service'],
    packages: [
      'node:crypto',
      'node:fs',
      'node:http',
      'node:https',
      'node:path',
      'node:timers',
      'node:url',
      'node:util',
    ],
  },
  // A browser loads it: of the library it shares the door's addresses (decision 55), and the words in the place of secrets.
  window: { values: ['text/masks'], packages: ['preact', 'preact/hooks'] },
  'late-program': { packages: ['node:fs', 'node:module', 'node:path', 'node:vm'] },
  // The two files that a process loads for all test files. The door is loaded when somebody first comes to it.
  engine: {
    values: [
      'border',
      'capture',
      'door',
      'late-program',
      'matchers',
      'mock',
      'preset',
      'screen',
      'text/values',
      'tried',
      'tried-tests',
      'worlds',
    ],
    types: ['test-file'],
    packages: ['node:path'],
  },
  guard: { values: ['border', 'capture'], types: ['test-file'] },
  // From here on, what each test file loads: of the engine it has the types alone, and asks for the rest at the border.
  faces: { values: ['border', 'engine', 'text/frames'], types: ['mock', 'preset', 'test-file'] },
  index: {
    values: ['faces', 'preset/delete-marker'],
    types: [
      ...['capture', 'dialects', 'events', 'journal', 'mock', 'model', 'operations', 'preset', 'service', 'shapes'],
      ...['sts', 'text', 'wire'],
    ],
  },
  testing: {
    values: ['border', 'core-modules', 'faces', 'guard', 'index', 'capture/native-runtime', 'tried-tests'],
    types: ['events', 'journal', 'matchers', 'mock', 'preset', 'text'],
    // It looks at Node's clients, which a test file can have mocked.
    packages: [
      ...['@jest/globals', 'bun:test', 'node:async_hooks', 'node:perf_hooks', 'node:util', 'vitest', 'vitest/suite'],
      ...['node:http', 'node:https', 'node:net', 'node:tls'],
    ],
  },
  // Recorded answers of S3, and what plays them: a client of the same declarations, and of a mock as a test has it.
  facts: {
    values: ['faces', 'formats', 'operations', 'protocol', 'text'],
    types: ['mock', 'model', 'preset', 'shapes'],
    packages: 'crypto fs http https path timers/promises url util zlib'.split(' ').map((name) => `node:${name}`),
  },
  cli: {
    // It sends nothing to a host of AWS.
    values: ['capture/aws-hosts', 'door/surface', 'faces', 'facts', 'journal', 'mock', 'preset', 'text', 'tried'],
    types: ['capture', 'model', 'shapes'],
    packages: ['node:fs', 'node:path', 'node:timers', 'node:url', 'node:util'],
  },
};

/** Packages that only one file imports, and that file. */
const metIn: Readonly<Record<string, string>> = {
  xml2js: 'protocol/document/xml',
  otplib: 'model/identity/mfa-device',
  'sorted-btree': 'model/ordered-tree',
  'hash-wasm': 'formats/xxhash',
  '@jest/globals': 'testing/jest',
  'bun:test': 'testing/bun',
  vitest: 'testing/vitest',
};

function forbidden(source: Source, { target, room, types }: Import): boolean {
  const own = arrows[source.room];
  if (own === undefined) return true;
  const { values = [], packages = [] } = own;
  if (room === undefined) return !packages.includes(target) || (metIn[target] ?? source.name) !== source.name;
  if (room === source.room || target === 's3-mock-error' || target === 'thrown-errors' || target === 'callback')
    return false;
  const open = types ? [...values, ...(own.types ?? [])] : values;
  return !open.includes(room) && !open.includes(target);
}

describe('the import arrows of src', () => {
  it('have a row for every room', () => {
    expect(sources.map(({ room }) => room).filter((room) => !Object.hasOwn(arrows, room))).toEqual([]);
    const rooms = new Set(sources.map(({ room }) => room));
    expect(Object.keys(arrows).filter((room) => !rooms.has(room))).toEqual([]);
  });

  it('never turn back', () => {
    const turned = sources.flatMap((source) =>
      source.imports
        .filter((one) => forbidden(source, one))
        .map(({ target, types }) => `${source.file} imports ${types ? 'types of ' : ''}${target}`),
    );
    expect(turned).toEqual([]);
  });

  it('point from a room to rooms above it in the table', () => {
    const order = Object.keys(arrows);
    const rising = Object.entries(arrows).flatMap(([room, { values = [], types = [] }]) =>
      [...values, ...types]
        .map((target) => target.split('/')[0] ?? target)
        .filter((target) => room !== 'testing' && order.indexOf(target) >= order.indexOf(room))
        .map((target) => `${room} -> ${target}`),
    );
    expect(rising).toEqual([]);
  });

  it('lead where the arrows of the diagram in docs/architecture.md lead', async () => {
    const [diagram] = fencesOf(textOf('docs/architecture.md')).filter(({ language }) => language === 'mermaid');
    const drawn = await arrowsOf(diagram?.code ?? '');
    const bottom = ['core-modules', 'late-program', 'test-file', 'tried-tests', 'wire', ...leaves];
    const tested = Object.entries(arrows).flatMap(([room, { values = [], types = [] }]) =>
      [...values, ...types].map((target) => [room, target.split('/')[0] ?? target] as const),
    );
    const above = tested.filter(([room, target]) => !bottom.includes(room) && !bottom.includes(target));
    expect(reachable(drawn)).toEqual(reachable(above));
  });

  it('make no circle, types included, not even inside a room', () => {
    expect(circles()).toEqual([]);
  });
});

function reachable(pairs: readonly (readonly [from: string, to: string])[]): readonly string[] {
  const found = new Set<string>();
  const follow = (start: string, room: string): void => {
    for (const [from, to] of pairs) {
      if (from !== room || found.has(`${start} -> ${to}`)) continue;
      found.add(`${start} -> ${to}`);
      follow(start, to);
    }
  };
  for (const [from] of pairs) follow(from, from);
  return [...found].sort();
}

function circles(): readonly string[] {
  const byName = new Map(sources.map((source) => [source.name, source]));
  const found = new Set<string>();
  const done = new Set<string>();
  const follow = (name: string, trail: readonly string[]): void => {
    const at = trail.indexOf(name);
    if (at !== -1) found.add([...trail.slice(at), name].join(' -> '));
    if (at !== -1 || done.has(name)) return;
    // A folder's name stands for its index.
    const source = byName.get(name) ?? byName.get(`${name}/index`);
    for (const one of source?.imports ?? []) {
      if (one.room !== undefined) follow(one.target, [...trail, name]);
    }
    done.add(name);
  };
  for (const { name } of sources) follow(name, []);
  return [...found];
}

describe('a dialect', () => {
  // Options are read as words, and a refusal holds the words of both services.
  const readWords = ['mock/options', 'cli/arguments', 'refusals/wording', 'refusals/failures'];

  it('is a value: code elsewhere compares with no name of one', () => {
    const compared = placesOf((node, { name, room }) => {
      if (room === 'dialects' || readWords.includes(name) || !ts.isBinaryExpression(node)) return false;
      if (!/^[!=]==$/.test(node.operatorToken.getText())) return false;
      return [node.left, node.right].some((side) => ts.isStringLiteral(side) && /^(?:aws|ibm-cos)$/.test(side.text));
    });
    expect(compared).toEqual([]);
  });
});

describe('the model', () => {
  it('gets the time from its clock, and chance from its ids', () => {
    expect(placesOf((node, { room }) => room === 'model' && isOutsideTheModel(node))).toEqual([]);
  });
});

/** Whether a node reads the process, the present time or a random number. */
function isOutsideTheModel(node: ts.Node): boolean {
  if (ts.isNewExpression(node) && node.expression.getText() === 'Date') return (node.arguments ?? []).length === 0;
  if (ts.isCallExpression(node) && node.expression.getText() === 'Date') return true;
  if (ts.isPropertyAccessExpression(node)) {
    const read = node.getText();
    return ['Date.now', 'Math.random', 'performance.now'].includes(read) || read.startsWith('globalThis.');
  }
  const drawn = ['randomBytes', 'randomUUID', 'randomInt', 'randomFillSync', 'getRandomValues', 'process'];
  return ts.isIdentifier(node) && drawn.includes(node.text);
}

function placesOf(wrong: (node: ts.Node, source: Source) => boolean): readonly string[] {
  return sources.flatMap((source) =>
    collect(source.tree, (node) => (wrong(node, source) ? [placeOf(source, node)] : [])),
  );
}

/** The calls with a spread list whose length our own code fixes, and data cannot. */
const short = new Set([
  'patches.push(...laid)',
  'bigEndian(...crc64Nvme(bytes))',
  'oneOf(...shape.words)',
  'method.call(this, ...values)',
  'method.call(object, ...values)',
  'act(...values)',
  // What a test gives to a matcher or to an `expect…` method, in a call of its own.
  'verdict(reading, ...values)',
  '(functions()[name] as Matcher)(...given)',
  'match(subject, ...values)',
  'showVersion(this.#store, bucket, ...found)',
  'names.push(...Object.keys(habitsOf.get(at) ?? {}))',
  // The arguments of a call that the library passes on.
  'run(...values)',
  'run.bind(undefined, ...values)',
  'super(...args)',
  'super(origin, ...rest)',
  'this.#fetch(...args)',
  'led[name]?.(...args)',
  "make(lead)['slice']?.(...args)",
  'emitBefore.call(this, event, ...values)',
]);

/** Shapes whose words are constants of the model. */
const ofWords = /^word(?:List|OrText)?\(/;

describe('the arguments of a call', () => {
  // They are on the stack: a call with some 120,000 of them throws a RangeError.
  it('are not a list whose length is that of data', () => {
    expect(
      sources.flatMap((source) => spreadCalls(source).filter((call) => !short.has(call) && !ofWords.test(call))),
    ).toEqual([]);
  });

  it('are not passed by apply, except to a function that is patched, and over the border', () => {
    const applied = sources.filter(({ text }) => /\.apply\(/.test(text)).map(({ file }) => file);
    const patching = ['clients', 'fetches'].map((name) => `src/capture/by-port/${name}.ts`);
    expect(applied).toEqual([
      'src/border/border.ts',
      ...patching,
      'src/capture/patches.ts',
      'src/testing/bun-tests.ts',
    ]);
  });
});

function spreadCalls({ tree }: Source): readonly string[] {
  return collect(tree, (node) =>
    (ts.isCallExpression(node) || ts.isNewExpression(node)) && node.arguments?.some(ts.isSpreadElement)
      ? [node.getText(tree).replaceAll(/\s+/g, ' ')]
      : [],
  );
}
