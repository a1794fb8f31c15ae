import type { Page } from 'playwright-core';

/**
 * One raw call of the contract from inside the page, over the face's own transport but a connection of its own:
 * `callEngine(page, '/system/info')`. For looking behind the interface; people's gestures go through the interface.
 */
export async function callEngine<Answer>(page: Page, path: string, input?: unknown, tries = 5): Promise<Answer> {
  try {
    return await callOnce<Answer>(page, path, input);
  } catch (error) {
    // A page that is busy drawing may say hello too late.
    if (tries <= 1 || !String(error).includes('closed with 4401')) throw error;
    return callEngine(page, path, input, tries - 1);
  }
}

function callOnce<Answer>(page: Page, path: string, input: unknown): Promise<Answer> {
  return page.evaluate<unknown, { path: string; input: unknown }>(
    async ({ path, input }) => {
      // The page's own client may share the port or socket: only answers to this call count, and a port stays open.
      const id = `test-${crypto.getRandomValues(new Uint32Array(2)).join('-')}`;
      const request = JSON.stringify({
        i: id,
        p: { u: path, ...(input === undefined ? {} : { b: { json: input } }) },
      });
      const read = (p: { s?: number; b: { json: unknown } }) => {
        if (p.s !== undefined && p.s >= 400) throw new Error(JSON.stringify(p.b.json));
        return p.b.json;
      };
      const desktop = (window as unknown as { spotloomDesktop?: { requestPort(): void } }).spotloomDesktop;
      if (desktop) {
        const port = await new Promise<MessagePort>((resolve) => {
          const listener = (event: MessageEvent) => {
            if (event.data !== 'spotloom-port' || !event.ports[0]) return;
            window.removeEventListener('message', listener);
            resolve(event.ports[0]);
          };
          window.addEventListener('message', listener);
          desktop.requestPort();
        });
        return new Promise<unknown>((resolve, reject) => {
          const listener = ({ data }: MessageEvent) => {
            const answer = JSON.parse(data);
            if (answer.i !== id) return;
            port.removeEventListener('message', listener);
            try {
              resolve(read(answer.p));
            } catch (error) {
              reject(error);
            }
          };
          port.addEventListener('message', listener);
          port.start();
          port.postMessage(request);
        });
      }
      const socket = new WebSocket(`${location.origin.replace('http', 'ws')}/engine`);
      return new Promise<unknown>((resolve, reject) => {
        socket.onopen = () =>
          socket.send(JSON.stringify({ type: 'hello', key: sessionStorage.getItem('spotloom-session') }));
        socket.onclose = ({ code }) => reject(new Error(`closed with ${code}`));
        socket.onmessage = ({ data }) => {
          if (data.includes('"welcome"')) return socket.send(request);
          try {
            resolve(read(JSON.parse(data).p));
          } catch (error) {
            reject(error);
          }
          socket.close();
        };
      });
    },
    { path, input },
  ) as Promise<Answer>;
}
