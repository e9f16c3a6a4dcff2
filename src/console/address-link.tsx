import { Anchor, type AnchorProps } from '@mantine/core';
import type { MouseEvent, ReactNode } from 'react';
import { addressWith, changeAddress } from './use-address.ts';

interface AddressLinkProps extends AnchorProps {
  /** Values of the address that the link changes; undefined takes one out. */
  readonly to: Readonly<Record<string, string | undefined>>;
  readonly children: ReactNode;
}

/** A link within the console. It opens in a new tab like any other link when the reader asks for that. */
export function AddressLink({ to, children, ...props }: AddressLinkProps) {
  const follow = (event: MouseEvent): void => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    changeAddress(to);
  };
  return (
    <Anchor {...props} href={addressWith(to)} onClick={follow} underline="always">
      {children}
    </Anchor>
  );
}
