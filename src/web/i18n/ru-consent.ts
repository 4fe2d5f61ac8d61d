/** Texts of signing in at a vendor, and of what is known from the first field. */
export const ruConsent = {
  consent: {
    recognised: 'Узнали: {{what}}',
    returnAddress: 'Адрес возврата: впишите его в приложении {{vendor}}',
    signIn: 'Войти через {{vendor}}',
    createAndSignIn: 'Подключить и войти через {{vendor}}',
    further: 'Ещё настройки',
    done: 'Вход выполнен, подключаемся к ящику',
    denied: 'Доступ не разрешён. Канал остался как был',
    failed: 'Сервис не дал войти: причина в состоянии канала',
    expired: 'Вход устарел или уже использован. Начните ещё раз',
  },
}
