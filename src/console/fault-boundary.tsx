import { Alert, Button, Center, Stack, Text } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { currentLanguage } from './language/use-language.ts';
import { shellTexts } from './texts/shell-texts.ts';

/** Tells of a fault of the console instead of an empty page. */
export class FaultBoundary extends Component<{ readonly children: ReactNode }, { readonly fault?: Error }> {
  override state: { readonly fault?: Error } = {};

  static getDerivedStateFromError(fault: Error): { readonly fault: Error } {
    return { fault };
  }

  override render(): ReactNode {
    const { fault } = this.state;
    if (fault === undefined) return this.props.children;
    const texts = shellTexts[currentLanguage()];
    return (
      <Center mih="100dvh" p="md" component="main">
        <Stack maw={480}>
          <Alert color="red" variant="outline" title={texts.ownFault}>
            {fault.message}
          </Alert>
          <Text size="sm">{texts.ownFaultHint}</Text>
          <Button onClick={() => window.location.assign(window.location.pathname)}>{texts.reload}</Button>
        </Stack>
      </Center>
    );
  }
}
