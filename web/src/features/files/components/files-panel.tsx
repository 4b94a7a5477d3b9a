import {
  ActionIcon,
  Anchor,
  Breadcrumbs,
  Button,
  FileButton,
  Group,
  Menu,
  Skeleton,
  Stack,
  Text,
} from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { IconDots, IconEye, IconEyeOff, IconFolderPlus, IconRefresh, IconUpload } from '@tabler/icons-react'
import { useCallback, useMemo, useState, type DragEvent } from 'react'
import { useTranslation } from 'react-i18next'

import { sessionPolicyQuery } from '@/api/policies'
import { notifyDone, useNotifyError } from '@/components/notify'
import { ErrorState } from '@/components/states'

import { filesKeys, folderQuery, makeFolder } from '../api/files'
import { droppedFiles, MOST_DROPPED } from '../dropped'
import { crumbs, join, nameProblem } from '../paths'
import { queueOf } from '../queue'
import { BorderNote } from './border-note'
import { EntryList } from './entry-list'
import classes from './files-panel.module.css'
import { NameDialog } from './name-dialog'
import { UploadList } from './upload-list'

/** A session's home folder: what is in it, in and out of it. */
export default function FilesPanel({ sessionId }: { sessionId: string }) {
  const { t } = useTranslation()
  const [path, setPath] = useState('')
  const [hidden, setHidden] = useState(false)
  const [naming, setNaming] = useState(false)
  const queryClient = useQueryClient()
  const notifyError = useNotifyError()
  const folder = useQuery(folderQuery(sessionId, path, hidden))
  const border = useQuery(sessionPolicyQuery(sessionId))
  const refresh = useCallback(
    () => void queryClient.invalidateQueries({ queryKey: filesKeys.all(sessionId) }),
    [queryClient, sessionId],
  )
  const queue = useMemo(() => queueOf(sessionId, refresh), [sessionId, refresh])
  const mayUpload = border.data?.upload !== false
  const mayDownload = border.data?.download !== false
  const names = folder.data?.entries.map((entry) => entry.name) ?? []

  const add = (files: File[]) =>
    queue.add(
      files.map((file) => ({ file, path: file.name })),
      path,
    )
  const drop = useDrop(mayUpload, (data) => {
    droppedFiles(data).then(({ picked, complete }) => {
      queue.add(picked, path)
      if (!complete) notifyDone(t('files.onlySome', { count: MOST_DROPPED }))
    }, notifyError)
  })
  return (
    <Stack gap="sm" className={classes.panel} {...drop.handlers}>
      <BorderNote sessionId={sessionId} />
      <Group gap={6} wrap="nowrap" justify="space-between">
        <Crumbs path={path} onOpen={setPath} />
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" aria-label={t('files.more')}>
              <IconDots size={18} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconRefresh size={16} />} onClick={refresh}>
              {t('files.refresh')}
            </Menu.Item>
            <Menu.Item
              leftSection={hidden ? <IconEyeOff size={16} /> : <IconEye size={16} />}
              onClick={() => setHidden(!hidden)}
            >
              {hidden ? t('files.hideHidden') : t('files.showHidden')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Group>
      {mayUpload && (
        <Group gap="xs">
          <FileButton multiple onChange={add}>
            {(props) => (
              <Button size="xs" leftSection={<IconUpload size={15} />} {...props}>
                {t('files.upload')}
              </Button>
            )}
          </FileButton>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconFolderPlus size={15} />}
            onClick={() => setNaming(true)}
          >
            {t('files.newFolder')}
          </Button>
          <Text fz="xs" c="dimmed" visibleFrom="xs">
            {t('files.orDrop')}
          </Text>
        </Group>
      )}
      <UploadList queue={queue} />
      {folder.isPending ? (
        <Stack gap={6} role="status" aria-label={t('files.loading')}>
          {[0, 1, 2, 3].map((row) => (
            <Skeleton key={row} h={44} />
          ))}
        </Stack>
      ) : folder.data ? (
        <EntryList
          sessionId={sessionId}
          folder={folder.data}
          path={path}
          mayUpload={mayUpload}
          mayDownload={mayDownload}
          onOpen={setPath}
          onChanged={refresh}
        />
      ) : (
        <ErrorState error={folder.error} onRetry={() => void folder.refetch()} />
      )}
      {drop.over && (
        <div className={classes.dropping} aria-hidden>
          <IconUpload size={28} stroke={1.6} />
          {t('files.dropHere')}
        </div>
      )}
      {naming && (
        <NameDialog
          title={t('files.newFolder')}
          initial=""
          confirm={t('files.make')}
          problem={(name) => nameProblem(name, names)}
          onClose={() => setNaming(false)}
          onName={async (name) => {
            await makeFolder(sessionId, join(path, name))
            refresh()
          }}
        />
      )}
    </Stack>
  )
}

function Crumbs({ path, onOpen }: { path: string; onOpen: (path: string) => void }) {
  const { t } = useTranslation()
  const parts = crumbs(path)
  return (
    <nav aria-label={t('files.where')} className={classes.crumbs}>
      <Breadcrumbs separatorMargin={4}>
        {[{ name: t('files.home'), path: '' }, ...parts].map((part, index) =>
          index === parts.length ? (
            <Text key={part.path} fz="sm" fw={600} aria-current="location" truncate maw={180}>
              {part.name}
            </Text>
          ) : (
            <Anchor
              key={part.path}
              component="button"
              type="button"
              fz="sm"
              onClick={() => onOpen(part.path)}
            >
              {part.name}
            </Anchor>
          ),
        )}
      </Breadcrumbs>
    </nav>
  )
}

/** Lets files be dropped anywhere on the panel. */
function useDrop(allowed: boolean, onDrop: (data: DataTransfer) => void) {
  const [depth, setDepth] = useState(0)
  const carries = (event: DragEvent) => allowed && event.dataTransfer.types.includes('Files')
  return {
    over: depth > 0,
    handlers: {
      onDragEnter: (event: DragEvent) => {
        if (carries(event)) setDepth((now) => now + 1)
      },
      onDragLeave: (event: DragEvent) => {
        if (carries(event)) setDepth((now) => Math.max(0, now - 1))
      },
      onDragOver: (event: DragEvent) => {
        if (carries(event)) event.preventDefault()
      },
      onDrop: (event: DragEvent) => {
        setDepth(0)
        if (!carries(event)) return
        event.preventDefault()
        onDrop(event.dataTransfer)
      },
    },
  }
}
