import type { DecisionWords } from './decision-words-en.ts';

export const es: DecisionWords = {
  title: 'Acceso al soporte',
  first: (who: string, role: string) =>
    `${who} lo ha concedido como ${role}. Hacen falta dos que decidan: concédalo sin cambios para confirmarlo.`,
  firstTerms: { privileges: 'Privilegios', reason: 'Motivo de la concesión', corrects: 'Corregido' },
  lead: (name, site) => `${name} pide acceso al soporte para ${site}. Usted decide.`,
  name: 'Nombre',
  address: 'Dirección',
  role: 'Rol deseado',
  phone: 'Teléfono',
  why: 'Motivo',
  none: 'ninguno',
  site: 'Sede',
  number: 'Número de sede',
  grant: 'Conceder el acceso',
  as: 'Como',
  until: 'Hasta, si el acceso debe terminar (último día)',
  reasonNeeded: 'Motivo; la persona no ha dado ninguno y hace falta',
  reasonMore: 'Motivo, si desea dar otro',
  deny: 'Denegar el acceso',
  reasons: ['No conocemos a esta persona', 'El acceso no es necesario', 'Sin relación con esta sede'],
  words: 'Unas palabras para la persona, si lo desea',
  now: (minutes) =>
    `Informar a la persona enseguida. Si no, lo sabrá dentro de ${minutes} minutos, y hasta entonces usted puede retirar la decisión.`,
  code: 'Código de nuestro mensaje',
  codeHelp: 'Está en el mensaje que contiene este enlace, por ejemplo 7KQ2-M9XW. Sin él no se decide nada.',
  decide: 'Decidir',
  byMail:
    'También puede responder a nuestro mensaje. Otros privilegios, o un nombre o teléfono corregido, solo pueden darse en una respuesta.',
  codeWrong: (left) =>
    left === 1
      ? 'Este no es el código del mensaje y no se ha decidido nada. Le queda un intento.'
      : `Este no es el código del mensaje y no se ha decidido nada. Le quedan ${left} intentos.`,
  faults: {
    'first-waits': 'Usted ya lo ha concedido; espera a una segunda persona que decida.',
    'no-code': 'Escriba el código de nuestro mensaje. Todavía no se ha decidido nada.',
    'nothing-chosen': 'Elija si concede o deniega. Todavía no se ha decidido nada.',
    'no-denial-reason': 'Elija un motivo para denegar. Todavía no se ha decidido nada.',
    'day-unreadable': 'Escriba el último día como 2026-12-31. Todavía no se ha decidido nada.',
    unreadable: 'Un campo no se puede leer o es demasiado largo. Todavía no se ha decidido nada.',
    'more-than-own':
      'No puede dar más de lo que tiene usted. Elija otro rol o pida al contacto principal que decida. Todavía no se ha decidido nada.',
    'too-many':
      'La sede ya tiene tantos contactos secundarios como puede tener. Elija otro rol. Todavía no se ha decidido nada.',
    'no-reason':
      'Para conceder hace falta un motivo, y la persona no ha dado ninguno. Escriba uno. Todavía no se ha decidido nada.',
    past: 'Ese día ya ha pasado. Elija un día futuro o deje el campo vacío. Todavía no se ha decidido nada.',
    else: 'No ha sido posible y no se ha decidido nada. Responda a nuestro mensaje.',
  },
  decidedTitle: 'Decidido',
  granted: (site) => `Se ha concedido el acceso al soporte para ${site}.`,
  denied: (site) => `Se ha denegado el acceso al soporte para ${site}.`,
  asNow: 'Como',
  untilDay: 'Hasta',
  by: 'Decidido por',
  us: 'nuestro equipo de soporte, o alguien que ya no está',
  when: 'Cuándo',
  ended: 'Este acceso ha terminado, como se concedió.',
  undo: 'Cuenta la primera decisión. Quien ha decidido puede retirarla durante un tiempo: respondiendo DESHACER al mensaje que la confirma.',
  closed: {
    waits:
      'Usted lo ha concedido y espera a una segunda persona que decida. Para retirarlo, responda DESHACER a nuestro mensaje.',
    spent:
      'La decisión tomada en esta página se ha retirado. Para decidir de nuevo, responda a nuestro último mensaje sobre esta solicitud.',
    over: 'Esta solicitud ha esperado demasiado para decidirse aquí. Si la persona sigue necesitando acceso, responda a nuestro mensaje.',
    locked:
      'Se han escrito demasiados códigos erróneos en esta página y ya no acepta ninguno. Para decidir, responda a nuestro mensaje.',
    'no-right':
      'Usted ya no puede decidir sobre esta solicitud, por lo que no se muestra nada de ella. Si cree que es un error, responda a nuestro mensaje.',
  },
  overTitle: 'Esta página no está abierta',
  notFound: 'El enlace está incompleto. Ábralo de nuevo desde nuestro mensaje o simplemente responda a él.',
};
