import { readFileSync } from 'node:fs';
import { clearInterval, setInterval } from 'node:timers';

/** The milliseconds between two looks at the process that started this one. */
const pulse = 500;

/**
 * Calls `act` once the package manager that runs this command is gone. npm, pnpm and yarn end at a signal, and leave what they run to itself.
 * Returns a function that stops watching.
 *
 * Nothing else is watched: a shell that has ended, of a script or of a step of CI, may have started the command for what comes later.
 */
export function whenPackageManagerEnds(act: () => void, { env } = process): () => void {
  if (!runsInForeground(env)) return () => {};
  const first = findParents();
  const watch = setInterval(() => {
    if (findParents() === first) return;
    clearInterval(watch);
    act();
  }, pulse).unref();
  return () => clearInterval(watch);
}

/** Whether a package manager waits for this command. What a script of the package puts into the background is meant to outlive it. */
export function runsInForeground({ npm_config_user_agent: manager, npm_lifecycle_script: script }: NodeJS.ProcessEnv) {
  if (manager === undefined) return false;
  // pnpm exec and yarn 4 do not say what they run.
  if (script === undefined) return true;
  // After redirections and `&&` are removed, an `&` puts the command before it into the background.
  return /s3-versioning-mock(?!.*&)/s.test(script.replace(/[<>]&|&>|&&/g, ' '));
}

/** Returns the ids of the parents. If a parent ends, the system gives the process another parent; Windows does not. */
function findParents(): string {
  const parent = readStatus(process.ppid);
  // npm and yarn 1 run a shell, which stays if they are killed.
  const isShell = parent !== undefined && /^(?:ba|da|a|k|z)?sh$|^busybox$/.test(parent.name);
  return `${process.ppid} ${isShell ? parent.ppid : ''}`;
}

function readStatus(pid: number): { readonly name: string; readonly ppid: string } | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const end = status.lastIndexOf(')'); // the name is in parentheses, and can contain some
    const [, ppid = ''] = status.slice(end + 2).split(' ');
    return { name: status.slice(status.indexOf('(') + 1, end), ppid };
  } catch {
    return undefined; // only Linux has the file
  }
}
