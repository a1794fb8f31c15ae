/** What the page-side part is given. */
export interface RuntimeConfig {
  windowId: number;
}

/** How the page-side part encodes messages; passed in because its source travels alone. */
interface Codec {
  encode(value: unknown): string;
  decode(text: string): unknown;
}

/**
 * Runs in the page before anything of its own, at every load: a stand-in for what Electron gives a sandboxed preload
 * script (`contextBridge`, `ipcRenderer`, `webUtils`), then the preload script itself. Its source is sent as text, so it
 * must not use anything from outside.
 */
export function installRuntime(
  config: RuntimeConfig,
  codec: Codec,
  preload: (require: (name: string) => unknown, module: object, exports: object) => void,
): void {
  if (window.top !== window || location.protocol !== 'http:') return;
  type Listener = (event: { ports: MessagePort[] }, ...args: unknown[]) => void;
  interface Message {
    type: string;
    id: number;
    channel: string;
    args: unknown[];
    ports: number[];
    port: number;
    data: unknown;
    error: string | null;
    value: unknown;
  }
  const socket = new WebSocket(`ws://${location.host}/__double?window=${config.windowId}`);
  const unsent: string[] = [];
  const listeners = new Map<string, Set<Listener>>();
  const calls = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  const ports = new Map<number, MessagePort>();
  const files: { name: string; size: number; path: string }[] = [];
  let nextCall = 1;

  const send = (message: object) => {
    const text = codec.encode(message);
    if (socket.readyState === WebSocket.OPEN) socket.send(text);
    else unsent.push(text);
  };
  socket.onopen = () => {
    for (const text of unsent.splice(0)) socket.send(text);
  };
  socket.onclose = () => {
    for (const port of ports.values()) port.close();
  };
  socket.onmessage = ({ data }) => {
    const message = codec.decode(data) as Message;
    if (message.type === 'port-message') ports.get(message.port)?.postMessage(message.data);
    else if (message.type === 'port-close') ports.get(message.port)?.close();
    else if (message.type === 'result') {
      const call = calls.get(message.id);
      calls.delete(message.id);
      if (message.error === null) call?.resolve(message.value);
      else call?.reject(new Error(message.error));
    } else if (message.type === 'ipc') {
      const event = { ports: message.ports.map(openPort) };
      for (const listener of listeners.get(message.channel) ?? []) listener(event, ...message.args);
    }
  };

  function openPort(id: number): MessagePort {
    const { port1, port2 } = new MessageChannel();
    ports.set(id, port2);
    port2.onmessage = ({ data }) => send({ type: 'port-message', port: id, data });
    port2.addEventListener('close', () => send({ type: 'port-close', port: id }));
    return port1;
  }

  const ipcRenderer = {
    send: (channel: string, ...args: unknown[]) => send({ type: 'send', channel, args }),
    invoke: (channel: string, ...args: unknown[]) =>
      new Promise((resolve, reject) => {
        const id = nextCall++;
        calls.set(id, { resolve, reject });
        send({ type: 'invoke', id, channel, args });
      }),
    on(channel: string, listener: Listener) {
      listeners.set(channel, (listeners.get(channel) ?? new Set()).add(listener));
      return ipcRenderer;
    },
    off: (channel: string, listener: Listener) => void listeners.get(channel)?.delete(listener),
  };

  /** As the real bridge does: values are copied and frozen, functions wrapped, class instances lose their class. */
  function copy(value: unknown): unknown {
    if (typeof value === 'function') return (...args: unknown[]) => copy(value(...args.map(copy)));
    if (typeof value !== 'object' || value === null || value instanceof Blob || value instanceof Element) return value;
    if (value instanceof Promise) return value.then(copy, (error: Error) => Promise.reject(new Error(error.message)));
    if (value instanceof MessagePort) throw new Error('An object could not be cloned.');
    if (Array.isArray(value)) return Object.freeze(value.map(copy));
    if (value instanceof Date || value instanceof Map || value instanceof Set || ArrayBuffer.isView(value))
      return structuredClone(value);
    return Object.freeze(Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copy(inner)])));
  }

  const electron = {
    contextBridge: {
      exposeInMainWorld(name: string, api: unknown) {
        Object.defineProperty(window, name, { value: copy(api), enumerable: true });
      },
    },
    ipcRenderer,
    webUtils: {
      // Registered by the test before it drops; a file made in memory has no path, as in the real thing.
      getPathForFile: (file: File) =>
        files.find((one) => one.name === file.name && (one.size < 0 || one.size === file.size))?.path ?? '',
    },
  };
  Object.defineProperty(window, '__electronDouble', {
    value: { registerFiles: (list: typeof files) => void files.splice(0, files.length, ...list) },
  });
  const require = (name: string) => {
    if (name === 'electron') return electron;
    throw new Error(`a sandboxed preload script cannot load "${name}"`);
  };
  const module = { exports: {} };
  preload(require, module, module.exports);
}

/** The whole script for `addInitScript`: runtime, codec and preload script as text. */
export function initScript(
  config: RuntimeConfig,
  codecSources: { encode: string; decode: string },
  preloadSource: string,
): string {
  return `(() => {
const codec = { encode: ${codecSources.encode}, decode: ${codecSources.decode} };
const preload = function (require, module, exports) {\n${preloadSource}\n};
(${installRuntime.toString()})(${JSON.stringify(config)}, codec, preload);
})();`;
}
