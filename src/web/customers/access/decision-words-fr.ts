import type { DecisionWords } from './decision-words-en.ts';

export const fr: DecisionWords = {
  title: 'Accès à l’assistance',
  first: (who: string, role: string) =>
    `${who} l’a accordé comme ${role}. Il faut deux décideurs : accordez-le sans changement pour confirmer.`,
  firstTerms: { privileges: 'Privilèges', reason: 'Motif de l’accord', corrects: 'Corrigé' },
  lead: (name, site) => `${name} demande l’accès à l’assistance pour ${site}. Vous décidez.`,
  name: 'Nom',
  address: 'Adresse',
  role: 'Rôle souhaité',
  phone: 'Téléphone',
  why: 'Motif',
  none: 'aucun',
  site: 'Site',
  number: 'Numéro du site',
  grant: 'Accorder l’accès',
  as: 'En tant que',
  until: 'Jusqu’au, si l’accès doit prendre fin (dernier jour)',
  reasonNeeded: 'Motif ; la personne n’en a pas donné, il est nécessaire',
  reasonMore: 'Motif, si vous souhaitez en donner un autre',
  deny: 'Refuser l’accès',
  reasons: ['Nous ne connaissons pas cette personne', 'L’accès n’est pas nécessaire', 'Aucune relation avec ce site'],
  words: 'Quelques mots pour la personne, si vous le souhaitez',
  now: (minutes) =>
    `Informer la personne tout de suite. Sinon, elle le sera dans ${minutes} minutes, et vous pouvez retirer la décision d’ici là.`,
  code: 'Code de notre courriel',
  codeHelp: 'Il figure dans le courriel qui contient ce lien, par exemple 7KQ2-M9XW. Rien n’est décidé sans lui.',
  decide: 'Décider',
  byMail:
    'Vous pouvez aussi répondre à notre courriel. D’autres privilèges, un nom ou un téléphone corrigé ne peuvent être donnés que dans une réponse.',
  codeWrong: (left) =>
    left === 1
      ? 'Ce n’est pas le code du courriel, et rien n’est décidé. Il vous reste un essai.'
      : `Ce n’est pas le code du courriel, et rien n’est décidé. Il vous reste ${left} essais.`,
  faults: {
    'first-waits': 'Vous avez déjà accordé cet accès ; il attend une seconde personne qui décide.',
    'no-code': 'Veuillez saisir le code de notre courriel. Rien n’est encore décidé.',
    'nothing-chosen': 'Veuillez choisir d’accorder ou de refuser. Rien n’est encore décidé.',
    'no-denial-reason': 'Veuillez choisir un motif de refus. Rien n’est encore décidé.',
    'day-unreadable': 'Veuillez écrire le dernier jour sous la forme 2026-12-31. Rien n’est encore décidé.',
    unreadable: 'Un champ est illisible ou trop long. Rien n’est encore décidé.',
    'more-than-own':
      'Vous ne pouvez pas donner plus que vous n’avez. Choisissez un autre rôle, ou demandez au contact principal de décider. Rien n’est encore décidé.',
    'too-many':
      'Le site a déjà autant de contacts secondaires que permis. Choisissez un autre rôle. Rien n’est encore décidé.',
    'no-reason':
      'Un accès demande un motif, et la personne n’en a pas donné. Veuillez en écrire un. Rien n’est encore décidé.',
    past: 'Ce jour est passé. Choisissez un jour à venir, ou laissez le champ vide. Rien n’est encore décidé.',
    else: 'Cela n’a pas été possible, et rien n’est décidé. Veuillez répondre à notre courriel.',
  },
  decidedTitle: 'Décision prise',
  granted: (site) => `L’accès à l’assistance pour ${site} a été accordé.`,
  denied: (site) => `L’accès à l’assistance pour ${site} a été refusé.`,
  asNow: 'En tant que',
  untilDay: 'Jusqu’au',
  by: 'Décidé par',
  us: 'notre équipe d’assistance, ou une personne qui est partie',
  when: 'Quand',
  ended: 'Cet accès a pris fin, comme prévu.',
  undo: 'La première décision compte. La personne qui a décidé peut la retirer pendant un certain temps : en répondant ANNULER au courriel qui la confirme.',
  closed: {
    waits:
      'Vous avez accordé cet accès ; il attend une seconde personne qui décide. Pour le retirer, répondez ANNULER à notre message.',
    spent:
      'La décision prise sur cette page a été retirée. Pour décider à nouveau, répondez à notre dernier courriel sur cette demande.',
    over: 'Cette demande a attendu trop longtemps pour être décidée ici. Si la personne a toujours besoin d’un accès, veuillez répondre à notre courriel.',
    locked:
      'Trop de codes erronés ont été saisis sur cette page ; elle n’en accepte plus. Pour décider, veuillez répondre à notre courriel.',
    'no-right':
      'Vous ne pouvez plus décider de cette demande, et rien n’en est montré. Si vous pensez qu’il s’agit d’une erreur, répondez à notre courriel.',
  },
  overTitle: 'Cette page n’est pas ouverte',
  notFound:
    'Le lien est incomplet. Veuillez l’ouvrir à nouveau depuis notre courriel, ou simplement répondre à celui-ci.',
};
