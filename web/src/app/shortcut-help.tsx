import { Group, Kbd, Modal, Stack, Text } from '@mantine/core'
import { useOs } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'

export function ShortcutHelp({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const meta = useOs() === 'macos' ? '⌘' : 'Ctrl'
  const rows = [
    { keys: [meta, 'K'], text: t('shortcuts.palette') },
    { keys: ['/'], text: t('shortcuts.search') },
    { keys: ['Enter'], text: t('shortcuts.launchFirst') },
    { keys: ['Esc'], text: t('shortcuts.close') },
    { keys: ['?'], text: t('shortcuts.help') },
  ]
  return (
    <Modal opened onClose={onClose} title={t('shortcuts.title')} size="sm">
      <Stack gap={10}>
        {rows.map(({ keys, text }) => (
          <Group key={text} justify="space-between">
            <Text fz="sm">{text}</Text>
            <Group gap={4}>
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </Group>
          </Group>
        ))}
      </Stack>
    </Modal>
  )
}
