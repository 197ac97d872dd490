import type { ConditionValues } from './condition-values';
import { matchesPattern } from './wildcards';

/** Whether a pattern matches a text once its variables, such as `${aws:username}`, have the values of a request. */
export function matchesWithVariables(pattern: string, text: string, values: ConditionValues): boolean {
  if (!pattern.includes('${')) return matchesPattern(pattern, text);
  let isKnown = true;
  const filled = pattern.replace(/\$\{([^}]*)\}/g, (_all, key: string) => {
    const [value, ...more] = values(key.toLowerCase()) ?? [];
    if (value === undefined || more.length > 0) isKnown = false;
    return value ?? '';
  });
  return isKnown && matchesPattern(filled, text);
}
