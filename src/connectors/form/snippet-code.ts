/** The longer codes of `snippets.ts`, as they are copied. */

export function htmlForm(url: string): string {
  return `<form action="${url}" method="post" accept-charset="utf-8">
  <label for="sb-name">Имя</label>
  <input id="sb-name" name="name" autocomplete="name">
  <label for="sb-phone">Телефон</label>
  <input id="sb-phone" name="phone" type="tel" autocomplete="tel" required>
  <label for="sb-message">Сообщение</label>
  <textarea id="sb-message" name="message"></textarea>
  <div style="position:absolute;left:-9999px" aria-hidden="true"><input name="sb_website" tabindex="-1" autocomplete="off"></div>
  <button>Отправить</button>
</form>`
}

export function jsForm(url: string): string {
  return `document.querySelector('#my-form').addEventListener('submit', async (event) => {
  event.preventDefault()
  const data = new FormData(event.target)
  data.append('page', location.href)
  data.append('referrer', document.referrer)
  const response = await fetch('${url}', { method: 'POST', body: data, headers: { accept: 'application/json' } })
  alert(response.ok ? 'Спасибо! Заявка отправлена.' : 'Не получилось отправить, попробуйте ещё раз.')
})`
}

export function phpFunction(url: string, secret: string | undefined): string {
  return `<?php
function switchboard_send(array $fields): bool {
    $request = curl_init('${url}');
    curl_setopt_array($request, [
        CURLOPT_POST => true,
        CURLOPT_POSTFIELDS => json_encode($fields, JSON_UNESCAPED_UNICODE),
        CURLOPT_HTTPHEADER => ['Content-Type: application/json', 'Idempotency-Key: ' . bin2hex(random_bytes(16))${phpHeader(secret)}],
        CURLOPT_RETURNTRANSFER => true,
        CURLOPT_TIMEOUT => 10,
    ]);
    curl_exec($request);
    return curl_getinfo($request, CURLINFO_RESPONSE_CODE) === 200;
}

switchboard_send(['name' => $_POST['name'], 'phone' => $_POST['phone'], 'page' => $_SERVER['HTTP_REFERER'] ?? '']);`
}

function phpHeader(secret: string | undefined): string {
  return secret === undefined ? '' : `, 'X-Hub-Key: ${secret}'`
}

export function wordpressPlugin(url: string, secret: string | undefined): string {
  const key = secret === undefined ? '' : `, 'X-Hub-Key' => '${secret}'`
  return `<?php
/* Plugin Name: Switchboard */
add_action('wpcf7_before_send_mail', function ($form) {
    $submission = WPCF7_Submission::get_instance();
    if (!$submission) { return; }
    $fields = $submission->get_posted_data();
    $fields['form_name'] = $form->title();
    $fields['_url'] = $submission->get_meta('url');
    wp_remote_post('${url}', [
        'headers' => ['Content-Type' => 'application/json', 'Idempotency-Key' => wp_generate_uuid4()${key}],
        'body' => wp_json_encode($fields),
        'timeout' => 10,
    ]);
});`
}

export function googleScript(url: string, secret: string | undefined): string {
  const headers = secret === undefined ? '{}' : `{ 'X-Hub-Key': '${secret}' }`
  return `function send(e) {
  const response = e.response
  const answers = response.getItemResponses().map((item) => ({ title: item.getItem().getTitle(), value: item.getResponse() }))
  const payload = JSON.stringify({
    source: 'google-forms',
    formId: e.source.getId(),
    formName: e.source.getTitle(),
    responseId: response.getId(),
    submittedAt: response.getTimestamp().toISOString(),
    respondentEmail: response.getRespondentEmail() || null,
    answers,
  })
  UrlFetchApp.fetch('${url}', { method: 'post', contentType: 'application/json', payload, headers: ${headers}, muteHttpExceptions: true })
}`
}

export function yandexTemplate(url: string, secret: string | undefined): string {
  const header = secret === undefined ? '' : `\nX-Hub-Key: ${secret}`
  return `POST ${url}
Content-Type: application/json${header}

{
  "formId": "<ID формы>",
  "answerId": "<ID ответа>",
  "name": "<Имя>",
  "phone": "<Телефон>",
  "email": "<Почта>",
  "comment": "<Комментарий>"
}`
}
