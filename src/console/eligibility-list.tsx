import { List } from '@mantine/core';
import type { Eligibility } from '../domain/credit.ts';
import { useTexts } from './language/use-language.ts';
import { eligibilityTexts } from './texts/eligibility-texts.ts';
import { tellPercent } from './wording.ts';

/** What a tier allows, in words. */
export function EligibilityList({ eligibility }: { readonly eligibility: Eligibility }) {
  const texts = useTexts(eligibilityTexts);
  const { campaigns, recommendations, publication, preCheckShare01, postCheckShare01, listingLimit } = eligibility;
  return (
    <List size="sm">
      <List.Item>{texts.publication[publication]}</List.Item>
      {preCheckShare01 > 0 && <List.Item>{texts.before(tellPercent(preCheckShare01))}</List.Item>}
      {postCheckShare01 > 0 && <List.Item>{texts.after(tellPercent(postCheckShare01))}</List.Item>}
      {listingLimit !== undefined && <List.Item>{texts.limit(listingLimit)}</List.Item>}
      <List.Item>{texts.recommendations[recommendations]}</List.Item>
      <List.Item>{texts.campaigns[campaigns]}</List.Item>
    </List>
  );
}
