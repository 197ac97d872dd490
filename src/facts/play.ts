import type { LeftOutCall, PlainInput, RecordedCall, RecordedCase, RecordedDetails } from './case';
import { type Comparison, differencesIn, type Names, withNames } from './compare';
import { LeftOut, type RequestTarget, type Scene, type Stage } from './stage';
import { withTimes, writeToken } from './tokens';
import {
  type Answer,
  isControlOperation,
  readAnswer,
  readPlainAnswer,
  readStsAnswer,
  writePlainRequest,
  writeRequest,
  writeStsRequest,
} from './wire-form';

export type Ask = (scene: Scene, operation: string, input: PlainInput, from: Sender) => Promise<Answer>;

export type Sender = Pick<RequestTarget, 'by' | 'region'>;

export interface Played {
  readonly differences: readonly string[];
  /** The calls that the stage did not send. */
  readonly leftOut: readonly LeftOutCall[];
}

export async function play(stage: Stage, recordedCase: RecordedCase, ask: Ask = askByDeclarations): Promise<Played> {
  const scene = await stage.begin(recordedCase);
  const found: (readonly string[])[] = [];
  const leftOut: LeftOutCall[] = [];
  try {
    for (const call of scene.calls)
      await playCall(stage, scene, ask, call).then(
        (differences) => found.push(differences),
        (error: unknown) => {
          if (!(error instanceof LeftOut)) throw error;
          leftOut.push({ label: call[0], reason: error.message });
        },
      );
  } finally {
    await scene.end();
  }
  return { differences: found.flat(), leftOut };
}

async function playCall({ keepsTime }: Stage, scene: Scene, ask: Ask, call: RecordedCall): Promise<readonly string[]> {
  const [label, operation, input, expected, output = {}, more = {}] = call;
  const { names } = scene;
  scene.checkCall?.(call);
  if (more.after !== undefined) await scene.advance(more.after);
  if (more.at !== undefined) scene.setClock(more.at);
  const now = Math.floor(Date.now() / 1000);
  const written = named(input, names, now) as PlainInput; // the input of a case
  const answer = await ask(scene, withNames(operation, names), written, { by: more.by, region: more.region });
  if (!isAnswered(expected, operation, answer)) {
    const why = scene.why?.();
    const actual = `${answer.status} ${answer.code ?? ''}${why === undefined ? '' : `: ${why}`}`;
    return [`${label}: expected ${expected}, but it is ${actual}`];
  }
  const differences = compare(answer, withTimes(output, now), more, { names, keepsTime });
  return differences.map((difference) => `${label}: ${difference}`);
}

function compare(
  answer: Answer,
  output: unknown,
  { order = [], absent = [], headers = {} }: RecordedDetails,
  comparison: Comparison,
): readonly string[] {
  const sent = Object.keys(answer.headers).filter((name) => order.includes(name));
  return [
    ...differencesIn(output, answer.output, comparison),
    ...absent.flatMap((path) => whyPresent(path, JSON.stringify(valueAt(answer.output, path)))),
    ...Object.entries(headers).flatMap(([name, value]) => {
      const actual = answer.headers[name];
      const path = `header ${name}`;
      return value === null ? whyPresent(path, actual) : differencesIn(value, actual, comparison, path);
    }),
    ...differencesIn(order, sent, comparison, 'headers'),
  ];
}

function whyPresent(path: string, written: string | undefined): readonly string[] {
  return written === undefined ? [] : [`${path}: expected none, but it is ${written}`];
}

function valueAt(output: object, path: string): unknown {
  return path.split('.').reduce<unknown>((value, name) => (Object(value) as Record<string, unknown>)[name], output);
}

/** Answers to HEAD have no document, and so no code. */
function isAnswered(expected: string, operation: string, { status, code }: Answer): boolean {
  const [expectedStatus, expectedCode] = expected.split(' ');
  const mayLack = code === undefined && /^Head/.test(operation);
  const isUnnamed = expectedCode === undefined && status >= 300;
  return String(status) === expectedStatus && (expectedCode === code || isUnnamed || mayLack);
}

/** Operations go by the declarations of the library, and other requests as they are. */
export async function askByDeclarations(
  scene: Scene,
  operation: string,
  input: PlainInput,
  { by, region }: Sender,
): Promise<Answer> {
  if (operation.includes(' ')) {
    const { host, secure } = input;
    return readPlainAnswer(
      await scene.send(writePlainRequest(operation, input), { service: 's3', by, region, host, secure }),
    );
  }
  const values = { ...input };
  const service = isControlOperation(operation) ? 's3-control' : 's3';
  if (!operation.startsWith('sts:'))
    return readAnswer(operation, await scene.send(writeRequest(operation, values), { service, by, region }));
  const action = operation.slice('sts:'.length);
  return readStsAnswer(action, await scene.send(writeStsRequest(action, values), { service: 'sts', by }));
}

/** An input with the names of its ids, and with its bytes and tokens written out. */
function named(value: unknown, names: Names, now: number): unknown {
  if (typeof value === 'string') return withNames(value, names);
  if (Array.isArray(value)) return value.map((one) => named(one, names, now));
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  if ('base64' in value && typeof value.base64 === 'string') return Buffer.from(value.base64, 'base64');
  if ('bytes' in value && 'of' in value) return Buffer.alloc(Number(value.bytes), String(value.of));
  if ('jwt' in value) return writeToken(value.jwt, now);
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, named(one, names, now)]));
}
