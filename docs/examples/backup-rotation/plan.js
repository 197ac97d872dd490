const millisecondsOfDay = 24 * 60 * 60 * 1000;

/** Days since 1970, in UTC. */
function dayOf({ LastModified }) {
  return Math.floor(LastModified.getTime() / millisecondsOfDay);
}

/** Weeks since 1970; they begin on Monday. */
function weekOf(version) {
  return Math.floor((dayOf(version) + 3) / 7);
}

/** Returns the last version of each of the latest days or weeks that have one. */
function lastOfEach(versions, periodOf, count) {
  const last = new Map();
  for (const version of versions) if (!last.has(periodOf(version))) last.set(periodOf(version), version);
  return [...last.values()].slice(0, count);
}

/** Returns the versions of one key that a rotation deletes. They are given newest first, as S3 lists them. */
function versionsToDelete(versions, { daily, weekly }) {
  const kept = new Set([...lastOfEach(versions, dayOf, daily), ...lastOfEach(versions, weekOf, weekly)]);
  return versions.filter((version) => !version.IsLatest && !kept.has(version));
}

module.exports = { versionsToDelete };
