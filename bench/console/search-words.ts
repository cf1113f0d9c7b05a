/** Words of three languages as people write them to a desk, some often and most seldom, and messages made of them in SQL. */

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
    'anlage fehler ausfall störung größe prüfung wechsel kabel schrank gerät leistung meldung wert grenze schlüssel öffnung überwachung band'.split(
      ' ',
    ),
  ),
];
const japanese = [
  ...'の を は が に で と も から まで です ます ません しました されました。 、 。 ので'.split(' '),
  ...cross(
    '起動 接続 更新 印刷 請求 認証 制御 通信 電源 監視 記録 設定 転送 保存 検査 冷却'.split(' '),
    '装置 書類 画面 失敗 停止 開始 確認 異常 番号 履歴 時間 容量 部品 工程 しません できません'.split(' '),
  ),
  ...'サーバー エラー ネットワーク プリンター ライセンス ログイン バックアップ ロボット モーター バルブ ポンプ センサー キャッシュ トークン フィルター'.split(
    ' ',
  ),
];

export const languages = ['en', 'de', 'ja'] as const;
export type Language = (typeof languages)[number];
const lists: Readonly<Record<Language, readonly string[]>> = { en: english, de: german, ja: japanese };

export type SearchScale = { readonly messages: number; readonly cases: number };

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const array = (words: readonly string[]): string => `array[${words.map(quoted).join()}]`;

/** So many words of the list, the first ones most often; looked up anew for each row. */
const said = (count: string, salt: string): string => `array_to_string(
    array(
      select v.words[1 + floor(power(v.n, random()))::int - 1]
      from generate_series(1, ${count}) w
      where ${salt} is not null), v.gap)`;

/** A message in five opens a case; one in twenty has a file. Every message names a part by its number. */
export const fillSearch = ({ messages, cases }: SearchScale): string[] => [
  'select setseed(0.42)',
  `insert into sites (number, name, country, timezone, language)
    select (3000000 + i)::text, 'Works ' || i, 'GB', 'Europe/London', 'en' from generate_series(1, 500) i`,
  'create temp table vocab (lang int, words text[], n int, gap text)',
  ...languages.map(
    (one, i) =>
      `insert into vocab select ${i}, w, cardinality(w), ${one === 'ja' ? "''" : "' '"} from (select ${array(lists[one])} as w) l`,
  ),
  `insert into cases (number, site_id, title, severity, kind, status, opened_at, closed_at, contact_address, language, owner, due, response_met_at)
    select (500000 + i)::text, (select min(id) from sites where number > '3000000') + i % 500, ${said('4', 'i')},
      1 + i % 4, 'incident', case when i % 20 = 0 then 'open' else 'closed' end, now() - interval '1 minute' * (${cases} - i),
      case when i % 20 <> 0 then now() - interval '1 minute' * (${cases} - i) + interval '30 seconds' end,
      'person' || i % 5000 || '@works' || i % 500 || '.example', (array['en', 'de', 'ja'])[1 + i % 3],
      case when i % 3 = 0 then 'kim@desk.example' end, now() + interval '1 minute' * (i % 3000), null
    from generate_series(1, ${cases}) i
    join vocab v on v.lang = i % 3`,
  `create temp table own as select id, row_number() over (order by id) as n from cases where number >= '500001'`,
  `insert into case_messages (case_id, direction, author, text, attachments, at)
    select o.id, 'in', 'person' || o.n % 5000 || '@works' || o.n % 500 || '.example',
      ${said('30', 'i')} || ' VLT-' || (1000 + i % 90000),
      case when i % 20 = 0 then jsonb_build_array(jsonb_build_object('name', 'report-' || i % 7000 || '.pdf')) else '[]' end,
      now() - interval '1 minute' * (${cases} - o.n) + interval '5 seconds' * (i % 5)
    from generate_series(0, ${messages - 1}) i
    join own o on o.n = 1 + i / ${Math.max(1, Math.floor(messages / cases))}
    join vocab v on v.lang = o.n % 3`,
];
