import type { PersonRole } from '../../domain/access.ts';
import { defineTexts } from '../language/define-texts.ts';

interface PeopleTexts {
  readonly title: string;
  readonly teach: string;
  readonly broken: string;
  readonly name: string;
  readonly login: string;
  readonly loginHint: string;
  readonly role: string;
  readonly roles: Readonly<Record<PersonRole, string>>;
  readonly roleHints: Readonly<Record<PersonRole, string>>;
  readonly reach: string;
  readonly markets: string;
  readonly marketsHint: string;
  readonly queues: string;
  readonly languages: string;
  readonly skill: string;
  readonly skills: string;
  readonly skillsHint: string;
  readonly everything: string;
  readonly add: string;
  readonly added: string;
  readonly passwordOnce: (name: string) => string;
  readonly copy: string;
  readonly copied: string;
  readonly close: string;
  readonly save: string;
  readonly cancel: string;
  readonly edit: string;
  readonly editOf: (name: string) => string;
  readonly reset: string;
  readonly resetHint: string;
  readonly disable: string;
  readonly enable: string;
  readonly disabled: string;
  readonly secondFactor: string;
  readonly noSecondFactor: string;
  readonly federated: string;
  readonly lastSeen: string;
  readonly never: string;
}

/** People who sign in here. */
export const peopleTexts = defineTexts<PeopleTexts>({
  en: {
    title: 'People',
    teach:
      'Whoever works here has a name, a role and, where wanted, markets and queues. Nobody shares an account: every decision names who took it.',
    broken: 'The people could not be read',
    name: 'Name',
    login: 'Sign-in name',
    loginHint: 'An e-mail address or a short name in small letters',
    role: 'Role',
    roles: {
      MODERATOR: 'Moderator',
      LEAD: 'Lead',
      POLICY_OWNER: 'Policy owner',
      ADMIN: 'Administrator',
      AUDITOR: 'Auditor',
    },
    roleHints: {
      MODERATOR: 'works and decides cases',
      LEAD: 'also assigns, settles disagreements, reverses, watches quality',
      POLICY_OWNER: 'reads everything, changes and publishes rules',
      ADMIN: 'may do everything',
      AUDITOR: 'reads everything, changes nothing',
    },
    reach: 'Sees and decides',
    markets: 'Markets',
    marketsHint: 'Country codes, divided by commas; empty: all',
    queues: 'Queues',
    languages: 'Languages',
    skill: 'trained for',
    skills: 'Trained for',
    skillsHint: 'Only cases that need no other skill are given; none ticked: every case',
    everything: 'everything',
    add: 'Add a person',
    added: 'Added',
    passwordOnce: (name) => `The password of ${name}, shown only now. It must be changed at the first sign-in.`,
    copy: 'Copy',
    copied: 'Copied',
    close: 'Close',
    save: 'Save',
    cancel: 'Cancel',
    edit: 'Change',
    editOf: (name) => `Change ${name}`,
    reset: 'New password',
    resetHint: 'Makes a new first password, removes the second factor, and ends every session.',
    disable: 'Lock out',
    enable: 'Let in again',
    disabled: 'locked out',
    secondFactor: 'second factor on',
    noSecondFactor: 'no second factor',
    federated: 'signs in elsewhere',
    lastSeen: 'last seen',
    never: 'never',
  },
  zh: {
    title: '人员',
    teach: '每位工作人员都有姓名、角色，必要时限定市场和队列。账号不共用：每项决定都记录决定人。',
    broken: '无法读取人员',
    name: '姓名',
    login: '登录名',
    loginHint: '邮箱地址或小写短名',
    role: '角色',
    roles: { MODERATOR: '审核员', LEAD: '主管', POLICY_OWNER: '规则负责人', ADMIN: '管理员', AUDITOR: '审计员' },
    roleHints: {
      MODERATOR: '处理并决定案件',
      LEAD: '另可分配、裁定分歧、推翻决定、查看质量',
      POLICY_OWNER: '可查看全部，修改并发布规则',
      ADMIN: '拥有全部权限',
      AUDITOR: '可查看全部，不能更改',
    },
    reach: '可见和可决定的范围',
    markets: '市场',
    marketsHint: '国家代码，以逗号分隔；留空表示全部',
    queues: '队列',
    languages: '语言',
    skill: '已培训',
    skills: '已接受培训',
    skillsHint: '只分配不需要其他技能的案件；不勾选表示全部案件',
    everything: '全部',
    add: '添加人员',
    added: '已添加',
    passwordOnce: (name) => `${name} 的密码，仅此一次显示。首次登录时必须修改。`,
    copy: '复制',
    copied: '已复制',
    close: '关闭',
    save: '保存',
    cancel: '取消',
    edit: '修改',
    editOf: (name) => `修改 ${name}`,
    reset: '新密码',
    resetHint: '生成新的初始密码，移除两步验证，并结束所有会话。',
    disable: '停用',
    enable: '重新启用',
    disabled: '已停用',
    secondFactor: '已开启两步验证',
    noSecondFactor: '未开启两步验证',
    federated: '外部登录',
    lastSeen: '最近登录',
    never: '从未',
  },
  ru: {
    title: 'Люди',
    teach:
      'У каждого, кто здесь работает, есть имя, роль и, если нужно, рынки и очереди. Учётные записи не общие: под каждым решением стоит имя.',
    broken: 'Не удалось прочитать список людей',
    name: 'Имя',
    login: 'Имя для входа',
    loginHint: 'Почта или короткое имя строчными буквами',
    role: 'Роль',
    roles: {
      MODERATOR: 'Модератор',
      LEAD: 'Старший',
      POLICY_OWNER: 'Владелец правил',
      ADMIN: 'Администратор',
      AUDITOR: 'Аудитор',
    },
    roleHints: {
      MODERATOR: 'разбирает и решает дела',
      LEAD: 'ещё назначает, решает споры, пересматривает, следит за качеством',
      POLICY_OWNER: 'читает всё, меняет и публикует правила',
      ADMIN: 'может всё',
      AUDITOR: 'читает всё, ничего не меняет',
    },
    reach: 'Видит и решает',
    markets: 'Рынки',
    marketsHint: 'Коды стран через запятую; пусто — все',
    queues: 'Очереди',
    languages: 'Языки',
    skill: 'обучен',
    skills: 'Чему обучен',
    skillsHint: 'Даются только дела, которым не нужно другого умения; ничего не отмечено — любые',
    everything: 'всё',
    add: 'Добавить человека',
    added: 'Добавлено',
    passwordOnce: (name) => `Пароль для ${name}, показан только сейчас. При первом входе его нужно сменить.`,
    copy: 'Копировать',
    copied: 'Скопировано',
    close: 'Закрыть',
    save: 'Сохранить',
    cancel: 'Отмена',
    edit: 'Изменить',
    editOf: (name) => `Изменить: ${name}`,
    reset: 'Новый пароль',
    resetHint: 'Создаёт новый первый пароль, убирает второй фактор и завершает все сеансы.',
    disable: 'Закрыть вход',
    enable: 'Открыть вход',
    disabled: 'вход закрыт',
    secondFactor: 'второй фактор включён',
    noSecondFactor: 'без второго фактора',
    federated: 'входит через другую службу',
    lastSeen: 'последний вход',
    never: 'никогда',
  },
});
