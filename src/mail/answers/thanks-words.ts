/** What people write who say thanks, that all is well, or that their trouble is over: lower case, without signs. Each phrase stands in one table. */
const mannerLines = `
thanks|thank you|thank you very much|thank you so much|thank you all|thanks a lot|thanks a million|thanks so much|thanks very much|thanks again|thank you again|many thanks|big thanks|thx|thanx|ty|tnx|cheers|much appreciated|appreciated|i appreciate it|appreciate it|thanks for your help|thank you for your help|thanks for the help|thank you for the help|thanks for your support|thank you for your support|thanks for the quick help|thanks for the quick reply|thanks for your quick reply|thank you for the quick reply|thank you for your quick reply|thanks for your reply|thank you for your reply|thanks for the reply|thanks for the info|thanks for the information|thank you for the information|thanks for letting me know|thank you for letting me know|thanks for the update|thank you for the update|for everything|for your time|for your help|for the help|for your quick help|for the quick help|for your support|for the support|for the fix|for the quick fix|for fixing it|for fixing this|for the explanation|and have a nice day|have a nice day|have a great day|have a good day|have a nice weekend|have a great weekend
ok|okay|great|perfect|excellent|awesome|wonderful|brilliant|fantastic|super|cool|nice|good|very good|got it|understood|noted|all good|well done|great job|great work|good job|that's great|this is great|that is great|that helped|everything is fine|everything is fine now|all is well
danke|danke schön|danke sehr|dankeschön|danke euch|danke ihnen|danke dir|danke nochmal|danke nochmals|vielen dank|vielen lieben dank|herzlichen dank|besten dank|tausend dank|lieben dank|1000 dank|für die hilfe|für ihre hilfe|für deine hilfe|für die schnelle hilfe|für ihre schnelle hilfe|für die schnelle antwort|für ihre antwort|für die antwort|für die rückmeldung|für ihre rückmeldung|für die info|für die information|für die unterstützung|für ihre unterstützung|für ihre mühe|für alles|alles klar|alles gut|alles bestens|passt|perfekt|prima|toll|klasse|wunderbar|sehr gut|gut|das hat geholfen|in ordnung|schönen tag|schönen tag noch|schönes wochenende
merci|merci beaucoup|merci bien|mille mercis|merci à vous|merci encore|un grand merci|grand merci|pour votre aide|pour votre réponse|pour votre réponse rapide|pour l'aide|pour ton aide|pour l'information|pour tout|d'accord|parfait|super|très bien|c'est bon|c'est bon pour moi|c'est parfait|tout est ok|tout est bon|bonne journée|bon week end
gracias|muchas gracias|muchísimas gracias|mil gracias|gracias de nuevo|gracias a todos|por su ayuda|por la ayuda|por tu ayuda|por vuestra ayuda|por su respuesta|por la respuesta|por la información|por todo|vale|perfecto|excelente|genial|estupendo|muy bien|de acuerdo|todo correcto|todo bien|buen día|que tenga un buen día
obrigado|obrigada|muito obrigado|muito obrigada|obg|obrigado pela ajuda|obrigada pela ajuda|pela ajuda|pela sua ajuda|pela resposta|pela informação|por tudo|agradeço|perfeito|ótimo|excelente|beleza|tudo certo|tudo bem|está a funcionar|bom dia|boa tarde
grazie|grazie mille|mille grazie|molte grazie|tante grazie|grazie infinite|grazie ancora|grazie a voi|per l'aiuto|per il vostro aiuto|per il supporto|per la risposta|per l'informazione|per tutto|va bene|perfetto|ottimo|benissimo|tutto ok|tutto a posto|buona giornata
bedankt|dank je|dank je wel|dank u|dank u wel|dankjewel|dankuwel|hartelijk dank|hartelijk bedankt|heel erg bedankt|veel dank|alvast bedankt|nogmaals bedankt|voor de hulp|voor uw hulp|voor je hulp|voor de snelle reactie|voor de reactie|voor het antwoord|voor de informatie|oké|prima|perfect|top|helemaal goed|in orde|fijne dag
tak|mange tak|tusind tak|tak for hjælpen|tak for din hjælp|tak for jeres hjælp|for hjælpen|tak for svaret|tak for det|super|perfekt|fint|alt i orden|god dag
takk|tusen takk|mange takk|takk for hjelpen|takk for hjelp|takk for svar|takk for raskt svar|for hjelpen|flott|bra|perfekt|virker nå|fungerer nå|alt i orden
tack|tack så mycket|tusen tack|stort tack|tack så hemskt mycket|tack för hjälpen|tack för svaret|tack för svar|tack för snabbt svar|för hjälpen|toppen|bra|jättebra|perfekt|fungerar nu|ha en bra dag
kiitos|kiitos paljon|paljon kiitoksia|suuri kiitos|suurkiitos|kiitoksia|kiitos avusta|kiitos vastauksesta|kiitos nopeasta vastauksesta|kiitos tiedosta|avusta|hyvä|hienoa|selvä|kunnossa
dziękuję|dziękuje|dzięki|dziękuję bardzo|bardzo dziękuję|wielkie dzięki|dziękuję za pomoc|dzięki za pomoc|za pomoc|za szybką pomoc|dziękuję za odpowiedź|za odpowiedź|za szybką odpowiedź|za informację|świetnie|super|dobrze|w porządku|wszystko w porządku|miłego dnia
děkuji|děkuju|díky|dík|moc děkuji|děkuji moc|mockrát děkuji|mnohokrát děkuji|velmi děkuji|děkuji za pomoc|díky za pomoc|za pomoc|děkuji za odpověď|za odpověď|za rychlou odpověď|za informaci|dobře|výborně|skvělé|v pořádku|vše v pořádku|hezký den
спасибо|большое спасибо|спасибо большое|огромное спасибо|спасибо огромное|благодарю|благодарю вас|спасибо за помощь|за помощь|спасибо за ответ|за ответ|за быстрый ответ|за информацию|спасибо вам|спасибо еще раз|спасибо ещё раз|ок|хорошо|отлично|супер|понятно|понял|поняла|всё понятно|помогло|хорошего дня|дякую|щиро дякую|дуже дякую
谢谢|多谢|非常感谢|感谢|十分感谢|万分感谢|谢谢你|谢谢您|谢谢你们|谢谢大家|谢谢您的帮助|谢谢你的帮助|感谢您的帮助|感谢帮助|的帮助|谢谢您的回复|感谢您的回复|谢谢回复|好的|好|收到|明白|明白了|知道了|可以了|已经可以了|没问题|没问题了|了|謝謝|多謝|非常感謝|感謝|感謝您的幫助|謝謝您|謝謝你|收到了
ありがとう|ありがとうございます|ありがとうございました|どうもありがとうございます|どうもありがとうございました|誠にありがとうございます|誠にありがとうございました|大変ありがとうございました|どうも|感謝します|感謝いたします|助かりました|大変助かりました|了解|了解です|了解しました|了解いたしました|承知しました|承知いたしました|わかりました|分かりました|問題ありません|大丈夫です|お世話になっております|お世話になりました|よろしくお願いします|よろしくお願いいたします|ご対応ありがとうございました|ご対応ありがとうございます|ご回答ありがとうございました|ご回答ありがとうございます|ご連絡ありがとうございます|ご連絡ありがとうございました|早速の
고맙습니다|감사합니다|teşekkürler|teşekkür ederim|köszönöm|ευχαριστώ
`;

/** Their trouble is over: thanks on a case that is closed, an answer where we have asked. In doubt a phrase is left out. */
const worksLines = `
it works|it works now|works|works now|works fine|works fine now|works great|works great now|works perfectly|works perfectly now|works well|works well now|it works fine|it works fine now|it works well|it works great|it works perfectly|it works again|works again|it does work|it does work now|it is working|it's working|it is working now|it's working now|it is working again|it's working again|now it works|now it's working|working now|working again|working fine|working fine now|all working now|that works|that worked|this worked|it worked|that did it|that did the trick|that fixed it|that solved it|that resolved it|that fixed the problem|that solved the problem|that fixed the issue|that solved the issue|this fixed it|this solved it|problem solved|problem is solved|the problem is solved|the problem is fixed|the problem is gone|issue resolved|issue solved|issue is resolved|the issue is resolved|the issue is solved|the issue is fixed|solved|resolved|fixed|all fixed|it is solved|it's solved|it is resolved|it's resolved|it is fixed|it's fixed|it's fixed now|it is fixed now|everything works|everything works now|everything is working|everything is working now
funktioniert|funktioniert jetzt|funktioniert wieder|funktioniert nun|es funktioniert|es funktioniert jetzt|es funktioniert wieder|es funktioniert jetzt wieder|jetzt funktioniert es|jetzt funktioniert's|jetzt funktioniert es wieder|jetzt geht es|jetzt geht's|jetzt geht es wieder|geht jetzt|geht wieder|es geht wieder|es geht jetzt|läuft|läuft jetzt|läuft wieder|es läuft wieder|alles funktioniert|alles funktioniert wieder|erledigt|gelöst|ist gelöst|problem gelöst|problem ist gelöst|das problem ist gelöst|das problem ist behoben|behoben|ist behoben|hat geklappt|hat funktioniert
ça marche|ça marche maintenant|ça fonctionne|ça fonctionne maintenant|cela fonctionne|cela fonctionne maintenant|tout fonctionne|tout fonctionne maintenant|tout est rentré dans l'ordre|problème résolu|le problème est résolu|résolu|c'est résolu|c'est réglé
ya funciona|funciona|ahora funciona|ahora sí funciona|ya funciona bien|todo funciona|solucionado|resuelto|está resuelto|está solucionado|problema resuelto|problema solucionado|el problema está resuelto|el problema está solucionado
funcionou|funciona agora|agora funciona|já funciona|está funcionando|agora está funcionando|resolvido|problema resolvido
ora funziona|adesso funziona|funziona|funziona tutto|tutto funziona|risolto|problema risolto
het werkt|het werkt nu|het werkt weer|werkt|werkt nu|werkt weer|nu werkt het|alles werkt|alles werkt weer|opgelost|probleem opgelost
det virker|det virker nu|nu virker det|virker nu|det fungerer|det fungerer nu|det fungerer nå|nå fungerer det|det virker nå|løst|alt virker|det fungerar|det fungerar nu|nu fungerar det|det funkar|det funkar nu|nu funkar det|löst|allt fungerar
toimii|toimii nyt|nyt toimii|se toimii|se toimii nyt|kaikki toimii|ongelma ratkesi|ratkaistu
działa|już działa|teraz działa|wszystko działa|rozwiązane|problem rozwiązany|funguje|funguje to|už to funguje|nyní funguje|teď to funguje|vše funguje|vyřešeno
работает|всё работает|все работает|теперь работает|теперь всё работает|теперь все работает|заработало|всё заработало|все заработало|решено|проблема решена|вопрос решен|вопрос решён
现在可以了|正常了|已经正常了|现在正常了|解决了|已解决|问题解决了|问题已解决|已经解决|已经解决了|問題解決了|已解決|解決了
解決しました|解決済みです|解決いたしました|無事解決しました|問題は解決しました|動きました|動作しました|正常に動きました|正常に動作しました|正常に動作しています|動くようになりました|直りました
`;

/** They ask for the close: an answer where we have asked, and never mere thanks. */
const closeLines = `
please close|please close it|please close this|please close the case|please close this case|you can close it|you can close this|you can close the case|you can close this case|you may close it|you may close the case|you may close this case|the case can be closed|this case can be closed|it can be closed|can be closed
bitte schließen|bitte schliessen|bitte den fall schließen|bitte den fall schliessen|sie können den fall schließen|sie können den fall schliessen|kann geschlossen werden|der fall kann geschlossen werden
vous pouvez clore le dossier|vous pouvez clôturer le dossier|vous pouvez fermer le dossier|le dossier peut être clos
pueden cerrar el caso|puede cerrar el caso|se puede cerrar el caso
クローズしてください|クローズしていただいて構いません|クローズで問題ありません|ケースをクローズしてください
`;

/** A bare yes in the languages of the templates. */
export const plainYes: readonly string[] = ['yes', 'ja', 'oui', 'sí', 'si', 'はい'];
/** Polish `tak` is Danish for thanks, and left out. */
const furtherYes = 'yep|yeah|jawohl|sim|sì|kyllä|joo|ano|да|是|是的';
const yesItIs = 'yes it is|yes it does|yes it did|ja ist es';

/** To what we have proposed. */
const agreeLines = `
agree|agreed|i agree|we agree|yes please|ok|okay|ja bitte|einverstanden|in ordnung|d'accord|de acuerdo
同意します|同意|承知しました|お願いします
`;

const split = (lines: string): string[] => lines.split(/[|\n]/).filter((phrase) => phrase !== '');
const works = split(worksLines);
const bareYes = [...plainYes, ...split(furtherYes)];

export const onlyThanksPhrases: readonly string[] = [...split(mannerLines), ...works];
export const solvedPhrases: readonly string[] = [...works, ...split(closeLines)];
/** Only where nothing else was asked. */
export const yesPhrases: readonly string[] = [...bareYes, ...split(yesItIs)];
export const agreePhrases: readonly string[] = [...bareYes, ...split(agreeLines)];
