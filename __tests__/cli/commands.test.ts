import { describe, expect, it } from '@jest/globals';
import { readCommand } from '../../src/cli/commands';

describe('the first words', () => {
  it.each<{ words: string; command: string; args: readonly string[] }>`
    words                | command               | args
    ${''}                | ${'serve'}            | ${[]}
    ${'--port 0'}        | ${'serve'}            | ${['--port', '0']}
    ${'try -- npx jest'} | ${'try'}              | ${['--', 'npx', 'jest']}
    ${'facts --list'}    | ${'facts'}            | ${['--list']}
    ${'help'}            | ${'serve'}            | ${['--help']}
    ${'-h --port 0'}     | ${'serve'}            | ${['--help']}
    ${'help help'}       | ${'serve'}            | ${['--help']}
    ${'help all'}        | ${'list all options'} | ${[]}
    ${'--help all'}      | ${'list all options'} | ${[]}
    ${'version'}         | ${'serve'}            | ${['--version']}
    ${'help try'}        | ${'try'}              | ${['--help']}
    ${'--help try'}      | ${'try'}              | ${['--help']}
    ${'-h facts'}        | ${'facts'}            | ${['--help']}
  `('"$words" asks for $command', ({ words, command, args }) => {
    expect(readCommand(words.split(' ').filter((word) => word !== ''))).toEqual({ command, args });
  });

  it.each([
    ['tri', "There is no command 'tri'. Did you mean try? The commands are try and facts. --help lists the options."],
    [
      'help fact',
      "There is no command 'fact'. Did you mean facts? The commands are try and facts. --help lists the options.",
    ],
    [
      'serve --port 0',
      "There is no command 'serve'. To serve a mock, write no command. The commands are try and facts. --help lists the options.",
    ],
  ])('"%s" is refused', (words, message) => {
    expect(() => readCommand(words.split(' '))).toThrow(new Error(message));
  });
});
