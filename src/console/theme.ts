import { Checkbox, createTheme, Radio, type CSSVariablesResolver } from '@mantine/core';

/** The smallest target for a finger or an unsteady hand (WCAG 2.2, 2.5.8). */
const TARGET_SIZE = '24px';

/** The library's own shades are too pale for WCAG 2.2 AA with white letters; the darkest reaches 5.0 : 1. */
export const theme = createTheme({
  primaryColor: 'teal',
  primaryShade: { light: 9, dark: 9 },
  defaultRadius: 'md',
  cursorType: 'pointer',
  autoContrast: true,
  components: {
    Checkbox: Checkbox.extend({ vars: () => ({ root: { '--checkbox-size': TARGET_SIZE } }) }),
    Radio: Radio.extend({ vars: () => ({ root: { '--radio-size': TARGET_SIZE } }) }),
  },
});

/** Secondary text with a contrast of at least 4.5 : 1 on every background that the console uses. */
export const resolveColors: CSSVariablesResolver = (given) => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': given.colors.gray[7],
    '--mantine-color-placeholder': given.colors.gray[7],
    '--mantine-color-anchor': given.colors.teal[9],
    '--mantine-color-error': given.colors.red[9],
  },
  dark: {
    '--mantine-color-dimmed': given.colors.gray[5],
    '--mantine-color-placeholder': given.colors.gray[5],
    '--mantine-color-anchor': given.colors.teal[3],
    '--mantine-color-error': given.colors.red[3],
  },
});
