import { createHash, randomBytes } from 'node:crypto';

/** What a claimed one-time token gives: the page keeps the key, media URLs carry the secret. */
export interface Session {
  /** Sent by the page in its first WebSocket message. */
  key: string;
  /** The unguessable part of media and upload URLs. */
  secret: string;
}

/** One-time tokens and the sessions they were exchanged for; all end with the process. */
export interface Sessions {
  /** A token for one exchange. */
  newToken(): string;
  /** Exchanges a token; null when it is unknown or used up. */
  claim(token: string): Session | null;
  byKey(key: string): Session | null;
  bySecret(secret: string): Session | null;
}

/** Most unused tokens kept; the oldest stop working beyond it. */
const maxTokens = 100;

/**
 * Makes an empty set of sessions. Everything is 256 random bits and looked up by its hash: the time a lookup takes says
 * nothing about how much of a guess was right.
 */
export function createSessions(): Sessions {
  const tokens = new Set<string>();
  const byKey = new Map<string, Session>();
  const bySecret = new Map<string, Session>();
  return {
    newToken() {
      const token = random();
      tokens.add(digest(token));
      const [oldest] = tokens;
      if (tokens.size > maxTokens && oldest !== undefined) tokens.delete(oldest);
      return token;
    },
    claim(token) {
      if (!tokens.delete(digest(token))) return null;
      const session = { key: random(), secret: random() };
      byKey.set(digest(session.key), session);
      bySecret.set(digest(session.secret), session);
      return session;
    },
    byKey: (key) => byKey.get(digest(key)) ?? null,
    bySecret: (secret) => bySecret.get(digest(secret)) ?? null,
  };
}

function random(): string {
  return randomBytes(32).toString('base64url');
}

function digest(value: string): string {
  return createHash('sha256').update(value).digest('base64');
}
