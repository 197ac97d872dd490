// Answers as the language service of one TypeScript does, for a test: node service.cjs COMPILER FOLDER < questions as JSON
const { readFileSync } = require('node:fs');
const path = require('node:path');

const [, , compiler, folder] = process.argv;
const ts = require(compiler);
const { file, text, places } = JSON.parse(readFileSync(0, 'utf8'));
const at = path.join(folder, file);
const { config } = ts.readConfigFile(path.join(folder, 'tsconfig.json'), ts.sys.readFile);
const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, folder);

const service = ts.createLanguageService({
  getScriptFileNames: () => [at],
  getScriptVersion: () => '1',
  getScriptSnapshot(name) {
    const content = name === at ? text : ts.sys.readFile(name);
    return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content);
  },
  getCurrentDirectory: () => folder,
  getCompilationSettings: () => options,
  getDefaultLibFileName: ts.getDefaultLibFilePath,
  fileExists: (name) => name === at || ts.sys.fileExists(name),
  readFile: (name) => (name === at ? text : ts.sys.readFile(name)),
  directoryExists: ts.sys.directoryExists,
  getDirectories: ts.sys.getDirectories,
  realpath: ts.sys.realpath,
});

const completions = places.map((place) =>
  (service.getCompletionsAtPosition(at, place, {})?.entries ?? []).map(({ name, sortText }) => ({ name, sortText })),
);
const hovers = places.map((place) => {
  const { displayParts, documentation } = service.getQuickInfoAtPosition(at, place) ?? {};
  return `${ts.displayPartsToString(displayParts)}\n${ts.displayPartsToString(documentation)}`;
});
const errors = service.getSemanticDiagnostics(at).map(({ start, length, messageText }) => ({
  start,
  length,
  text: ts.flattenDiagnosticMessageText(messageText, '\n'),
}));
process.stdout.write(JSON.stringify({ version: ts.version, completions, hovers, errors }));
