#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Listener, ListenOptions } from '../capture/index';
import { createMock } from '../faces/engine';
import type { MockControl } from '../mock/create-mock';
import type { MockS3 } from '../mock/mock-s3';
import { answeredServices } from '../mock/options';
import { S3MockError } from '../s3-mock-error';
import { tell } from '../text/reason';
import { visible } from '../text/values';
import { readArguments, type ServeCommand } from './arguments';
import { readCommand } from './commands';
import { facts } from './facts';
import { help, helpOfAll } from './flags';
import { writeGreeting } from './greeting';
import { Log, traceLines } from './log';
import { whenPackageManagerEnds } from './package-manager';
import { commandLineSurface, writeReason } from './surface';
import { tryCommand } from './try';
import { UsageError } from './usage-error';

async function main(given: readonly string[]): Promise<void> {
  const { command: name, args } = readCommand(given);
  const output = {
    print: (text: string) => writeSafely(process.stdout, text),
    tell: (line: string) => writeSafely(process.stderr, line),
  };
  if (name === 'facts') {
    process.exitCode = await facts(args, { version: version(), ...output });
    return;
  }
  if (name === 'try') {
    process.exitCode = await tryCommand(args, output);
    return;
  }
  if (name === 'list all options') {
    print(helpOfAll.trimEnd());
    return;
  }
  const command = readArguments(args);
  if (command === 'help') print(help.trimEnd());
  else if (command === 'version') print(version());
  else await serve(command);
}

async function serve(command: ServeCommand): Promise<void> {
  const log = new Log((text) => process.stdout.write(text));
  const { control, listener } = await open(command, log).catch((error: unknown) => {
    throw inFlags(error, command);
  });
  process.on('SIGUSR2', () => {
    const header = control.mock.mfa.header();
    log.print(command.json ? JSON.stringify({ mfaHeader: header }) : visible(header));
  });
  // The log is flushed however the process ends, even by an error that nobody caught.
  process.on('exit', () => log.flush());
  const end = () => {
    // A second signal ends the process, by Node's default.
    for (const signal of signals) process.off(signal, end);
    stopWatching();
    log.prepareForEnd();
    listener
      .close()
      .then(() => control.mock.stop())
      .catch(fail);
  };
  const stopWatching = whenPackageManagerEnds(end);
  for (const signal of signals) process.on(signal, end);
  log.print(
    command.json ? JSON.stringify(addresses(control, listener, command)) : greeting(control, listener, command),
  );
  log.flush();
}

async function open({ mock, listen, quiet, json }: ServeCommand, log: Log) {
  // The mock is not started, so this process is not captured.
  const control = createMock({ ...mock, credentials: false, trace: false }, serve);
  const listener = await control.mock.listen({ ...listen, ref: true });
  const surface = commandLineSurface({ process: process.pid, door: findDoor(listener, listen) });
  if (!quiet)
    control.lifetime.trace(
      traceLines((line) => log.print(line), {
        isJson: json,
        isColoured: process.stdout.isTTY && !process.env['NO_COLOR'],
        tell: (entry) => writeReason(entry, surface),
      }),
    );
  return { control, listener };
}

const signals = ['SIGINT', 'SIGTERM'] as const;

function findDoor({ url }: Listener, { door = {} }: ListenOptions): string | undefined {
  return door === false ? undefined : `${url}${door.path ?? '/_mock'}`;
}

function inFlags(error: unknown, command: ServeCommand): unknown {
  const surface = commandLineSurface({ process: process.pid, door: undefined });
  const write = (mistake: Error) => command.inFlags(tell(mistake, 'message', surface) ?? '').replace(/^mockS3: /, '');
  if (error instanceof TypeError) return new UsageError(write(error));
  return error instanceof S3MockError ? new S3MockError(error.code, write(error)) : error;
}

/** What a client needs: the variables that SDKs read, and what a program asks the mock for. */
function addresses({ mock }: MockControl, listener: Listener, { mock: settings, listen }: ServeCommand) {
  const { url } = listener;
  const { region = 'us-east-1' } = settings;
  const door = findDoor(listener, listen);
  const services = answeredServices(settings);
  const { accessKeyId, secretAccessKey } = mock.account.credentials;
  // Clients of S3 Control put the account in front of the host, so the host must be a name, not an address.
  const named = `${listen.tls === undefined ? 'http' : 'https'}://${listen.base ?? 'localhost'}:${listener.port}`;
  return {
    url,
    page: door === undefined ? undefined : `${door}/`,
    environment: {
      AWS_ENDPOINT_URL_S3: url,
      ...(services.has('sts') && { AWS_ENDPOINT_URL_STS: url }),
      ...(services.has('s3-control') && { AWS_ENDPOINT_URL_S3_CONTROL: named }),
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_REGION: region,
      AWS_DEFAULT_REGION: region,
    },
    buckets: mock.buckets.map(({ name }) => name),
    accounts: furtherAccounts(mock).map(({ name, credentials }) => ({ name, ...credentials })),
    mfa: { serial: mock.mfa.serial, secret: mock.mfa.secret },
    process: process.pid,
  };
}

function greeting(control: MockControl, listener: Listener, command: ServeCommand): string {
  const { mfa, ...served } = addresses(control, listener, command);
  const isNeeded = control.mock.buckets.some(({ mfaDelete }) => mfaDelete === 'Enabled');
  return writeGreeting({ ...served, mfa: isNeeded ? mfa : undefined, version: version() }, process.platform);
}

function furtherAccounts({ accounts }: MockS3) {
  return accounts.filter(({ name }) => name !== 'default');
}

function version(): string {
  const file = path.join(__dirname, '../../package.json');
  const { version: found } = JSON.parse(readFileSync(file, 'utf8')) as { readonly version: string }; // our own file
  return found;
}

function writeSafely(stream: NodeJS.WritableStream, text: string): void {
  stream.write(`${visibleLines(text)}\n`);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Makes control characters visible, since the text can quote any characters of an argument or a file. */
function visibleLines(text: string): string {
  return text.split('\n').map(visible).join('\n');
}

function fail(error: unknown): void {
  const usage = error instanceof UsageError;
  const known = usage || (error instanceof Error && error.name === 'S3MockError');
  const text = known ? visibleLines(error.message) : error instanceof Error ? error.stack : String(error);
  process.stderr.write(`s3-versioning-mock: ${text}\n`);
  process.exitCode = usage ? 2 : 1;
}

// If the reader of the lines stops, as head does, the mock goes on answering.
process.stdout.on('error', () => {});
main(process.argv.slice(2)).catch(fail);
