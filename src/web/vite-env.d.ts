/// <reference types="vite/client" />

declare module 'virtual:operations' {
  /** The contract without its schemas; made by vite.config.ts. */
  export const operations: import('@orpc/contract').AnyContractRouter
}
