import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { tellError } from './tell.ts'

interface PageOf<Item> {
  items: Item[]
  nextCursor: string | null
}

/** A list by cursor: what is loaded, and how to load more. What cannot be read is told, and not asked for again before the list is. */
export function usePages<Item>(queryKey: unknown[], load: (cursor: string | undefined) => Promise<PageOf<Item>>) {
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) => load(pageParam || undefined),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  })
  const isStuck = query.isFetchNextPageError
  const fault = query.data === undefined || isStuck ? query.error : null
  useEffect(() => {
    if (fault) tellError(fault)
  }, [fault])
  const items = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data])
  return {
    items,
    isPending: query.data === undefined,
    isEmpty: query.data?.pages[0]?.items.length === 0,
    ...(query.hasNextPage && !query.isFetching && !isStuck && { more: () => void query.fetchNextPage() }),
  }
}
