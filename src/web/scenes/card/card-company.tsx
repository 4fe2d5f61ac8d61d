import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { queryClient } from '../../api/query-client.ts'
import { useRight } from '../../api/session.ts'
import { tellError } from '../../components/tell.ts'
import classes from './card.module.css'

/** Where he works: known, or asked by the domain of his e-mail. Never decided by machine. */
export function CardCompany({ cardId, companyId }: { cardId: string; companyId: string | null }) {
  const { t } = useTranslation()
  const mayEdit = useRight('contacts.update')
  const company = useQuery({
    queryKey: ['card', cardId, 'company', companyId],
    queryFn: () => api.companies.get({ id: companyId ?? '' }),
    enabled: companyId !== null,
  })
  const asked = useQuery({
    queryKey: ['card', cardId, 'company-suggestions'],
    queryFn: () => api.contacts.suggestCompany({ id: cardId }),
    enabled: companyId === null && mayEdit,
  })
  const change = useMutation({
    mutationFn: async (to: { companyId: string | null } | { domain: string }) => {
      const chosen = 'domain' in to ? (await api.companies.create({ name: to.domain, domain: to.domain })).id : to.companyId
      await api.contacts.update({ id: cardId, companyId: chosen })
    },
    onSuccess: () => Promise.all(['contacts', 'card'].map((key) => queryClient.invalidateQueries({ queryKey: [key] }))),
    onError: tellError,
  })
  const suggestions = companyId === null ? (asked.data?.items ?? []) : []
  if (companyId === null && suggestions.length === 0) return null
  return (
    <section>
      <h2>{t('card.company')}</h2>
      {company.data && companyId !== null && (
        <div className={classes.line}>
          <span className={classes.value} title={company.data.domain ?? ''}>
            <Link to="/companies/$companyId" params={{ companyId }} className={classes.link ?? ''}>
              {company.data.name}
            </Link>{' '}
            <span className={classes.dim}>{t('card.people', { n: company.data.people })}</span>
          </span>
          {mayEdit && (
            <Button variant="subtle" color="gray" onClick={() => change.mutate({ companyId: null })}>
              {t('card.notThere')}
            </Button>
          )}
        </div>
      )}
      {suggestions.flatMap(({ domain, companies }) =>
        companies.length === 0
          ? [
              <div key={domain} className={classes.line}>
                <span className={classes.value}>{domain}</span>
                <Button variant="default" onClick={() => change.mutate({ domain })}>
                  {t('card.newCompany')}
                </Button>
              </div>,
            ]
          : companies.map((known) => (
              <div key={known.id} className={classes.line}>
                <span className={classes.value} title={domain}>
                  {known.name}
                </span>
                <Button variant="default" onClick={() => change.mutate({ companyId: known.id })}>
                  {t('card.worksThere')}
                </Button>
              </div>
            )),
      )}
    </section>
  )
}
