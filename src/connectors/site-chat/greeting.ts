import type { Greeting, Visit } from '../../core/connector/visitors.ts'
import { readIdentity, visitorOfUser } from './identity.ts'
import type { Settings } from './settings.ts'

/** What the script in the page shows and asks. Words that the settings leave out it has itself, in both languages. */
export function greetVisitor({ identity, now }: Visit, settings: Settings): Greeting {
  const { title, greeting, offlineText, consentText, consentUrl, language, identifySecret } = settings
  const asks = { name: settings.askName, phone: settings.askPhone, email: settings.askEmail }
  const greeted: Greeting = {
    showsNames: settings.showNames,
    widget: {
      colour: settings.colour,
      onColour: readableOn(settings.colour),
      position: settings.position,
      asks,
      hasFiles: settings.files,
      maxFileBytes: settings.maxFileMegabytes * 1_000_000,
      hasCallback: settings.callback,
      ...(title && { title }),
      ...(greeting && { greeting }),
      ...(offlineText && { offlineText }),
      ...(consentText && { consentText }),
      ...(consentUrl && { consentUrl }),
      ...(language && { language }),
    },
  }
  if (identity === undefined) return greeted
  const read = readIdentity(identity, identifySecret, now)
  if ('doubt' in read || identifySecret === undefined) return { ...greeted, doubt: 'doubt' in read ? read.doubt : '' }
  return { ...greeted, visitorId: visitorOfUser(identifySecret, read.userId) }
}

/** White or black on the chosen colour, whichever has more contrast (https://www.w3.org/TR/WCAG22/#dfn-relative-luminance). */
function readableOn(colour: string): string {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 ? '#000000' : '#ffffff'
}
