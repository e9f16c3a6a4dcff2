import { defineTexts, enCount, ruCount, zhCount } from '../language/define-texts.ts';

/** Working one case after the other. */
export const focusTexts = defineTexts({
  en: {
    focusEmpty: 'Nothing waits for you here',
    focusEmptyHint:
      'New cases come by themselves. Meanwhile you can look through the list, or take a blind second look under “Quality”.',
    focusOthers: (count: number) => `${enCount(count, 'case is', 'cases are')} with colleagues.`,
    focusTaken: 'A colleague took the case that was shown; here is the next one.',
    focusDone: (count: number) => `${enCount(count, 'case', 'cases')} decided in this sitting`,
    toList: 'To the list',
    lookAgain: 'Look again',
    loadingNext: 'Taking the next case',
    queueAll: 'All queues',
    focusTitle: 'One after the other',
  },
  zh: {
    focusEmpty: '没有等待您处理的案件',
    focusEmptyHint: '新案件会自动出现。此时您可以浏览列表，或在“质量”中进行盲审。',
    focusOthers: (count) => `${zhCount(count, '件')}由同事处理中。`,
    focusTaken: '刚才显示的案件已被同事领取，这是下一件。',
    focusDone: (count) => `本次已决定 ${zhCount(count, '件')}`,
    toList: '返回列表',
    lookAgain: '再看一次',
    loadingNext: '正在领取下一件',
    queueAll: '所有队列',
    focusTitle: '逐件处理',
  },
  ru: {
    focusEmpty: 'Здесь вас ничего не ждёт',
    focusEmptyHint:
      'Новые дела появятся сами. Пока можно просмотреть список или взять вторую проверку вслепую в разделе «Качество».',
    focusOthers: (count) => `У коллег: ${ruCount(count, 'дело', 'дела', 'дел')}.`,
    focusTaken: 'Показанное дело взял коллега; вот следующее.',
    focusDone: (count) => `решено за этот раз: ${ruCount(count, 'дело', 'дела', 'дел')}`,
    toList: 'К списку',
    lookAgain: 'Посмотреть снова',
    loadingNext: 'Берётся следующее дело',
    queueAll: 'Все очереди',
    focusTitle: 'По одному',
  },
});
