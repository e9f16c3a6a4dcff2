import { defineTexts } from '../language/define-texts.ts';

/** What every judgement consists of, wherever it is put together. */
export const judgingTexts = defineTexts({
  en: { reason: 'Reason', violation: 'Violation', measures: 'Measures' },
  zh: { reason: '理由', violation: '违规类型', measures: '措施' },
  ru: { reason: 'Причина', violation: 'Нарушение', measures: 'Меры' },
});
