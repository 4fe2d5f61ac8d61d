import { domainToASCII } from 'node:url'
import { normaliseIdentity } from '../../identities/normalise-identity.ts'
import { identityKey } from '../../intake/apply/keys.ts'
import type { ColumnMapping, DateOrder, Draft, DraftIdentity, Reason } from '../import.ts'
import { readDate } from './read-date.ts'
import { splitPhones } from './split-phones.ts'

/** What the reading of a row depends on besides the row. */
export interface ReadingContext {
  mapping: ColumnMapping[]
  /** ISO 3166 alpha-2. */
  country: string
  /** Keys of our own numbers and addresses: nobody's. */
  own: ReadonlySet<string>
  /** By column. */
  dateOrders: (DateOrder | undefined)[]
  /** User ids by e-mail and by name, lower case. */
  users: ReadonlyMap<string, string>
}

const longestName = 300
const mostIdentities = 20

/** Reads a row into what it says of a person and his company. Pure. What cannot be read is kept as it stands, with a note or a fault. */
export function readDraft(cells: string[], context: ReadingContext): Draft {
  const found = new DraftReader(context)
  for (const [index, column] of context.mapping.entries()) found.read(cells[index] ?? '', index, column)
  return found.draft()
}

class DraftReader {
  readonly #context: ReadingContext
  readonly #names: Record<'name' | 'firstName' | 'lastName' | 'middleName', string> = { name: '', firstName: '', lastName: '', middleName: '' }
  readonly #identities = new Map<string, DraftIdentity>()
  readonly #fields: Record<string, string> = {}
  readonly #companyFields: Record<string, string> = {}
  readonly #faults: Reason[] = []
  readonly #notes: Reason[] = []
  #company = ''
  #domain: string | null = null
  #ownerId: string | null = null
  #language: string | null = null

  constructor(context: ReadingContext) {
    this.#context = context
  }

  draft(): Draft {
    const { name, lastName, firstName, middleName } = this.#names
    const whole = name || [lastName, firstName, middleName].filter(Boolean).join(' ')
    const company = this.#company === '' ? null : { name: this.#company.slice(0, longestName), domain: this.#domain, fields: this.#companyFields }
    return {
      name: whole.replaceAll(/\s+/g, ' ').slice(0, longestName),
      identities: [...this.#identities.values()],
      company,
      ownerId: this.#ownerId,
      language: this.#language,
      // Without a company its details are the person's.
      fields: company ? this.#fields : { ...this.#companyFields, ...this.#fields },
      faults: this.#faults,
      notes: this.#notes,
    }
  }

  read(cell: string, index: number, { target, name }: ColumnMapping): void {
    if (cell === '' || target === 'ignore') return
    switch (target) {
      case 'name':
      case 'firstName':
      case 'lastName':
      case 'middleName':
        this.#names[target] = cell
        return
      case 'phone':
        for (const { raw, isOffice } of splitPhones(cell, this.#context.country)) this.#identity('phone', raw, isOffice, index, name)
        return
      case 'email':
        for (const raw of cell.split(/[,;|\n\r]+|\s+(?=\S+@)/)) if (raw.trim() !== '') this.#identity('email', raw.trim(), false, index, name)
        return
      case 'company':
        this.#company = cell.replaceAll(/\s+/g, ' ')
        return
      case 'companyDomain':
        this.#readDomain(cell, index, name)
        return
      case 'companyField':
        this.#companyFields[name] = cell
        return
      case 'owner':
        this.#readOwner(cell, index, name)
        return
      case 'language':
        this.#language = cell.slice(0, 20)
        return
      case 'date':
        this.#readDate(cell, index, name)
        return
      case 'field':
        this.#keep(name, cell)
    }
  }

  #identity(kind: 'phone' | 'email', raw: string, isOffice: boolean, column: number, name: string): void {
    const identity = normaliseIdentity(kind, raw.replace(/ доб\. \d+$/, ''), this.#context.country)
    if ('never' in identity) {
      if (identity.never === 'placeholder' || identity.never === 'empty') return
      this.#notes.push({ code: kind === 'phone' ? 'phone_unreadable' : 'email_unreadable', column, value: raw.slice(0, 100) })
      this.#keep(name, raw)
      return
    }
    const key = identityKey(kind, identity.value)
    if (this.#context.own.has(key) || this.#identities.has(key) || this.#identities.size >= mostIdentities) return
    this.#identities.set(key, { kind, value: identity.value, raw: raw.slice(0, 500), role: isOffice ? 'switchboard' : 'personal' })
  }

  #readDomain(cell: string, column: number, name: string): void {
    const host = cell
      .toLowerCase()
      .replace(/^https?:\/\//, '')
      .replace(/^www\./, '')
      .split(/[/?#\s]/)[0]
    const domain = domainToASCII(host ?? '')
    if (domain.includes('.')) this.#domain = domain
    else this.#notes.push({ code: 'domain_unreadable', column, value: cell.slice(0, 100) })
    if (this.#domain === null) this.#companyFields[name] = cell
  }

  #readOwner(cell: string, column: number, name: string): void {
    this.#ownerId = this.#context.users.get(cell.toLowerCase()) ?? null
    if (this.#ownerId !== null) return
    this.#notes.push({ code: 'owner_unknown', column, value: cell.slice(0, 100) })
    this.#keep(name, cell)
  }

  #readDate(cell: string, column: number, name: string): void {
    const read = readDate(cell, this.#context.dateOrders[column] ?? 'dmy')
    if ('date' in read) this.#keep(name, read.date)
    else this.#faults.push({ code: read.fault, column, value: cell.slice(0, 100) })
  }

  /** Two columns of one name, or several things of one cell, stand beside each other. */
  #keep(name: string, value: string): void {
    const before = this.#fields[name]
    this.#fields[name] = before === undefined ? value : `${before}; ${value}`
  }
}
