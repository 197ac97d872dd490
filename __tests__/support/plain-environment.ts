/** What a command needs to start. Without the rest a run is the same everywhere: jest, for one, writes no snapshots where `CI` is set. */
export function plainEnvironment(): NodeJS.ProcessEnv {
  const needed = /^(PATH|HOME|TMPDIR|npm_config_.*)$/i;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => needed.test(name)));
}
