import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'

interface PageOf<Item> {
  items: Item[]
  nextCursor: string | null
}

/** A list by cursor: what is loaded, and how to load more. */
export function usePages<Item>(queryKey: unknown[], load: (cursor: string | undefined) => Promise<PageOf<Item>>) {
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) => load(pageParam || undefined),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  })
  const items = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data])
  return {
    items,
    isPending: query.isPending,
    isEmpty: query.data?.pages[0]?.items.length === 0,
    ...(query.hasNextPage && !query.isFetching && { more: () => void query.fetchNextPage() }),
  }
}
