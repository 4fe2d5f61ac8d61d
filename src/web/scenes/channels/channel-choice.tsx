import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/client.ts'

interface Props {
  label: string
  description?: string | undefined
  required: boolean
  medium: string
  value: string | null
  onChange(id: string | null): void
}

/** Another channel of the hub, by its name. */
export function ChannelChoice({ medium, value, ...shared }: Props) {
  const channels = useQuery({ queryKey: ['channels'], queryFn: () => api.channels.list({ limit: 200 }) })
  const fit = channels.data?.items.filter(({ media }) => media.includes(medium)) ?? []
  return <Select {...shared} clearable value={value} data={fit.map(({ id, name }) => ({ value: id, label: name }))} />
}
