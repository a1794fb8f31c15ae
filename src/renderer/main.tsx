import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { connectEngine } from './engine/client.ts';
import { EngineProvider } from './engine/context.tsx';
import { followEvents } from './engine/events.ts';
import { queryDefaults } from './engine/queries.ts';
import { followNewLinks } from './engine/session.ts';
import { ErrorActionsHost } from './features/frame/error-actions-host.tsx';
import { reportProblems } from './features/frame/report-problems.ts';
import { createStudioRouter } from './routes/router.tsx';
import { showLastTheme, Toaster, TooltipProvider } from './ui/index.ts';
import './ui/theme.css';

// Connecting comes first: it takes the one-time token out of the address before the router reads it.
const engine = connectEngine();
followNewLinks(window);
showLastTheme();
const queries = new QueryClient(queryDefaults());
const router = createStudioRouter();

void followEvents(engine, queries, new AbortController().signal);
reportProblems(engine.client);

const element = document.getElementById('root');
if (element) {
  createRoot(element).render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <EngineProvider engine={engine}>
          <TooltipProvider>
            <ErrorActionsHost router={router}>
              <RouterProvider router={router} />
            </ErrorActionsHost>
            <Toaster />
          </TooltipProvider>
        </EngineProvider>
      </QueryClientProvider>
    </StrictMode>,
  );
}
