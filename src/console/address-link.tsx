import { Anchor, type AnchorProps } from '@mantine/core';
import type { AriaAttributes, MouseEvent, ReactNode } from 'react';
import { addressWith, goTo, pageAddress, type AddressValues } from './use-address.ts';

interface AddressLinkProps extends AnchorProps, AriaAttributes {
  /** A page of the console; absent: this page. */
  readonly page?: string;
  /** Values of the address: those of the other page, or those that change on this one; undefined takes one out. */
  readonly to?: AddressValues;
  readonly children: ReactNode;
}

/** A link within the console. It opens in a new tab like any other link when the reader asks for that. */
export function AddressLink({ page, to = {}, children, ...props }: AddressLinkProps) {
  const address = page === undefined ? addressWith(to) : pageAddress(page, to);
  const follow = (event: MouseEvent): void => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    goTo(address);
  };
  return (
    <Anchor underline="always" {...props} href={address} onClick={follow}>
      {children}
    </Anchor>
  );
}
