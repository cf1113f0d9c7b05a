import { describe, expect, test } from 'vitest';
import { wordsOfNotification } from '../../../../src/intake/staff/notification-words.ts';
import { beside, besideJa, customerSaid, notification } from '../../../support/mails/notification.ts';

const words = wordsOfNotification(beside.notification, beside.shared);

describe('a run of the notification’s own words', () => {
  test('is eight of them in a row, however the lines are wrapped', () => {
    expect(words.runIn('I hear that sales talks to them on\nFriday, so not now.')).not.toBeNull();
    expect(words.runIn('I hear that sales talks to them on Friday, so we wait.')).toBeNull();
  });
  test('is a whole line of at least 25 characters sooner than that', () => {
    expect(words.runIn('Site 1000345: Aldous Robotics')).toBeNull();
    expect(words.runIn('You have this: contract: 24x7 until Thursday, 31 December 2026.')).not.toBeNull();
    const fork = wordsOfNotification('Note:\n\nThey run an old fork of it.\n\nBye', []);
    expect(fork.runIn('I think they run an old fork of it.')).not.toBeNull();
    expect(fork.runIn('I think they run an old fork.')).toBeNull();
    expect(words.runIn('You have a contract, 24x7 until December 2026.')).toBeNull();
  });
  test('is a link that leads into the console, or an address with a token', () => {
    expect(words.runIn('See https://desk.example/console/cases/100042.')).toBe(
      'https://desk.example/console/cases/100042',
    );
    expect(words.runIn('See https://desk.example/ for more.')).toBeNull();
    const withToken = wordsOfNotification(`${notification}\nAnswer to support+n7f3.100042@desk.example`, []);
    expect(withToken.runIn('Write to support+n7f3.100042@desk.example then.')).not.toBeNull();
  });
  test('is none of what the customer wrote', () => {
    expect(words.runIn(customerSaid)).toBeNull();
    expect(words.runIn(`You wrote: ${customerSaid.split('\n').join(' ')}`)).toBeNull();
    expect(wordsOfNotification(notification, []).runIn(customerSaid)).not.toBeNull();
  });
  test('is told in Japanese, where two characters count as a word', () => {
    const ja = wordsOfNotification(besideJa.notification, besideJa.shared);
    expect(ja.runIn('金曜日に営業が話すまで価格のことは言わないでください。')).not.toBeNull();
    expect(ja.runIn('今朝から夜間ワークフローが第三ステップの後で停止しますとのこと。')).toBeNull();
    expect(ja.runIn('価格のことは営業にお尋ねください。')).toBeNull();
  });
});

test('a line of the customer’s is known wherever it was wrapped', () => {
  expect(words.isShared('The log says "queue full". Which')).toBe(true);
  expect(words.isShared('Sales talks to them on Friday')).toBe(false);
  expect(words.isShared('---')).toBe(false);
});
