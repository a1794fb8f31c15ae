/** Set by the build; absent when sources run unbuilt (unit tests, benchmarks). */
declare const __APP_VERSION__: string | undefined;

/** The product's version from package.json, or `0.0.0-dev` when the code runs unbuilt. */
export const appVersion: string = typeof __APP_VERSION__ === 'string' ? __APP_VERSION__ : '0.0.0-dev';
