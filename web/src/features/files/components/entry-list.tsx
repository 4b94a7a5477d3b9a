import { ActionIcon, Menu, Text } from '@mantine/core'
import {
  IconDots,
  IconDownload,
  IconFile,
  IconFileZip,
  IconFolder,
  IconFolderOpen,
  IconForms,
  IconLinkOff,
  IconTrash,
} from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useConfirm } from '@/components/confirm'
import { useNotifyError } from '@/components/notify'
import { EmptyState } from '@/components/states'
import { formatMoment, useLanguage } from '@/lib/format'
import { formatBytes } from '@/lib/quantity'

import { deleteEntry, download, moveEntry, type FileEntry, type Folder } from '../api/files'
import { join, nameProblem } from '../paths'
import classes from './files-panel.module.css'
import { NameDialog } from './name-dialog'

interface Props {
  sessionId: string
  folder: Folder
  path: string
  mayUpload: boolean
  mayDownload: boolean
  onOpen: (path: string) => void
  onChanged: () => void
}

export function EntryList({ sessionId, folder, path, mayUpload, mayDownload, onOpen, onChanged }: Props) {
  const { t } = useTranslation()
  const [renaming, setRenaming] = useState<FileEntry | null>(null)
  const notifyError = useNotifyError()
  const confirm = useConfirm()
  if (folder.entries.length === 0) {
    return <EmptyState icon={IconFolderOpen} title={t('files.empty')} text={t('files.emptyText')} />
  }
  const fetchIt = (entry: FileEntry) =>
    void download(sessionId, join(path, entry.name), entry.type === 'folder').catch(notifyError)
  const remove = async (entry: FileEntry) => {
    const isFolder = entry.type === 'folder'
    const sure = await confirm({
      title: t('files.deleteOf', { name: entry.name }),
      text: isFolder && !entry.link ? t('files.deleteFolderText') : t('files.deleteText'),
      confirm: t('files.delete'),
    })
    if (sure) await deleteEntry(sessionId, join(path, entry.name)).catch(notifyError)
    onChanged()
  }
  return (
    <>
      <ul className={classes.list} aria-label={t('files.inFolder')}>
        {folder.entries.map((entry) => (
          <li key={entry.name} className={classes.row}>
            <Icon entry={entry} />
            <Name
              entry={entry}
              mayDownload={mayDownload}
              onOpen={() => (entry.type === 'folder' ? onOpen(join(path, entry.name)) : fetchIt(entry))}
            />
            <Actions
              entry={entry}
              mayUpload={mayUpload}
              mayDownload={mayDownload}
              onDownload={() => fetchIt(entry)}
              onRename={() => setRenaming(entry)}
              onDelete={() => void remove(entry)}
            />
          </li>
        ))}
      </ul>
      {folder.total > folder.entries.length && (
        <Text fz="xs" c="dimmed">
          {t('files.onlyFirst', { count: folder.entries.length, total: folder.total })}
        </Text>
      )}
      {renaming && (
        <NameDialog
          title={t('files.renameOf', { name: renaming.name })}
          initial={renaming.name}
          confirm={t('files.rename')}
          problem={(name) =>
            name === renaming.name
              ? null
              : nameProblem(
                  name,
                  folder.entries.map((entry) => entry.name),
                )
          }
          onClose={() => setRenaming(null)}
          onName={async (name) => {
            if (name !== renaming.name)
              await moveEntry(sessionId, join(path, renaming.name), join(path, name))
            onChanged()
          }}
        />
      )}
    </>
  )
}

function Icon({ entry }: { entry: FileEntry }) {
  if (entry.type === 'folder') return <IconFolder size={20} stroke={1.6} aria-hidden />
  if (entry.type === 'file') return <IconFile size={20} stroke={1.6} aria-hidden />
  return <IconLinkOff size={20} stroke={1.6} aria-hidden />
}

function Name({
  entry,
  mayDownload,
  onOpen,
}: {
  entry: FileEntry
  mayDownload: boolean
  onOpen: () => void
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  const isFolder = entry.type === 'folder'
  const opens = isFolder || (entry.type === 'file' && mayDownload)
  const at = formatMoment(new Date(entry.modified * 1000).toISOString(), language)
  const about = entry.type === 'file' ? `${formatBytes(entry.size, language)} · ${at}` : at
  return (
    <div className={classes.name}>
      <button
        type="button"
        className={classes.open}
        disabled={!opens}
        title={entry.name}
        aria-label={
          isFolder
            ? t('files.openFolder', { name: entry.name })
            : opens
              ? t('files.downloadOf', { name: entry.name })
              : entry.name
        }
        onClick={onOpen}
      >
        <span className={classes.text}>{entry.name}</span>
        <Text component="span" display="block" fz="xs" c="dimmed">
          {entry.type === 'link' ? t('files.leadsOut') : about}
        </Text>
      </button>
    </div>
  )
}

function Actions({
  entry,
  mayUpload,
  mayDownload,
  onDownload,
  onRename,
  onDelete,
}: {
  entry: FileEntry
  mayUpload: boolean
  mayDownload: boolean
  onDownload: () => void
  onRename: () => void
  onDelete: () => void
}) {
  const { t } = useTranslation()
  const isFolder = entry.type === 'folder'
  const fetches = mayDownload && (isFolder || entry.type === 'file')
  if (!fetches && !mayUpload) return null
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t('files.actionsOf', { name: entry.name })}>
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {fetches && (
          <Menu.Item
            leftSection={isFolder ? <IconFileZip size={16} /> : <IconDownload size={16} />}
            onClick={onDownload}
          >
            {isFolder ? t('files.downloadZip') : t('files.download')}
          </Menu.Item>
        )}
        {mayUpload && (
          <>
            <Menu.Item leftSection={<IconForms size={16} />} onClick={onRename}>
              {t('files.rename')}
            </Menu.Item>
            <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={onDelete}>
              {t('files.delete')}
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}
