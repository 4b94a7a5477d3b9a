import { Button, Group, Kbd, SimpleGrid, Skeleton, TextInput, Title, UnstyledButton } from '@mantine/core'
import { IconApps, IconSearch, IconSearchOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { Template } from '@/api/types'
import { EmptyState, ErrorState } from '@/components/states'

import { templatesQuery } from '../api/templates'
import { findTemplates } from '../search'
import { ApplicationTile } from './application-tile'
import classes from './launcher.module.css'

interface Props {
  onLaunch: (template: Template) => void
  /** Before it is launched, how is chosen. */
  onOptions: (template: Template) => void
  launching: string | null
}

/** All applications: type to search, Enter launches the first. */
export function Launcher({ onLaunch, onOptions, launching }: Props) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const [category, setCategory] = useState<string | null>(null)
  const query = useQuery(templatesQuery())
  const templates = query.data?.templates ?? []
  const categories = Object.keys(query.data?.categories ?? {}).toSorted((a, b) => a.localeCompare(b))
  const found = findTemplates(templates, useDeferredValue(text), category)
  const first = found.find((one) => one.available)
  const clear = () => {
    setText('')
    setCategory(null)
  }

  return (
    <section aria-labelledby="applications" aria-busy={query.isPending}>
      <Group justify="space-between" mb="sm" gap="sm">
        <Title order={2} fz="lg" id="applications">
          {t('home.applications')}
        </Title>
        <TextInput
          className={classes.search}
          id="search"
          type="search"
          aria-label={t('home.search')}
          placeholder={t('home.search')}
          leftSection={<IconSearch size={16} />}
          rightSection={text === '' ? <Kbd size="xs">/</Kbd> : null}
          rightSectionPointerEvents="none"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') clear()
            if (event.key === 'Enter' && text !== '' && first) onLaunch(first)
          }}
        />
      </Group>
      {categories.length > 1 && (
        <div className={classes.categories} role="group" aria-label={t('home.categories')}>
          {[null, ...categories].map((name) => (
            <UnstyledButton
              key={name ?? ''}
              className={classes.category}
              aria-pressed={category === name}
              onClick={() => setCategory(name)}
            >
              {name ?? t('home.allCategories')}
            </UnstyledButton>
          ))}
        </div>
      )}
      {query.isPending && (
        <Grid>
          {[0, 1, 2, 3, 4, 5, 6, 7].map((index) => (
            <Skeleton key={index} h={92} radius="lg" />
          ))}
        </Grid>
      )}
      {query.isError && !query.data && (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.data && templates.length === 0 && (
        <EmptyState icon={IconApps} title={t('home.noApplications')} text={t('home.noApplicationsText')} />
      )}
      {templates.length > 0 && found.length === 0 && (
        <EmptyState
          icon={IconSearchOff}
          title={t('home.nothingFound')}
          text={t('home.nothingFoundText', { text: text || (category ?? '') })}
          action={
            <Button variant="default" onClick={clear}>
              {t('action.clearSearch')}
            </Button>
          }
        />
      )}
      {found.length > 0 && (
        <Grid>
          {found.map((template) => (
            <ApplicationTile
              key={template.name}
              template={template}
              onLaunch={() => onLaunch(template)}
              onOptions={() => onOptions(template)}
              launching={launching === template.name}
              disabled={launching !== null}
            />
          ))}
        </Grid>
      )}
    </section>
  )
}

function Grid({ children }: { children: React.ReactNode }) {
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, md: 3, lg: 4 }} spacing="md">
      {children}
    </SimpleGrid>
  )
}
