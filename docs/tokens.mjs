// The tokens of web identities in recorded cases. Their times begin when the cases are loaded, so that the cases are loaded at a fixed moment.
import { asWritten, inline } from './literals.mjs';

const moment = Date.parse('2026-09-15T00:00:00Z');
const now = moment / 1000;

/** What a function returns that takes this moment for the present. */
export function atMoment(load) {
  const { now: real } = Date;
  Date.now = () => moment;
  try {
    return load();
  } finally {
    Date.now = real;
  }
}

/** An input with its token as its header and its claims, and with times that are counted from the moment at which it is sent. */
export function withTokens(input) {
  const token = input.WebIdentityToken;
  return typeof token === 'string' ? { ...input, WebIdentityToken: asWritten(writeToken(token)) } : input;
}

function writeToken(token) {
  const parts = token.split('.');
  if (parts.length !== 3) return inline(token);
  try {
    const [head, claims] = parts.slice(0, 2).map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()));
    return `jwt(${inline(head)}, ${inline(withTimes(claims))})`;
  } catch {
    return inline(token);
  }
}

function withTimes(claims) {
  return Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, typeof value === 'number' ? timeOf(value) : withNearTimes(value)]));
}

/** A text or the texts of an answer, in which seconds near to the moment are counted from it: `$(now + 3600)`. */
export function withNearTimes(value) {
  if (typeof value === 'string') return value.replaceAll(/\b\d{10}(?:\.\d+)?\b/g, (found) => (isNear(Number(found)) ? `$(${distanceOf(Number(found))})` : found));
  if (Array.isArray(value)) return value.map(withNearTimes);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, withNearTimes(one)]));
}

const isNear = (value) => Math.abs(value - now) <= 100_000;

const timeOf = (value) => (isNear(value) ? asWritten(distanceOf(value)) : value);

function distanceOf(value) {
  const distance = value - now;
  return distance === 0 ? 'now' : `now ${distance < 0 ? '-' : '+'} ${Math.abs(distance)}`;
}
