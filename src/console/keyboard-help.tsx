import { Group, Kbd, Modal, Table, Text } from '@mantine/core';
import { useTexts } from './language/use-language.ts';
import { shellTexts } from './texts/shell-texts.ts';
import { useBoundKeys, type KeyBinding } from './use-keys.ts';

const ARROWS: Readonly<Record<string, string>> = {
  ArrowDown: '↓',
  ArrowUp: '↑',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
};

/** How keys stand on a keyboard. */
const capsOf = ({ keys, shownAs }: KeyBinding): readonly string[] =>
  shownAs === undefined ? keys.map((key) => ARROWS[key] ?? (key.length === 1 ? key.toUpperCase() : key)) : [shownAs];

/** Keys without those that another line tells already, as `1–9` tells the other digits. */
const toldOnce = (bound: readonly KeyBinding[]): readonly KeyBinding[] =>
  bound.filter(
    ({ does }, at) => !bound.slice(0, at).some((before) => before.shownAs !== undefined && before.does === does),
  );

/** All keys that do something on the page that is shown. */
export function KeyboardHelp({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const texts = useTexts(shellTexts);
  const bound = useBoundKeys();
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={texts.keys}
      closeButtonProps={{ 'aria-label': texts.close }}
      transitionProps={{ duration: 0 }}
    >
      <Table>
        <Table.Tbody>
          {toldOnce(bound).map((binding) => (
            <Table.Tr key={binding.keys.join()}>
              <Table.Td w={120}>
                <Group gap={4}>
                  {capsOf(binding).map((cap) => (
                    <Kbd key={cap}>{cap}</Kbd>
                  ))}
                </Group>
              </Table.Td>
              <Table.Td>{binding.does}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Text size="sm" c="dimmed" mt="sm">
        {texts.keysHint}
      </Text>
    </Modal>
  );
}

/** The line of keys below a page. It repeats what the help tells, so that screen readers pass over it. */
export function KeyLegend() {
  const bound = useBoundKeys().filter(({ isMinor }) => isMinor !== true);
  if (bound.length === 0) return null;
  return (
    <footer className="key-legend" aria-hidden>
      {bound.map((binding) => (
        <span key={binding.keys.join()}>
          <Kbd size="xs">{capsOf(binding)[0]}</Kbd> {binding.does}
        </span>
      ))}
    </footer>
  );
}
