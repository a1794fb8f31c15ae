/** Plain Chromium knows no custom schemes: `spotloom://app/x` lives at `http://spotloom--app.localhost:<port>/x`. */
export interface UrlMap {
  toHttp(text: string): string;
  fromHttp(text: string): string;
  /** A Content-Security-Policy for the mapped page. */
  policyToHttp(policy: string): string;
}

/** Maps URLs of the registered schemes, wherever they stand in a text. */
export function createUrlMap(schemes: () => readonly string[], port: () => number): UrlMap {
  const alternatives = () => [...schemes()].sort((a, b) => b.length - a.length).join('|');
  return {
    toHttp: (text) =>
      text.replace(
        new RegExp(`\\b(${alternatives()})://([a-z0-9-]+)`, 'g'),
        (_all, scheme, host) => `http://${scheme}--${host}.localhost:${port()}`,
      ),
    fromHttp: (text) =>
      text.replace(
        new RegExp(`\\bhttp://(${alternatives()})--([a-z0-9-]+)\\.localhost:${port()}`, 'g'),
        (_all, scheme, host) => `${scheme}://${host}`,
      ),
    policyToHttp: (policy) =>
      policy.replace(
        new RegExp(`(?<=[\\s;])(${alternatives()}):(?=[\\s;]|$)`, 'g'),
        () => `http://*.localhost:${port()}`,
      ),
  };
}
