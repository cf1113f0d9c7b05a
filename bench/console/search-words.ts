/** Words of three languages as people write them to a desk, some often and most seldom, and texts made of them. */

const cross = (a: readonly string[], b: readonly string[], join = ''): string[] =>
  a.flatMap((one) => b.map((other) => `${one}${join}${other}`));

const english = [
  ...'the and to is of in it we not on with since after that our for please this when log error server update node workflow robot arm vault printer license network restart fails stops slow again customer'.split(
    ' ',
  ),
  ...cross(
    'drive print scan route merge index backup mirror queue sensor motor valve pump gate cache token filter render signal battery'.split(
      ' ',
    ),
    'er ers ing ed age ment able less ful ness ly ish ward wise let'.split(' '),
  ),
  ...cross(
    're un pre over under inter sub mis dis out'.split(' '),
    'load start write read sync plan run build lock view count mark place order'.split(' '),
  ),
];
const german = [
  ...'der die und ist nicht das wir mit seit auf bei nach ein eine zu im läuft bitte Fehler Server Drucker Anmeldung Störung Lizenz Netzwerk Neustart langsam wieder Kunde Straße größer prüfen'.split(
    ' ',
  ),
  ...cross(
    'Drucker Server Netz Daten Steuer Haupt Neben Lüfter Motor Ventil Pumpen Förder Schalt Signal Speicher Sicherungs Strom Kühl Mess Über'.split(
      ' ',
    ),
    cross(
      'anlage fehler ausfall störung größe prüfung wechsel kabel schrank gerät leistung meldung wert grenze schlüssel öffnung überwachung band'.split(
        ' ',
      ),
      ['', 'n', 's', 'protokoll', 'bericht', 'nummer', 'zeit', 'ende'],
    ),
  ),
];
const japanese = [
  ...'の を は が に で と も から まで です ます ません しました されました。 、 。 ので'.split(' '),
  ...cross(
    '起動 接続 更新 印刷 請求 認証 制御 通信 電源 監視 記録 設定 転送 保存 検査 冷却'.split(' '),
    cross('装置 書類 画面 失敗 停止 開始 確認 異常 番号 履歴 時間 容量 部品 工程 しません できません'.split(' '), [
      '',
      '部',
      '課',
      '表',
      '中',
      '後',
      '前',
      'エラー',
    ]),
  ),
  ...'サーバー エラー ネットワーク プリンター ライセンス ログイン バックアップ ロボット モーター バルブ ポンプ センサー キャッシュ トークン フィルター'.split(
    ' ',
  ),
];

export const languages = ['en', 'de', 'ja'] as const;
export type Language = (typeof languages)[number];
const lists: Readonly<Record<Language, readonly string[]>> = { en: english, de: german, ja: japanese };

/** So that each run has the same texts. */
function chances(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Texts in a language: the first words of its list most often, by the law that words of a language follow. */
export function speaker(language: Language, seed: number): (count: number) => string {
  const words = lists[language];
  const chance = chances(seed);
  const gap = language === 'ja' ? '' : ' ';
  const word = (): string => words[Math.floor(words.length ** chance()) - 1] ?? '';
  return (count) => Array.from({ length: count }, word).join(gap);
}

export type SearchScale = { readonly messages: number; readonly cases: number };
export const languageOf = (n: number): Language => languages[n % 3] ?? 'en';
