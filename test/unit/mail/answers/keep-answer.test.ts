import { describe, expect, it } from 'vitest';
import { keepAnswers } from '../../../../src/mail/answers/keep-answer.ts';
import { cpuTime } from '../../../support/cpu-time.ts';

const read = (text: string) =>
  keepAnswers(text).map((line) =>
    line.word === 'keep-all' ? ['all', ...line.except].join(' ') : [line.word, ...line.addresses].join(' '),
  );

const said: Record<string, Record<string, readonly string[]>> = {
  en: {
    'keep ada@firm.example': [
      ...['KEEP ada@firm.example', 'keep ada@firm.example', 'Keep: ada@firm.example', 'ada@firm.example keep'],
      ...['ada@firm.example: KEEP', 'Ada Byron, ada@firm.example: keep', '- KEEP Ada Byron <ada@firm.example>'],
      ...['* keep <ada@firm.example>.', 'Please keep ada@firm.example', 'KEEP ada@firm.example please'],
      ...[
        'ada@firm.example - ok',
        'ada@firm.example stays',
        'ada@firm.example still with us',
        'keep Ada Byron ada@firm.example',
      ],
      ...['`KEEP ada@firm.example`', 'KEEP ADA@Firm.example', 'ada@firm.example: yes', 'ada@firm.example (keep)'],
      ...['keep "Ada Byron" <ada@firm.example>', 'KEEP mailto:ada@firm.example'],
    ],
    'remove max@firm.example': [
      ...[
        'REMOVE max@firm.example',
        'remove: max@firm.example',
        'max@firm.example remove',
        'max@firm.example - remove',
      ],
      ...[
        'Please remove max@firm.example',
        'delete max@firm.example',
        'drop max@firm.example',
        'max@firm.example has left',
      ],
      ...['max@firm.example has left the company', 'max@firm.example no longer with us', 'max@firm.example: no'],
      ...[
        'REMOVE Max Ernst <max@firm.example>',
        'remove max@firm.example: moved to another team',
        'max@firm.example: delete',
      ],
      ...['Max Ernst max@firm.example remove', 'REMOVE max@firm.example (left in May)', 'revoke max@firm.example'],
      ...['take off max@firm.example', 'REMOVE  max@firm.example.', 'max@firm.example is gone'],
    ],
    all: [
      ...[
        'KEEP ALL',
        'Keep all.',
        'keep everyone',
        'Keep everybody!',
        'keep them all',
        'all keep',
        'Everyone stays.',
        'All stay',
      ],
      ...[
        'All correct',
        'No changes',
        'no change',
        'keep all, please',
        'Please keep all',
        'All OK',
        'all of them stay',
      ],
      ...['Everything is correct.', 'Yes to all', 'They all stay', 'Keep all of them', '**KEEP ALL**'],
    ],
  },
  de: {
    'keep ada@firm.example': [
      ...[
        'BEHALTEN ada@firm.example',
        'behalten: ada@firm.example',
        'ada@firm.example behalten',
        'ada@firm.example bleibt',
      ],
      ...[
        'Bitte behalten ada@firm.example',
        'Ada Byron, ada@firm.example: bleibt',
        'ada@firm.example: ja',
        'ada@firm.example - passt',
      ],
      ...[
        'ada@firm.example bitte behalten',
        'beibehalten ada@firm.example',
        'ada@firm.example soll bleiben',
        'ada@firm.example darf bleiben',
      ],
      ...[
        '- BEHALTEN Ada Byron <ada@firm.example>',
        'ada@firm.example in Ordnung',
        'ada@firm.example stimmt',
        'Behalten Ada Byron ada@firm.example',
      ],
      ...[
        'ada@firm.example bestätigt',
        'KEEP ada@firm.example',
        'ada@firm.example weiterhin',
        'BEHALTEN ada@firm.example, danke',
      ],
    ],
    'remove max@firm.example': [
      ...[
        'ENTFERNEN max@firm.example',
        'entfernen: max@firm.example',
        'max@firm.example entfernen',
        'Bitte entfernen max@firm.example',
      ],
      ...[
        'max@firm.example bitte entfernen',
        'löschen max@firm.example',
        'max@firm.example löschen',
        'max@firm.example streichen',
      ],
      ...[
        'max@firm.example ist ausgeschieden',
        'max@firm.example ausgeschieden',
        'max@firm.example nicht mehr bei uns',
        'max@firm.example: nein',
      ],
      ...[
        'Max Ernst, max@firm.example: entfernen',
        'ENTFERNEN Max Ernst <max@firm.example>',
        'Entferne max@firm.example',
        'austragen max@firm.example',
      ],
      ...[
        'max@firm.example hat uns verlassen',
        'max@firm.example austragen',
        'ENTFERNEN max@firm.example: im Mai gegangen',
        'max@firm.example nicht mehr da',
      ],
    ],
    all: [
      ...[
        'ALLE BEHALTEN',
        'Alle behalten.',
        'Bitte alle behalten',
        'alle bleiben',
        'Es bleiben alle.',
        'Alles bleibt so',
        'keine Änderungen',
      ],
      ...[
        'Keine Änderung',
        'alles korrekt',
        'Alles stimmt',
        'Passt alles',
        'Ja, alle',
        'alle bestätigt',
        'Alle beibehalten',
        'behalten alle',
      ],
      ...['Alle dürfen bleiben', 'Alle sollen bleiben', 'alles richtig', 'KEEP ALL', 'alle ok'],
    ],
  },
  fr: {
    'keep ada@firm.example': [
      ...[
        'GARDER ada@firm.example',
        'garder : ada@firm.example',
        'ada@firm.example garder',
        'Gardez ada@firm.example',
        'ada@firm.example reste',
      ],
      ...[
        'ada@firm.example : oui',
        'conserver ada@firm.example',
        'ada@firm.example : à garder',
        'Ada Byron, ada@firm.example : garder',
      ],
      ...[
        'Veuillez garder ada@firm.example',
        'garder ada@firm.example svp',
        'GARDER Ada Byron <ada@firm.example>',
        'ada@firm.example peut rester',
      ],
      ...[
        'ada@firm.example confirmée',
        'maintenir ada@firm.example',
        'Conservez ada@firm.example',
        '– garder ada@firm.example',
      ],
      ...['ada@firm.example c’est bon', 'GARDER ada@firm.example, merci', 'garder Ada Byron ada@firm.example'],
    ],
    'remove max@firm.example': [
      ...[
        'RETIRER max@firm.example',
        'retirer : max@firm.example',
        'max@firm.example retirer',
        'Retirez max@firm.example',
        'supprimer max@firm.example',
      ],
      ...[
        'Supprimez max@firm.example',
        'max@firm.example est parti',
        'max@firm.example : non',
        'enlever max@firm.example',
        'Veuillez retirer max@firm.example',
      ],
      ...[
        'Max Ernst, max@firm.example : retirer',
        'max@firm.example à retirer',
        'RETIRER Max Ernst <max@firm.example>',
        'retirer max@firm.example svp',
      ],
      ...[
        'max@firm.example a quitté la société',
        'max@firm.example ne travaille plus ici',
        'max@firm.example n’est plus là',
        'Enlevez max@firm.example',
      ],
      ...['RETIRER max@firm.example : parti en mai', 'max@firm.example supprimer'],
    ],
    all: [
      ...[
        'TOUT GARDER',
        'Tout garder.',
        'garder tout',
        'Gardez tout le monde',
        'garder tout le monde',
        'Tout le monde reste',
        'tous restent',
      ],
      ...[
        'Ils restent tous',
        'aucun changement',
        'Pas de changement',
        'rien ne change',
        'Tout est correct',
        'tout est exact',
        'tout conserver',
      ],
      ...['Oui à tous', 'tout confirmer', 'Tout est bon', 'KEEP ALL', 'gardez tout, merci', 'garder tous'],
    ],
  },
  es: {
    'keep ada@firm.example': [
      ...[
        'MANTENER ada@firm.example',
        'mantener: ada@firm.example',
        'ada@firm.example mantener',
        'Mantengan ada@firm.example',
        'ada@firm.example sigue',
      ],
      ...[
        'ada@firm.example: sí',
        'conservar ada@firm.example',
        'ada@firm.example se queda',
        'Ada Byron, ada@firm.example: mantener',
      ],
      ...[
        'Por favor mantener ada@firm.example',
        'mantener ada@firm.example por favor',
        'MANTENER Ada Byron <ada@firm.example>',
        'ada@firm.example correcto',
      ],
      ...[
        'ada@firm.example puede seguir',
        'ada@firm.example se mantiene',
        'mantenga ada@firm.example',
        '- mantener ada@firm.example',
      ],
      ...['ada@firm.example confirmada', 'mantener ada@firm.example, gracias', 'Mantener Ada Byron ada@firm.example'],
    ],
    'remove max@firm.example': [
      ...[
        'RETIRAR max@firm.example',
        'retirar: max@firm.example',
        'max@firm.example retirar',
        'Retiren max@firm.example',
        'eliminar max@firm.example',
      ],
      ...[
        'Elimine max@firm.example',
        'max@firm.example ya no está',
        'max@firm.example: no',
        'quitar max@firm.example',
        'Por favor retirar max@firm.example',
      ],
      ...[
        'Max Ernst, max@firm.example: retirar',
        'max@firm.example baja',
        'RETIRAR Max Ernst <max@firm.example>',
        'borrar max@firm.example',
      ],
      ...[
        'max@firm.example ya no trabaja aquí',
        'max@firm.example se ha ido',
        'dar de baja max@firm.example',
        'quite max@firm.example por favor',
      ],
      ...['RETIRAR max@firm.example: se fue en mayo', 'max@firm.example eliminar'],
    ],
    all: [
      ...[
        'MANTENER TODOS',
        'Mantener todos.',
        'mantener a todos',
        'Mantengan a todos',
        'se quedan todos',
        'Todos se quedan',
        'todos siguen',
      ],
      ...[
        'Sin cambios',
        'ningún cambio',
        'no hay cambios',
        'Todo correcto',
        'Todo está bien',
        'conservar a todos',
        'Sí a todos',
      ],
      ...[
        'nada cambia',
        'confirmar todos',
        'KEEP ALL',
        'mantener a todos, por favor',
        'siguen todos',
        'todos confirmados',
      ],
    ],
  },
  ja: {
    'keep ada@firm.example': [
      ...[
        '継続 ada@firm.example',
        '継続：ada@firm.example',
        'ada@firm.example 継続',
        'ada@firm.example は継続',
        'ada@firm.example は継続です',
      ],
      ...[
        'ada@firm.example：継続',
        'ada@firm.example を残してください',
        'ada@firm.example そのまま',
        'ada@firm.example は、そのまま',
        '維持 ada@firm.example',
      ],
      ...[
        'ada@firm.example 維持',
        'ＫＥＥＰ ada@firm.example',
        '・継続 ada@firm.example',
        'ada@firm.example はい',
        '継続 エイダ <ada@firm.example>',
      ],
      ...[
        'ada@firm.example は継続でお願いします',
        'ada＠firm.example 継続',
        'ada@firm.example 変更なし',
        '継続　ada@firm.example',
        'ada@firm.example 残します',
      ],
    ],
    'remove max@firm.example': [
      ...[
        '削除 max@firm.example',
        '削除：max@firm.example',
        'max@firm.example 削除',
        'max@firm.example を削除',
        'max@firm.example を削除してください',
      ],
      ...[
        'max@firm.example は削除',
        'max@firm.example：削除',
        'max@firm.example 退職',
        'max@firm.example は退職しました',
        'max@firm.example 解除',
      ],
      ...[
        'max@firm.example の削除',
        'max@firm.example は、削除をお願いします',
        '削除　max@firm.example',
        '・削除 max@firm.example',
        'max@firm.example いいえ',
      ],
      ...[
        'max@firm.example を外してください',
        '削除 エルンスト <max@firm.example>',
        'ＲＥＭＯＶＥ max@firm.example',
        'max＠firm.example 削除',
        'max@firm.example 退社しました',
      ],
    ],
    all: [
      ...[
        '全員継続',
        '全員継続です。',
        '全員そのまま',
        '全員そのままでお願いします',
        '変更なし',
        '変更はありません',
        '変更ありません。',
        '全員変更なし',
      ],
      ...[
        '全員残してください',
        '全員維持',
        'すべて継続',
        '全て継続',
        'KEEP ALL',
        '全員問題ありません',
        '全員残します',
        '全員継続でお願いします',
      ],
      ...['全員そのままで', 'ＫＥＥＰ ＡＬＬ', '全員残す', '全員継続をお願いします'],
    ],
  },
};

describe.each(Object.entries(said))('POLICY §8.10: what people answer in %s', (_, ways) => {
  it.each(Object.entries(ways))('is read: %s', (meant, texts) => {
    expect(new Set(texts).size).toBeGreaterThanOrEqual(20);
    expect(texts.map((text) => [text, read(text)])).toEqual(texts.map((text) => [text, [meant]]));
  });
});

describe('POLICY §8.10: a whole answer', () => {
  it('has a line a person, between greeting and signature', () => {
    const text = `Hello,

KEEP ada@firm.example
REMOVE max@firm.example, lea@firm.example
nia@firm.example: keep

Kind regards
Ada Byron
ada@firm.example`;
    expect(read(text)).toEqual([
      'keep ada@firm.example',
      'remove max@firm.example lea@firm.example',
      'keep nia@firm.example',
    ]);
  });

  it('names several in one line, with names and words between', () => {
    expect(read('REMOVE Max Ernst <max@firm.example>, Lea Brandt <lea@firm.example> and nia@firm.example')).toEqual([
      'remove max@firm.example lea@firm.example nia@firm.example',
    ]);
    expect(read('behalten ada@firm.example und nia@firm.example')).toEqual(['keep ada@firm.example nia@firm.example']);
  });

  it('keeps all but whom it names, who stay open: only a word says that somebody goes', () => {
    expect(read('Keep all except max@firm.example')).toEqual(['all max@firm.example']);
    expect(read('Alle behalten außer max@firm.example')).toEqual(['all max@firm.example']);
    expect(read('KEEP ALL\nREMOVE max@firm.example')).toEqual(['all', 'remove max@firm.example']);
  });

  it('may be one word where one person is asked about, on the first lines', () => {
    expect(read('KEEP')).toEqual(['keep']);
    expect(read('Entfernen.')).toEqual(['remove']);
    expect(read('Hello\nwe have looked\nat it all\nand they say\nno')).toEqual([]);
  });

  it.each([
    'do not remove max@firm.example',
    'Please don’t remove max@firm.example',
    'Never remove max@firm.example',
    'Should we remove max@firm.example?',
    'REMOVE max@firm.example?',
    'remove all except max@firm.example',
    'remove nobody but max@firm.example',
    'Remove everyone, not max@firm.example',
    'max@firm.example: do not remove',
    'max@firm.example not remove',
    'REMOVE ALL',
    'Bitte max@firm.example nicht entfernen',
    'Nicht entfernen max@firm.example',
    'alle entfernen außer max@firm.example',
    'ne pas retirer max@firm.example',
    'max@firm.example ne pas retirer',
    'no retirar max@firm.example',
    'no eliminar a max@firm.example',
    'max@firm.example は削除しないでください',
    'max@firm.example を削除しません',
    'We would remove max@firm.example if he were still here',
    'Ask max@firm.example',
    'max@firm.example asked who should keep the keys',
    'I keep wondering about max@firm.example, what do you say',
    'Removed from the list: nobody. max@firm.example',
  ])('is none in: %s', (text) => {
    expect(read(text).filter((line) => line.startsWith('remove'))).toEqual([]);
  });

  it('takes no longer than its text is long', () => {
    const begin = cpuTime();
    for (const text of [
      'remove '.repeat(9_000),
      'a@'.repeat(30_000),
      'KEEP a@b.example, '.repeat(3_000),
      `remove ${'A '.repeat(20_000)}max@firm.example`,
    ])
      keepAnswers(text);
    expect(cpuTime() - begin).toBeLessThan(2_000);
  });
});
