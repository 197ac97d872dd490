/** Writes the document of the door, `openapi.json`, into the folder that is given: `node -r ./build/typescript.cjs build/door-document/write.ts dist/door`. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { makeDocument } from './document';

const [, , folder = ''] = process.argv;
writeFileSync(path.join(folder, 'openapi.json'), JSON.stringify(makeDocument()));
