import { Group, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'

/** The head of a page, and its name in the browser's tab. */
export function PageHeader({ title, text, actions }: { title: string; text?: string; actions?: ReactNode }) {
  return (
    <Group justify="space-between" align="flex-end" gap="sm" mb="lg">
      <title>{`${title} · StreamSpace`}</title>
      <div>
        <Title order={1} fz={24} lts="-0.015em">
          {title}
        </Title>
        {text && (
          <Text c="dimmed" fz="sm" mt={2}>
            {text}
          </Text>
        )}
      </div>
      {actions && <Group gap="xs">{actions}</Group>}
    </Group>
  )
}
