import { Button, Group, Modal, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { toApiError } from '@/api/errors'

import type { NameProblem } from '../paths'

interface Props {
  title: string
  initial: string
  confirm: string
  problem: (name: string) => NameProblem | null
  onName: (name: string) => Promise<void>
  onClose: () => void
}

/** Asks for the name of a file or folder. */
export function NameDialog({ title, initial, confirm, problem, onName, onClose }: Props) {
  const { t } = useTranslation()
  const [name, setName] = useState(initial)
  const [touched, setTouched] = useState(false)
  const wrong = problem(name)
  const naming = useMutation({ mutationFn: () => onName(name.trim()), onSuccess: onClose })
  const said = naming.error
    ? toApiError(naming.error).message
    : touched && wrong
      ? t(`files.name.${wrong}`)
      : null
  return (
    <Modal opened onClose={onClose} title={title} size="sm" zIndex={400}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          setTouched(true)
          if (!wrong) naming.mutate()
        }}
      >
        <TextInput
          label={t('files.name.label')}
          data-autofocus
          maxLength={255}
          value={name}
          error={said}
          onChange={(event) => {
            setName(event.currentTarget.value)
            naming.reset()
          }}
        />
        <Group justify="flex-end" mt="lg" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" loading={naming.isPending}>
            {confirm}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
