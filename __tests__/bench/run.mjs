import { measureAccess } from './access.mjs';
import { measureCalls } from './calls.mjs';
import { measureObjects } from './objects.mjs';

const benches = { calls: measureCalls, objects: measureObjects, access: measureAccess };
const chosen = process.argv.slice(2);
const unknown = chosen.filter((name) => !Object.hasOwn(benches, name));
if (unknown.length > 0) throw new TypeError(`no bench is called ${unknown}. There are ${Object.keys(benches)}.`);
for (const [name, measure] of Object.entries(benches))
  if (chosen.length === 0 || chosen.includes(name)) await measure();
