/**
 * The variables that a command needs to start. A run depends on no others: jest, for one, writes no snapshots if `CI` is set.
 */
export function plainEnvironment(): NodeJS.ProcessEnv {
  const needed = /^(PATH|HOME|TMPDIR|npm_config_.*)$/i;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => needed.test(name)));
}
