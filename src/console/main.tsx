import '@mantine/core/styles.css';
import './evidence/evidence.css';
import './pages.css';
import './console.css';
import './case-page/case.css';
import { MantineProvider } from '@mantine/core';
import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ApiFault } from './api.ts';
import { Console } from './console.tsx';
import { FaultBoundary } from './fault-boundary.tsx';
import { resolveColors, theme } from './theme.ts';

/** A fault that the caller has to mend is not tried again; a session that ended leads back to the sign-in page. */
const queries = new QueryClient({
  queryCache: new QueryCache({
    onError: (fault, query) => {
      const hasEnded = fault instanceof ApiFault && fault.status === 401;
      if (hasEnded && query.queryKey[0] !== 'session') void queries.invalidateQueries({ queryKey: ['session'] });
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      retry: (failures, fault) => failures < 2 && !(fault instanceof ApiFault && fault.status < 500),
    },
  },
});

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={resolveColors} defaultColorScheme="auto">
      <QueryClientProvider client={queries}>
        <FaultBoundary>
          <Console />
        </FaultBoundary>
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
