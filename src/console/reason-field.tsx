import { Textarea } from '@mantine/core';

/** The API asks for as many letters of a reason. */
const SHORTEST_REASON = 3;

/** Whether a reason says enough to be sent. */
export const isReasonGiven = (text: string): boolean => text.trim().length >= SHORTEST_REASON;

interface ReasonFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
}

/** Words that are asked for in a window: ready to be typed, sent with Ctrl+Enter. */
export function ReasonField({ label, value, onChange }: ReasonFieldProps) {
  return (
    <Textarea
      label={label}
      autosize
      minRows={2}
      data-autofocus
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.form?.requestSubmit();
      }}
    />
  );
}
