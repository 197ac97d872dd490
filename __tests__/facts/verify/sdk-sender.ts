import { Readable } from 'node:stream';
import * as s3Client from '@aws-sdk/client-s3';
import * as controlClient from '@aws-sdk/client-s3-control';
import * as stsClient from '@aws-sdk/client-sts';
import { type Ask, askByDeclarations, type Sender } from '../../../src/facts/play';
import type { RequestTarget, Scene } from '../../../src/facts/stage';
import { type Answer, isControlOperation, type ReceivedAnswer } from '../../../src/facts/wire-form';
import { parseXml, type Seen, seen } from '../../support/xml';

interface SdkRequest {
  readonly method: string;
  readonly hostname: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string | readonly string[] | null>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** The part of a client that both have in the same way. */
interface Sending {
  send(command: never): Promise<Record<string, unknown> & { Body?: { transformToString(): Promise<string> } }>;
}

type Command = new (input: unknown) => never;

/** The clients of the SDK, which hand their requests to the scene that asks. A new one for each call takes longer than the call. */
class SdkSender {
  readonly #clients = {
    s3: this.#makeClient(s3Client.S3Client, 's3'),
    's3-control': this.#makeClient(controlClient.S3ControlClient, 's3-control'),
    /** An access point is named in the host. */
    'access points': this.#makeClient(s3Client.S3Client, 's3', { forcePathStyle: false }),
    sts: this.#makeClient(stsClient.STSClient, 'sts'),
  };
  #call:
    | { readonly scene: Scene; readonly from: Sender; readonly client: ClientName; came?: ReceivedAnswer }
    | undefined;

  /** Calls go one after the other. */
  async ask(scene: Scene, operation: string, input: object, from: Sender): Promise<Answer> {
    const client = clientOf(operation, input);
    const commands = modules[client] as unknown as Record<string, Command | undefined>; // a namespace of classes
    // The block of an account has another name in the journal than in the client (F1102).
    const name = operation.replace('sts:', '').replace('AccountPublic', 'Public');
    const SdkCommand = commands[`${name}Command`];
    if (SdkCommand === undefined) throw new TypeError(`the AWS SDK v3 has no operation ${name}`);
    this.#call = { scene, from, client };
    try {
      const { $metadata: _, Body, ...output } = await this.#clients[client].send(new SdkCommand(withDates(input)));
      const read = Body === undefined ? {} : { Body: await Body.transformToString() };
      return { ...partsOf(this.#call.came), output: { ...output, ...read }, code: undefined };
    } catch (error) {
      const { came } = this.#call;
      if (came === undefined) throw error;
      const output = documentOf(Buffer.from(came.body).toString());
      // Errors inside of an answer of 200 are thrown by the SDK; all else that it throws is a mistake here.
      if (came.status < 300 && output['Code'] === undefined) throw error;
      return { ...partsOf(came), output, code: codeOf(output) };
    }
  }

  async #send(service: RequestTarget['service'], request: SdkRequest): Promise<object> {
    if (this.#call === undefined) throw new Error('the SDK sent a request that nobody asked for');
    const { scene, from, client } = this.#call;
    const path = `${request.path}${queryOf(request)}`;
    const inHost = client === 's3-control' || client === 'access points';
    const to = { service, ...from, ...(inHost && { host: request.hostname }) };
    const came = await scene.send({ ...request, path, body: bytesOf(request) }, to);
    this.#call.came = came;
    const { status: statusCode, headers, body } = came;
    return { response: { statusCode, headers: Object.fromEntries(headers), body: Readable.from([body]) } };
  }

  #makeClient(Client: new (options: never) => unknown, service: RequestTarget['service'], more = {}): Sending {
    const handle = (request: SdkRequest) => this.#send(service, request);
    return new Client({
      region: 'us-east-1',
      maxAttempts: 1,
      forcePathStyle: true,
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      followRegionRedirects: false,
      credentials: { accessKeyId: 'of the scene', secretAccessKey: 'of the scene' },
      signer: { sign: async (request: unknown) => request },
      requestHandler: { handle, updateHttpClientConfig: () => {}, httpHandlerConfigs: () => ({}) },
      ...more,
    } as never) as Sending; // the scene signs; a handler of the SDK has more types than it uses
  }
}

const modules = { s3: s3Client, 's3-control': controlClient, 'access points': s3Client, sts: stsClient };

type ClientName = keyof typeof modules;

function clientOf(operation: string, input: object): ClientName {
  if (operation.startsWith('sts:')) return 'sts';
  if (isControlOperation(operation)) return 's3-control';
  return 'Bucket' in input && String(input.Bucket).startsWith('arn:') ? 'access points' : 's3';
}

const sender = new SdkSender();

/** Writes operations and reads their answers by the AWS SDK v3; the scene signs and sends them. Other requests go as they are. */
export const askBySdk: Ask = (scene, operation, input, from) =>
  operation.includes(' ') || from.region !== undefined
    ? askByDeclarations(scene, operation, input, from)
    : sender.ask(scene, operation, input, from);

/** Moments are dates in an input of the SDK. */
function withDates(value: unknown): unknown {
  if (typeof value === 'string') return /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) ? new Date(value) : value;
  if (Array.isArray(value)) return value.map(withDates);
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, withDates(one)]));
}

function queryOf({ query }: SdkRequest): string {
  const parts = Object.entries(query).flatMap(([name, values]) =>
    [values ?? ''].flat().map((value) => `${encodeURIComponent(name)}=${encoded(value)}`),
  );
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}

const encoded = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);

const bytesOf = ({ body }: SdkRequest): Uint8Array => Buffer.from(body ?? '');

function partsOf(came: ReceivedAnswer | undefined): Pick<Answer, 'status' | 'headers'> {
  return { status: came?.status ?? 0, headers: Object.fromEntries(came?.headers ?? []) };
}

function documentOf(body: string): Readonly<Record<string, unknown>> {
  const root = body.trimStart().startsWith('<') ? parseXml(body) : undefined;
  const content = root === undefined ? {} : contentOf(seen(root));
  if (typeof content !== 'object') return {};
  return { ...content, ...Object(content['Error']) };
}

function contentOf({ children, text }: Seen): string | Readonly<Record<string, unknown>> {
  if (children.length === 0) return text;
  const members: Record<string, unknown> = {};
  for (const child of children) {
    const before = members[child.name];
    const content = contentOf(child);
    members[child.name] = before === undefined ? content : [before, content].flat();
  }
  return members;
}

/** STS has its error inside of its root. */
function codeOf(document: Readonly<Record<string, unknown>>): string | undefined {
  const error = (document['Error'] ?? document) as Readonly<Record<string, unknown>>; // an element with children, or the root
  return typeof error['Code'] === 'string' ? error['Code'] : undefined;
}
