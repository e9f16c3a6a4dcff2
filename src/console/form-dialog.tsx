import { Alert, Button, Group, Modal, Stack } from '@mantine/core';
import type { ReactNode } from 'react';

interface FormDialogProps {
  readonly title: string;
  readonly submitLabel: string;
  readonly cancelLabel: string;
  /** The answer of the server is on its way. */
  readonly isBusy: boolean;
  /** Something that is needed is still missing. */
  readonly isIncomplete?: boolean;
  /** What it does weighs heavily. */
  readonly isGrave?: boolean;
  readonly fault: Error | null;
  readonly onClose: () => void;
  readonly onSubmit: () => void;
  readonly children: ReactNode;
}

/** A form in a window of its own: fields, the fault of the last try, a way out and a way on. */
export function FormDialog(props: FormDialogProps) {
  const { title, submitLabel, cancelLabel, isBusy, isIncomplete = false, isGrave = false } = props;
  const { fault, onClose, onSubmit, children } = props;
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      closeButtonProps={{ 'aria-label': cancelLabel }}
      transitionProps={{ duration: 0 }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit();
        }}
      >
        <Stack gap="sm">
          {children}
          {fault !== null && (
            <Alert color="red" variant="outline" role="alert">
              {fault.message}
            </Alert>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {cancelLabel}
            </Button>
            <Button type="submit" disabled={isIncomplete} loading={isBusy} {...(isGrave ? { color: 'red.9' } : {})}>
              {submitLabel}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
