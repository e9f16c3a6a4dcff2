import { Group, Kbd, Modal, Table } from '@mantine/core';

const TEXTS = {
  title: 'Keys',
  close: 'Close',
  rows: [
    [['J', '↓'], 'next flagged item'],
    [['K', '↑'], 'previous flagged item'],
    [['Enter'], 'open the flagged item that has the focus'],
    [['Esc'], 'back to the list, or to the most pressing item'],
    [['?'], 'this help'],
  ],
} as const;

/** All keys of the console. */
export function KeyboardHelp({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={TEXTS.title}
      closeButtonProps={{ 'aria-label': TEXTS.close }}
      transitionProps={{ duration: 0 }}
    >
      <Table>
        <Table.Tbody>
          {TEXTS.rows.map(([keys, what]) => (
            <Table.Tr key={what}>
              <Table.Td w={110}>
                <Group gap={4}>
                  {keys.map((key) => (
                    <Kbd key={key}>{key}</Kbd>
                  ))}
                </Group>
              </Table.Td>
              <Table.Td>{what}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  );
}
