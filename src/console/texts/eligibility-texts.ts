import type { Eligibility } from '../../domain/credit.ts';
import { defineTexts } from '../language/define-texts.ts';

interface EligibilityTexts {
  readonly campaigns: Readonly<Record<Eligibility['campaigns'], string>>;
  readonly recommendations: Readonly<Record<Eligibility['recommendations'], string>>;
  readonly publication: Readonly<Record<Eligibility['publication'], string>>;
  readonly before: (percent: string) => string;
  readonly after: (percent: string) => string;
  readonly limit: (count: number) => string;
}

/** What a tier allows. */
export const eligibilityTexts = defineTexts<EligibilityTexts>({
  en: {
    campaigns: {
      PRIORITY: 'Campaigns: open, with priority',
      OPEN: 'Campaigns: open',
      STARTER_SLOT: 'Campaigns: a place for beginners',
      CLOSED: 'Campaigns: closed',
    },
    recommendations: {
      BOOSTED: 'Recommendations: shown more often',
      OPEN: 'Recommendations: open',
      NEUTRAL: 'Recommendations: neither favoured nor left out',
      CLOSED: 'Recommendations: left out',
    },
    publication: {
      INSTANT: 'New listings go live at once',
      SAMPLED: 'New listings go live at once; some are looked at',
      PRE_CHECKED: 'New listings go live after a check',
      CLOSED: 'No new listings',
    },
    before: (percent) => `A person looks at ${percent} of the listings before they go live`,
    after: (percent) => `A person looks at ${percent} of the listings after they went live`,
    limit: (count) => `At most ${count} live listings`,
  },
  zh: {
    campaigns: {
      PRIORITY: '活动：可参加，优先',
      OPEN: '活动：可参加',
      STARTER_SLOT: '活动：新手名额',
      CLOSED: '活动：不可参加',
    },
    recommendations: {
      BOOSTED: '推荐：增加展示',
      OPEN: '推荐：可推荐',
      NEUTRAL: '推荐：不加权也不排除',
      CLOSED: '推荐：不推荐',
    },
    publication: {
      INSTANT: '新商品立即上架',
      SAMPLED: '新商品立即上架，部分抽查',
      PRE_CHECKED: '新商品检查后上架',
      CLOSED: '不得上架新商品',
    },
    before: (percent) => `${percent} 的商品上架前由人工查看`,
    after: (percent) => `${percent} 的商品上架后由人工查看`,
    limit: (count) => `最多 ${count} 个在售商品`,
  },
  ru: {
    campaigns: {
      PRIORITY: 'Акции: можно, с преимуществом',
      OPEN: 'Акции: можно',
      STARTER_SLOT: 'Акции: место для новичков',
      CLOSED: 'Акции: нельзя',
    },
    recommendations: {
      BOOSTED: 'Рекомендации: показывается чаще',
      OPEN: 'Рекомендации: показывается',
      NEUTRAL: 'Рекомендации: без преимуществ и без исключений',
      CLOSED: 'Рекомендации: не показывается',
    },
    publication: {
      INSTANT: 'Новые объявления выходят сразу',
      SAMPLED: 'Новые объявления выходят сразу; часть просматривается',
      PRE_CHECKED: 'Новые объявления выходят после проверки',
      CLOSED: 'Новых объявлений нельзя',
    },
    before: (percent) => `Человек смотрит ${percent} объявлений до выхода`,
    after: (percent) => `Человек смотрит ${percent} объявлений после выхода`,
    limit: (count) => `Не больше действующих объявлений: ${count}`,
  },
});
