import { useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import { useEffect } from 'react';
import type { Preferences } from '../domain/views/person-view.ts';
import { sendJson } from './api.ts';
import type { Language } from './language/define-texts.ts';
import { chooseLanguage, useLanguage } from './language/use-language.ts';
import { choosePicturePrivacy, usePicturePrivacy, type PicturePrivacy } from './picture-privacy.ts';
import type { Person } from './session.ts';

const COLOURS: Readonly<Record<MantineColorScheme, Preferences['colours']>> = {
  light: 'LIGHT',
  dark: 'DARK',
  auto: 'SYSTEM',
};
const PICTURES: Readonly<Record<PicturePrivacy, Preferences['pictures']>> = {
  clear: 'CLEAR',
  grey: 'GREY',
  blurred: 'BLURRED',
};

const nameOf = <Name extends string, Value>(names: Readonly<Record<Name, Value>>, value: Value): Name | undefined =>
  (Object.keys(names) as Name[]).find((name) => names[name] === value);

/** Takes over how the person who signed in wants the console, once for each sign-in. */
export function useStoredPreferences({ id, preferences }: Person): void {
  const { setColorScheme } = useMantineColorScheme();
  useEffect(() => {
    if (preferences === undefined) return;
    if (preferences.locale !== undefined) chooseLanguage(preferences.locale);
    choosePicturePrivacy(nameOf(PICTURES, preferences.pictures) ?? 'clear');
    setColorScheme(nameOf(COLOURS, preferences.colours) ?? 'auto');
    // What is changed later is changed by this person here.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [id]);
}

/** How the console is shown now, and how to change it: here at once, and on the server for people with an account. */
export function usePreferences(person: Person) {
  const language = useLanguage();
  const pictures = usePicturePrivacy();
  const { colorScheme: colours, setColorScheme } = useMantineColorScheme();
  const store = (changes: Partial<Preferences>): void => {
    if (person.preferences === undefined) return;
    const wanted: Preferences = {
      keys: person.preferences.keys,
      locale: language,
      pictures: PICTURES[pictures],
      colours: COLOURS[colours],
      ...changes,
    };
    // The page shows the change already; a server that does not answer is asked again at the next change.
    sendJson('PUT', '/v1/session/preferences', wanted).catch(() => undefined);
  };
  return {
    language,
    pictures,
    colours,
    setLanguage: (next: Language) => {
      chooseLanguage(next);
      store({ locale: next });
    },
    setPictures: (next: PicturePrivacy) => {
      choosePicturePrivacy(next);
      store({ pictures: PICTURES[next] });
    },
    setColours: (next: MantineColorScheme) => {
      setColorScheme(next);
      store({ colours: COLOURS[next] });
    },
  };
}
