import { Group, Skeleton, Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'

import classes from './detail.module.css'

interface HeadProps {
  picture?: ReactNode
  title: string
  text: ReactNode
  actions?: ReactNode
}

/** The head of a page about one thing. */
export function DetailHead({ picture, title, text, actions }: HeadProps) {
  return (
    <header className={classes.head}>
      <title>{`${title} · StreamSpace`}</title>
      {picture}
      <div className={classes.words}>
        <Title order={1} fz={24} lts="-0.015em" style={{ overflowWrap: 'anywhere' }}>
          {title}
        </Title>
        <Text component="div" c="dimmed" fz="sm" mt={2}>
          {text}
        </Text>
      </div>
      {actions && <Group gap="xs">{actions}</Group>}
    </header>
  )
}

/** What matters more at the left, and below it where there is no room beside. */
export function Columns({ left, right }: { left: ReactNode; right: ReactNode }) {
  return (
    <div className={classes.columns}>
      <div className={classes.column}>{left}</div>
      <div className={classes.column}>{right}</div>
    </div>
  )
}

export function DetailSkeleton() {
  return (
    <Stack gap="lg">
      <Group gap="md">
        <Skeleton h={52} w={52} radius="xl" />
        <Stack gap={8} flex={1}>
          <Skeleton h={22} w={220} />
          <Skeleton h={12} w={160} />
        </Stack>
      </Group>
      <Columns
        left={
          <>
            <Skeleton h={230} radius="lg" />
            <Skeleton h={180} radius="lg" />
          </>
        }
        right={
          <>
            <Skeleton h={200} radius="lg" />
            <Skeleton h={200} radius="lg" />
          </>
        }
      />
    </Stack>
  )
}

export const backClass = classes.back
