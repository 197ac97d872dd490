import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const entry = '\0entry';
const cwd = fileURLToPath(new URL('../..', import.meta.url));

/** One file of a module's text and of what it imports, unless `isExternal` says that the module stays outside. */
export async function bundled(text, format, isExternal = () => false) {
  const bundle = await rolldown({
    input: entry,
    cwd,
    external: (name) => name !== entry && isExternal(name),
    plugins: [
      {
        name: 'entry',
        resolveId: (name) => (name === entry ? name : undefined),
        load: (name) => (name === entry ? text : undefined),
      },
    ],
    platform: 'node',
    logLevel: 'silent',
  });
  const { output } = await bundle.generate({ format, codeSplitting: false });
  return output[0].code;
}
