import type { AnyRouter } from '@orpc/server';
import { StandardRPCHandler } from '@orpc/server/standard';
import { createServerPeerHandleRequestFn } from '@orpc/server/standard-peer';
import { ServerPeer } from '@orpc/standard-server-peer';
import type { Log } from '#main/platform/log/index.ts';
import type { Channel } from './channel.ts';
import { errorInterceptor } from './router.ts';

/** Longest message taken from a caller; media never cross the channel. */
export const maxMessageCharacters = 32 * 1024 * 1024;

/** Answers calls coming in on a channel until it closes; then everything under way is aborted. */
export function serveChannel(channel: Channel, router: AnyRouter, log: Log): void {
  const handler = new StandardRPCHandler(router, { clientInterceptors: [errorInterceptor(log)] });
  const answer = createServerPeerHandleRequestFn(handler, { context: {} });
  let isOpen = true;
  const peer = new ServerPeer(async (message) => {
    if (isOpen && typeof message === 'string') await channel.send(message);
  });
  channel.onMessage((text) => {
    if (text.length > maxMessageCharacters) {
      log.warn('a message was too long; its connection is closed', { characters: text.length });
      channel.close();
      return;
    }
    // Rejects for text that is not the protocol's: one bad message must not end the engine.
    peer.message(text, answer).catch((error: unknown) => {
      if (isOpen) log.warn('a message could not be answered', { error });
    });
  });
  channel.onClose(() => {
    isOpen = false;
    peer.close();
  });
}
