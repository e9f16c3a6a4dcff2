import { List } from '@mantine/core';
import type { Eligibility } from '../domain/credit.ts';
import { tellPercent } from './wording.ts';

const CAMPAIGNS: Readonly<Record<Eligibility['campaigns'], string>> = {
  PRIORITY: 'Campaigns: open, with priority',
  OPEN: 'Campaigns: open',
  STARTER_SLOT: 'Campaigns: a place for beginners',
  CLOSED: 'Campaigns: closed',
};

const RECOMMENDATIONS: Readonly<Record<Eligibility['recommendations'], string>> = {
  BOOSTED: 'Recommendations: shown more often',
  OPEN: 'Recommendations: open',
  NEUTRAL: 'Recommendations: neither favoured nor left out',
  CLOSED: 'Recommendations: left out',
};

const PUBLICATION: Readonly<Record<Eligibility['publication'], string>> = {
  INSTANT: 'New listings go live at once',
  SAMPLED: 'New listings go live at once; some are looked at',
  PRE_CHECKED: 'New listings go live after a check',
  CLOSED: 'No new listings',
};

const TEXTS = {
  before: (share01: number) => `A person looks at ${tellPercent(share01)} of the listings before they go live`,
  after: (share01: number) => `A person looks at ${tellPercent(share01)} of the listings after they went live`,
  limit: (count: number) => `At most ${count} live listings`,
} as const;

/** What a tier allows, in words. */
export function EligibilityList({ eligibility }: { readonly eligibility: Eligibility }) {
  const { campaigns, recommendations, publication, preCheckShare01, postCheckShare01, listingLimit } = eligibility;
  return (
    <List size="sm">
      <List.Item>{PUBLICATION[publication]}</List.Item>
      {preCheckShare01 > 0 && <List.Item>{TEXTS.before(preCheckShare01)}</List.Item>}
      {postCheckShare01 > 0 && <List.Item>{TEXTS.after(postCheckShare01)}</List.Item>}
      {listingLimit !== undefined && <List.Item>{TEXTS.limit(listingLimit)}</List.Item>}
      <List.Item>{RECOMMENDATIONS[recommendations]}</List.Item>
      <List.Item>{CAMPAIGNS[campaigns]}</List.Item>
    </List>
  );
}
