/** A notification to an engineer as it stands in the mail, and what of it the customer wrote or knows. */

export const customerSaid = `Since this morning the nightly workflow stops after the third step.
The log says "queue full".

Which version do we need, and can we run it by hand until then?`;

const quotedSaid = customerSaid
  .split('\n')
  .map((line) => `> ${line}`.trimEnd())
  .join('\n');

export const notification = `##- Please write your answer above this line -##

Ada Byron of Aldous Robotics has written to case 100042.

  Case 100042: Workflow stopped
  Site 1000345: Aldous Robotics
  Contract: 24x7 until Thursday, 31 December 2026
  Severity: 2 (significant)
  First answer by: Wednesday, 13 May 2026, 14:30 (Europe/London)

Ada Byron, 13 May 2026, 10:20:

${quotedSaid}

Note by Jan Vos, 13 May 2026, 10:41, for us only:

  They run an old fork of the scheduler. Sales talks to them on Friday, so not a word about the price until then.

What you write above the line goes to Ada Byron and everybody who takes part in the case. To do something else, write one of these words alone in the first line: TAKE, ASSIGN, NOTE, SOLVED, WAIT, SEVERITY, KIND, CLOSE, ESCALATE.

Open the case: https://desk.example/console/cases/100042

Postern
`;

const quotedJa = `> 今朝から夜間ワークフローが第三ステップの後で停止します。
> ログには「queue full」とあります。
>
> どのバージョンが必要でしょうか。それまで手動で実行できますか。`;

export const customerSaidJa = quotedJa.replace(/^> ?/gm, '');

export const notificationJa = `##- この行より上にご返信をお書きください -##

ケース 100042 に片岡智子さん（青木精機）からメッセージが届きました。

  ケース 100042: ワークフローの停止
  拠点 1000345: 青木精機
  契約: 24x7、2026年12月31日まで
  重大度: 2（重大）
  初回回答期限: 2026年5月13日（水）14:30（Asia/Tokyo）

片岡智子、2026年5月13日 10:20:

${quotedJa}

社内メモ（Jan Vos、10:41）:

  スケジューラーの古いフォークを使っています。金曜日に営業が話すまで価格のことは言わないでください。

この行より上に書いた内容は片岡智子さんとケースの参加者全員に送られます。
`;

/** What the reader is told beside the mail. */
export const beside = { notification, shared: [customerSaid, 'Workflow stopped'] };
export const besideJa = { notification: notificationJa, shared: [customerSaidJa, 'ワークフローの停止'] };
