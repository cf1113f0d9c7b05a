/** What people write whose trouble is over, when asked whether it is: lower case, without signs. In doubt a phrase is left out: they are asked once more. */
const solvedLines = `
it works|it works now|works|works now|works fine|works fine now|works great|works great now|works perfectly|works perfectly now|works well|works well now|it works fine|it works fine now|it works well|it works great|it works perfectly|it works again|works again|it does work|it does work now|it is working|it's working|it is working now|it's working now|it is working again|it's working again|now it works|now it's working|working now|working again|working fine|working fine now|all working now|that works|that worked|this worked|it worked|that did it|that did the trick|that fixed it|that solved it|that resolved it|that fixed the problem|that solved the problem|that fixed the issue|that solved the issue|this fixed it|this solved it|problem solved|problem is solved|the problem is solved|the problem is fixed|the problem is gone|issue resolved|issue solved|issue is resolved|the issue is resolved|the issue is solved|the issue is fixed|solved|resolved|fixed|all fixed|it is solved|it's solved|it is resolved|it's resolved|it is fixed|it's fixed|it's fixed now|it is fixed now|everything works|everything works now|everything is working|everything is working now
please close|please close it|please close this|please close the case|please close this case|you can close it|you can close this|you can close the case|you can close this case|you may close it|you may close the case|you may close this case|the case can be closed|this case can be closed|it can be closed|can be closed
funktioniert|funktioniert jetzt|funktioniert wieder|funktioniert nun|es funktioniert|es funktioniert jetzt|es funktioniert wieder|es funktioniert jetzt wieder|jetzt funktioniert es|jetzt funktioniert's|jetzt funktioniert es wieder|jetzt geht es|jetzt geht's|jetzt geht es wieder|geht jetzt|geht wieder|es geht wieder|es geht jetzt|läuft|läuft jetzt|läuft wieder|es läuft wieder|alles funktioniert|alles funktioniert wieder|erledigt|gelöst|ist gelöst|problem gelöst|problem ist gelöst|das problem ist gelöst|das problem ist behoben|behoben|ist behoben|hat geklappt|hat funktioniert
bitte schließen|bitte schliessen|bitte den fall schließen|bitte den fall schliessen|sie können den fall schließen|sie können den fall schliessen|kann geschlossen werden|der fall kann geschlossen werden
ça marche|ça marche maintenant|ça fonctionne|ça fonctionne maintenant|cela fonctionne|cela fonctionne maintenant|tout fonctionne|tout fonctionne maintenant|tout est rentré dans l'ordre|problème résolu|le problème est résolu|résolu|c'est résolu|c'est réglé
vous pouvez clore le dossier|vous pouvez clôturer le dossier|vous pouvez fermer le dossier|le dossier peut être clos
ya funciona|funciona|ahora funciona|ahora sí funciona|ya funciona bien|todo funciona|solucionado|resuelto|está resuelto|está solucionado|problema resuelto|problema solucionado|el problema está resuelto|el problema está solucionado
pueden cerrar el caso|puede cerrar el caso|se puede cerrar el caso
funcionou|funciona agora|agora funciona|já funciona|está funcionando|agora está funcionando|resolvido|problema resolvido
ora funziona|adesso funziona|funziona|funziona tutto|tutto funziona|risolto|problema risolto
het werkt|het werkt nu|het werkt weer|werkt|werkt nu|werkt weer|nu werkt het|alles werkt|alles werkt weer|opgelost|probleem opgelost
det virker|det virker nu|nu virker det|virker nu|det fungerer|det fungerer nu|det fungerer nå|nå fungerer det|det virker nå|løst|alt virker|det fungerar|det fungerar nu|nu fungerar det|det funkar|det funkar nu|nu funkar det|löst|allt fungerar
toimii|toimii nyt|nyt toimii|se toimii|se toimii nyt|kaikki toimii|ongelma ratkesi|ratkaistu
działa|już działa|teraz działa|wszystko działa|rozwiązane|problem rozwiązany|funguje|funguje to|už to funguje|nyní funguje|teď to funguje|vše funguje|vyřešeno
работает|всё работает|все работает|теперь работает|теперь всё работает|теперь все работает|заработало|всё заработало|все заработало|решено|проблема решена|вопрос решен|вопрос решён
现在可以了|正常了|已经正常了|现在正常了|解决了|已解决|问题解决了|问题已解决|已经解决|已经解决了|問題解決了|已解決|解決了
解決しました|解決済みです|解決いたしました|無事解決しました|問題は解決しました|動きました|動作しました|正常に動きました|正常に動作しました|正常に動作しています|動くようになりました|直りました
クローズしてください|クローズしていただいて構いません|クローズで問題ありません|ケースをクローズしてください
`;
/** Only where nothing else was asked. Polish `tak` is Danish for thanks, and left out. */
const yesLines = `
yes|yep|yeah|yes it is|yes it does|yes it did|ja|jawohl|ja ist es|oui|sí|si|sim|sì|kyllä|joo|ano|да|是|是的|はい
`;

/** To what we have proposed. */
const agreeLines = `
yes|agree|agreed|i agree|we agree|yes please|ok|okay|ja|ja bitte|einverstanden|in ordnung|oui|d'accord|si|sí|de acuerdo
はい|同意します|同意|承知しました|お願いします
`;

const split = (lines: string): string[] => lines.split(/[|\n]/).filter((phrase) => phrase !== '');
export const solvedPhrases: readonly string[] = split(solvedLines);
export const yesPhrases: readonly string[] = split(yesLines);
export const agreePhrases: readonly string[] = split(agreeLines);
