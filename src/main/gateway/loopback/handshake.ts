import type { WebSocket } from 'ws';
import { z } from 'zod';
import type { Session, Sessions } from './sessions.ts';

/** Close code for a missing or unknown key; the page then asks for a new link. */
export const refusedCloseCode = 4401;
const patienceMs = 5_000;
const helloSchema = z.object({ type: z.literal('hello'), key: z.string().max(200) });

/** Waits for the page's first message with its key; answers it, or closes the socket and gives null. */
export function shakeHands(socket: WebSocket, sessions: Sessions): Promise<Session | null> {
  return new Promise((resolve) => {
    const refuse = () => {
      clearTimeout(timer);
      socket.off('message', onMessage);
      socket.close(refusedCloseCode, 'unauthorised');
      resolve(null);
    };
    const timer = setTimeout(refuse, patienceMs);
    const onMessage = (data: { toString(): string }, isBinary: boolean) => {
      const session = isBinary ? null : sessions.byKey(keyOf(data.toString()));
      if (session === null) return refuse();
      clearTimeout(timer);
      resolve(session);
    };
    socket.once('message', onMessage);
    socket.once('close', () => {
      clearTimeout(timer);
      resolve(null);
    });
  });
}

function keyOf(text: string): string {
  if (text.length > 1000) return '';
  try {
    const hello = helloSchema.safeParse(JSON.parse(text));
    return hello.success ? hello.data.key : '';
  } catch {
    return '';
  }
}
