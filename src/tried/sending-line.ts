import { isOwnFrame, readPlace } from '../text/frames';

/** Returns the line of the code that sent a request: the innermost frame that is neither Node's, nor of a package. */
export function findSendingLine(stack: string): string | undefined {
  for (const frame of stack.split('\n').slice(1)) {
    if (isOwnFrame(frame)) continue;
    const place = readPlace(frame);
    if (place === undefined || /^node:|[\\/]node_modules[\\/]/.test(place)) continue;
    return place.replace(/:\d+$/, '');
  }
  return undefined;
}
