import { shared } from './context.ts';
import { app, BrowserWindow, Menu, session } from './shim.ts';

/** What a test may ask of the double. */
export type ControlRequest =
  | { type: 'state' }
  | { type: 'answer-dialog'; method: string; answer: Record<string, unknown> }
  | { type: 'menu'; id: string }
  | { type: 'open-file'; path: string }
  | { type: 'second-instance'; argv: string[]; workingFolder: string }
  | { type: 'permission'; permission: string; url: string; mediaTypes?: string[] }
  | { type: 'close-window' }
  | { type: 'quit' };

/** Answer to `state`. */
export interface DoubleState {
  windows: { webPreferences: Record<string, unknown>; isShown: boolean }[];
  dialogCalls: { method: string; options: Record<string, unknown> }[];
  revealed: string[];
  blocked: string[];
}

function handle(request: ControlRequest): unknown {
  switch (request.type) {
    case 'state':
      return {
        windows: BrowserWindow.getAllWindows().map(({ options, isShown }) => ({
          webPreferences: options.webPreferences ?? {},
          isShown,
        })),
        dialogCalls: shared.dialogCalls,
        revealed: shared.revealed,
        blocked: shared.blocked,
      } satisfies DoubleState;
    case 'answer-dialog':
      return shared.dialogAnswers.push({ method: request.method, answer: request.answer });
    case 'menu': {
      const item = Menu.getApplicationMenu()?.getMenuItemById(request.id);
      if (!item?.click) throw new Error(`there is no menu item "${request.id}"`);
      return item.click();
    }
    case 'open-file':
      return void app.emit('open-file', { preventDefault() {} }, request.path);
    case 'second-instance':
      return void app.emit('second-instance', {}, request.argv, request.workingFolder);
    case 'permission': {
      const { permission, url: requestingUrl, mediaTypes } = request;
      const details = { requestingUrl, ...(mediaTypes ? { mediaTypes } : {}) };
      return new Promise<boolean>((answer) => session.defaultSession.requestHandler?.({}, permission, answer, details));
    }
    case 'close-window':
      return void BrowserWindow.getAllWindows()[0]?.close();
    case 'quit':
      return void setImmediate(() => app.quit());
  }
}

process.on('message', async ({ id, request }: { id: number; request: ControlRequest }) => {
  try {
    process.send?.({ id, result: (await handle(request)) ?? null });
  } catch (error) {
    process.send?.({ id, error: String(error) });
  }
});
