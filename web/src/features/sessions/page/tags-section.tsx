import { Button, Group, Stack, TagsInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { Session } from '@/api/types'
import { notifyDone } from '@/components/notify'
import { Problem } from '@/components/problem'
import { Section } from '@/components/section'

import { useUpdateSession } from '../api/about'

const MOST_TAGS = 20
const LONGEST_TAG = 50

export function TagsSection({ session }: { session: Session }) {
  const { t } = useTranslation()
  const change = useUpdateSession(session.id)
  const [edited, setEdited] = useState<string[] | null>(null)
  const tags = edited ?? session.tags
  const save = () =>
    change.mutate(
      { tags },
      {
        onSuccess: () => {
          setEdited(null)
          notifyDone(t('action.saved'))
        },
      },
    )
  return (
    <Section title={t('sessionPage.tags')}>
      <Stack gap="sm">
        <TagsInput
          aria-label={t('sessionPage.tags')}
          placeholder={tags.length === 0 ? t('sessionPage.tagsHint') : undefined}
          maxTags={MOST_TAGS}
          maxLength={LONGEST_TAG}
          value={tags}
          onChange={setEdited}
        />
        <Problem error={change.error} />
        {edited !== null && (
          <Group justify="flex-end" gap="xs">
            <Button
              variant="default"
              onClick={() => {
                setEdited(null)
                change.reset()
              }}
            >
              {t('action.discard')}
            </Button>
            <Button loading={change.isPending} onClick={save}>
              {t('action.save')}
            </Button>
          </Group>
        )}
      </Stack>
    </Section>
  )
}
