import type { AccountLink } from './link.ts';

/** A link in the words of a moderator; the identifier itself is never said, nobody has it. */
export const linkSentence = (link: AccountLink): string => {
  const [a, b] = link.accountIds;
  const others = link.sharedBy > 2 ? `, as do ${link.sharedBy - 2} more accounts` : ', and nobody else does';
  return `${a} and ${b} ${LINK_PREDICATES[link.kind]}${others}.`;
};

const LINK_PREDICATES: Readonly<Record<AccountLink['kind'], string>> = {
  DEVICE: 'use the same device',
  PAYMENT: 'pay with the same card or account',
  ADDRESS: 'have goods sent to the same address',
  PHONE: 'gave the same telephone number',
  EMAIL: 'gave the same mailbox, spelt differently',
  IP: 'came from the same Internet address at about the same time',
  SUBNET: 'came from the same small network at about the same time',
};
