import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { playDoor } from './door';

/** Sends generated requests to the door of a served mock, made of its own document: `npm run tool fuzz-door -- --seed 7 --count 20000`. */

const { values } = parseArgs({ options: { seed: { type: 'string' }, count: { type: 'string', default: '20000' } } });
const seed = Number(values.seed ?? Date.now() % 1_000_000);

void playDoor(readFileSync('dist/door/openapi.json', 'utf8'), seed, Number(values.count)).then(
  ({ findings, statuses }) => {
    console.log(`seed ${seed}; answers by status: ${JSON.stringify(statuses)}`);
    for (const { index, request, problem } of findings.slice(0, 40)) console.log(`${index}: ${request}\n  ${problem}`);
    console.log(`${findings.length} findings`);
    process.exitCode = findings.length > 0 ? 1 : 0;
  },
);
