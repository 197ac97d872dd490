import * as sdk from '@aws-sdk/client-s3';

const commands = new Map<string, unknown>(Object.entries(sdk));

/** Makes a command of the SDK by the name of its operation. The caller says which type its answer has. */
export function makeCommand<Command = sdk.GetObjectCommand>(operation: string, input: object): Command {
  const Made = commands.get(`${operation}Command`) as new (given: object) => Command;
  return new Made(input);
}
