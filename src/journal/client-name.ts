const LONGEST = 40;

/** The first product of a User-Agent, which names the client itself: `aws-sdk-js/3.1169.0`, `MinIO`, `axios/1.21.1`. */
export function clientName(userAgent: string | undefined): string | undefined {
  const product = userAgent?.trim().split(/\s/, 1)[0];
  return product === undefined || product === '' ? undefined : product.slice(0, LONGEST);
}
