import { Alert, Button, Center, Stack } from '@mantine/core';
import { Component, type ReactNode } from 'react';

const TEXTS = {
  title: 'The console met a fault of its own',
  again: 'Load it again',
} as const;

/** Tells of a fault of the console instead of an empty page. */
export class FaultBoundary extends Component<{ readonly children: ReactNode }, { readonly fault?: Error }> {
  override state: { readonly fault?: Error } = {};

  static getDerivedStateFromError(fault: Error): { readonly fault: Error } {
    return { fault };
  }

  override render(): ReactNode {
    const { fault } = this.state;
    if (fault === undefined) return this.props.children;
    return (
      <Center mih="100dvh" p="md" component="main">
        <Stack maw={480}>
          <Alert color="red" variant="outline" title={TEXTS.title}>
            {fault.message}
          </Alert>
          <Button onClick={() => window.location.assign(window.location.pathname)}>{TEXTS.again}</Button>
        </Stack>
      </Center>
    );
  }
}
