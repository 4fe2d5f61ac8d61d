import fc from 'fast-check'

// The same cases on every machine: what fails once fails again, and can be looked at. `FC_SEED=<number>` throws others.
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(process.env.FC_SEED ?? 20_261_122) })

export { fc }
